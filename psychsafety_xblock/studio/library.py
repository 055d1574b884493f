"""The exercise library as the form takes it: everything in all languages, so that browsing asks nothing of Studio."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language_info

from .. import exercises


def library_data(language: str) -> dict[str, Any]:
    """`library` by language, and `library_languages` with the author's own first; docs/api.md, section 9."""
    first = exercises.best_language(language)
    codes = sorted(exercises.languages(), key=lambda code: (code != first, code))
    return {
        "library": {code: _in(code) for code in codes},
        "library_languages": [{"code": code, "name": get_language_info(code)["name_local"]} for code in codes],
    }


def _in(language: str) -> dict[str, Any]:
    entries = {entry.name: entry for entry in exercises.entries(language)}
    return {
        "exercises": [
            {
                "name": entry.name,
                "kind": entry.kind,
                "title": entry.title,
                "minutes": entry.minutes,
                "topics": entry.topics,
                "idea": entry.idea,
                "source": entry.source,
                "activity": entry.activity,
            }
            for entry in entries.values()
        ],
        "sessions": [
            {
                "name": session.name,
                "title": session.title,
                "summary": session.summary,
                "minutes": session.minutes,
                "topics": session.topics,
                "introduction": session.introduction,
                "agenda": [_differences(step, entries[step["exercise"]].activity) for step in session.agenda],
            }
            for session in exercises.ready_sessions(language)
        ],
    }


def _differences(step: dict[str, Any], activity: dict[str, Any]) -> dict[str, Any]:
    """A step of a ready session without what it has of its exercise: the texts are long, and come once."""
    return {name: value for name, value in step.items() if name == "exercise" or activity.get(name) != value}
