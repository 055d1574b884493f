"""The kinds of activity: what an author may write, what an answer may be, what everybody is shown of it.

A kind is one class with three methods, registered in `KINDS`. Blocks, sessions, rounds and the live API know kinds only
through this registry, so a new kind is added here and in one renderer of the front end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .errors import Refused
from .privacy import DEFAULT_WALL_MINIMUM, HIGHEST_MINIMUM, LOWEST_MINIMUM
from .text import clean_note

DEFAULT_MAX_LENGTH = 200
LONGEST_NOTE = 500
LONGEST_PROMPT = 300
AUDIENCES = ("team", "course")

Definition = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a seat submitted, checked. `text` is None for a pass; `share` is the writer's consent to the echo."""

    text: str | None
    share: bool = False


class Kind(Protocol):
    """One kind of activity."""

    def definition(self, raw: Mapping[str, Any]) -> Definition:
        """The authored content, complete and checked; raises `Refused` with the field that is wrong."""

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """The checked answer; raises `Refused`."""

    def public(self, definition: Definition) -> dict[str, Any]:
        """What every seat and the screen are shown of the authored content."""


class Wall:
    """One question, notes without names, one reveal."""

    _texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": 600, "starter": 80}

    def definition(self, raw: Mapping[str, Any]) -> Definition:
        known = {*self._texts, "kind", "minutes", "max_length", "minimum", "audience"}
        for field in raw:
            if field not in known:
                raise Refused("unknown_field", field=str(field))
        done: Definition = {"kind": "wall"}
        for field, limit in self._texts.items():
            done[field] = _text(raw, field, limit)
        if not done["prompt"]:
            raise Refused("missing_field", field="prompt")
        done["minutes"] = _number(raw, "minutes", 10, 1, 120)
        done["max_length"] = _number(raw, "max_length", DEFAULT_MAX_LENGTH, 20, LONGEST_NOTE)
        done["minimum"] = _number(raw, "minimum", DEFAULT_WALL_MINIMUM, LOWEST_MINIMUM, HIGHEST_MINIMUM)
        done["audience"] = raw.get("audience", "team")
        if done["audience"] not in AUDIENCES:
            raise Refused("bad_value", field="audience")
        return done

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        for field in raw:
            if field not in {"text", "share", "pass"}:
                raise Refused("unknown_field", field=str(field)[:40])
        if "pass" in raw:
            if raw["pass"] is not True or len(raw) > 1:
                raise Refused("bad_value", field="pass")
            return Answer(text=None)
        if "text" not in raw:
            raise Refused("missing_field", field="text")
        if not isinstance(raw.get("share", False), bool):
            raise Refused("bad_value", field="share")
        # Nobody is asked for consent yet, so none is recorded, whatever a client sends.
        return Answer(text=clean_note(raw["text"], definition["max_length"]), share=False)

    def public(self, definition: Definition) -> dict[str, Any]:
        shown = ("kind", "title", "prompt", "help", "starter", "max_length", "minutes")
        return {field: definition[field] for field in shown}


KINDS: dict[str, Wall] = {"wall": Wall()}


def kind_of(definition: Mapping[str, Any]) -> Wall:
    """The kind of a definition; raises `Refused` `bad_value` for one that does not exist."""
    try:
        return KINDS[definition["kind"]]
    except (KeyError, TypeError):
        raise Refused("bad_value", field="kind") from None


def checked_definition(raw: object) -> Definition:
    """Authored content (a mapping with `kind`) as a complete, checked definition; raises `Refused`."""
    if not isinstance(raw, Mapping):
        raise Refused("bad_value", field="agenda")
    return kind_of(raw).definition(raw)


def _text(raw: Mapping[str, Any], field: str, limit: int) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str) or len(value.strip()) > limit:
        raise Refused("bad_value", field=field)
    return value.strip()


def _number(raw: Mapping[str, Any], field: str, default: int, lowest: int, highest: int) -> int:
    value = raw.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise Refused("bad_value", field=field)
    return value
