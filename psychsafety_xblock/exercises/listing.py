"""docs/exercises.md: what is in the library. `python -m psychsafety_xblock.exercises.listing docs/exercises.md`."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from . import LIBRARY, TOPICS
from .library import Library, LibraryEntry, ReadySession

TOPIC_NAMES = {
    "first-meeting": "the first meeting",
    "mistakes": "mistakes",
    "asking-for-help": "asking for help",
    "difference": "difference",
    "speaking-up": "speaking up to the boss",
    "remote": "remote teams",
    "after-conflict": "after a conflict",
    "leaders": "leaders among themselves",
    "check-in": "check-in",
    "follow-up": "follow-up",
}
LANGUAGE_NAMES = {"en": "English", "da": "Danish"}
_WIDTH = 124
_ABOUT = """
Each step has a text to say aloud, notes for the leader, its minutes, and the research that it rests on. The wording is
our own. Authors find them in Studio ([authors.md](authors.md)) and may change all of it;
[development.md](development.md) says how to add one.
"""


def listing(library: Library = LIBRARY) -> str:
    """The whole page, in Markdown. Raises `LibraryError` for a file with an error."""
    for problem in library.problems():
        raise problem
    entries, sessions = library.entries(), library.ready_sessions()
    titles = {entry.name: entry.title for entry in entries}
    languages = " and ".join(LANGUAGE_NAMES.get(language, language) for language in library.languages())
    blocks = [
        "# The exercise library",
        f"{len(sessions)} ready sessions and {len(entries)} exercises, in {languages}. {_ABOUT}",
        "This page is made from the files in `psychsafety_xblock/exercises/en/` by `make exercises-doc`.",
        "## By topic",
        "| topic | ready sessions | exercises |\n|---|---|---|\n"
        + "\n".join(_topic_row(topic, sessions, entries) for topic in TOPICS),
        "## Ready sessions",
        *(block for session in sessions for block in _session(session, titles)),
        "## Exercises",
        *(block for entry in entries for block in _exercise(entry, sessions)),
    ]
    return "\n\n".join(_wrapped(block) for block in blocks) + "\n"


def _topic_row(topic: str, sessions: list[ReadySession], entries: list[LibraryEntry]) -> str:
    whole = ", ".join(_short(session) for session in sessions if topic in session.topics)
    single = ", ".join(entry.title for entry in entries if topic in entry.topics)
    return f"| {TOPIC_NAMES[topic]} | {whole} | {single} |"


def _session(session: ReadySession, titles: dict[str, str]) -> Iterable[str]:
    yield f"### {session.title}"
    yield f"`{session.name}` · {_topics(session.topics)}"
    yield session.summary
    yield "\n".join(
        f"{place}. {step['title']} ({_named(step['title'], titles[step['exercise']])}{step['kind']}, "
        f"{step['minutes']} min)"
        for place, step in enumerate(session.agenda, 1)
    )


def _named(title: str, original: str) -> str:
    """The exercise's own title, where a session gives it another."""
    return "" if title == original else f"from “{original}”, "


def _exercise(entry: LibraryEntry, sessions: list[ReadySession]) -> Iterable[str]:
    used = [_short(session) for session in sessions if entry.name in [step["exercise"] for step in session.agenda]]
    yield f"### {entry.title}"
    yield f"`{entry.name}` · {entry.kind} · {entry.minutes} minutes · {_topics(entry.topics)}"
    yield f"> {entry.activity['prompt']}"
    yield entry.idea
    yield f"Source: {entry.source}"
    yield f"Part of: {', '.join(used)}." if used else "Part of no ready session."


def _short(session: ReadySession) -> str:
    """A session's title without its minutes."""
    return session.title.partition(" (")[0]


def _topics(topics: list[str]) -> str:
    return ", ".join(TOPIC_NAMES[topic] for topic in topics)


def _wrapped(block: str) -> str:
    if block.startswith(("#", "|", "1. ", "> ")):
        return block
    return textwrap.fill(" ".join(block.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(listing(), encoding="utf-8")
