"""The ready-made exercises and sessions: readable files, one folder a language.

`<language>/exercises/<id>.yaml` is one activity as an author writes it (docs/api.md, section 8), with its topics, the
idea that it rests on and its source; `<language>/sessions/<id>.yaml` is an agenda of exercises, each with what is
different there. docs/development.md says how to add one, docs/exercises.md lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import translating
from .checking import TOPICS
from .files import LibraryError
from .library import Library, LibraryEntry, ReadySession

#: What a newly added team session holds.
DEFAULT_SESSION = "first-hour"
#: The library that comes with the package; what follows is about it.
LIBRARY = Library(Path(__file__).parent)

languages = LIBRARY.languages
best_language = LIBRARY.best_language
exercise_names = LIBRARY.exercise_names
session_names = LIBRARY.session_names
exercise = LIBRARY.exercise
entries = LIBRARY.entries
ready_session = LIBRARY.ready_session
ready_sessions = LIBRARY.ready_sessions


def translated(activity: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An authored activity with what still is the library's in another language; see `translating`."""
    return translating.translated(LIBRARY, activity, language)


__all__ = [
    "DEFAULT_SESSION",
    "LIBRARY",
    "TOPICS",
    "LibraryEntry",
    "LibraryError",
    "ReadySession",
    "best_language",
    "entries",
    "exercise",
    "exercise_names",
    "languages",
    "ready_session",
    "ready_sessions",
    "session_names",
    "translated",
]
