"""The ready-made exercises and sessions: readable files, one folder a language.

`<language>/exercises/<id>.yaml` is one activity as an author writes it (docs/api.md, section 8), with the idea that it
rests on and its source; `<language>/sessions/<id>.yaml` is an agenda of exercises, each with what is different there.
"""

from __future__ import annotations

import copy
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
LANGUAGE = "en"
#: What a newly added team session holds.
DEFAULT_SESSION = "first-hour"
#: Fields of an exercise's file that are about it, and not part of the activity.
_ABOUT = ("idea", "source")


@dataclass(frozen=True, kw_only=True)
class ReadySession:
    """A session that works as it is. `agenda` is written as a block's author would; `minutes` is their sum."""

    name: str
    title: str
    summary: str
    minutes: int
    introduction: str
    agenda: list[dict[str, Any]]


def session_names(language: str = LANGUAGE) -> list[str]:
    """The names of the ready sessions, in alphabetical order."""
    return sorted(path.stem for path in (_HERE / language / "sessions").glob("*.yaml"))


def ready_session(name: str, language: str = LANGUAGE) -> ReadySession:
    """A ready session by its name. Raises `KeyError` for one that does not exist."""
    return copy.deepcopy(_ready_session(name, language))


def exercise(name: str, language: str = LANGUAGE) -> dict[str, Any]:
    """One activity by its name, as an author writes it. Raises `KeyError` for one that does not exist."""
    read = _read(language, "exercises", name)
    return {field: value for field, value in read.items() if field not in _ABOUT}


@functools.cache
def _ready_session(name: str, language: str) -> ReadySession:
    read = _read(language, "sessions", name)
    agenda = []
    for step in read["agenda"]:
        overrides = {field: value for field, value in step.items() if field != "exercise"}
        agenda.append({**exercise(step["exercise"], language), **overrides})
    fields = {field: read[field] for field in ("title", "summary", "minutes", "introduction")}
    return ReadySession(name=name, agenda=agenda, **fields)


def _read(language: str, folder: str, name: str) -> dict[str, Any]:
    if name not in {path.stem for path in (_HERE / language / folder).glob("*.yaml")}:
        raise KeyError(name)
    text = (_HERE / language / folder / f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
