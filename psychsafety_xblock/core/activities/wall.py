"""One question, notes without names, one reveal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from ..privacy import DEFAULT_WALL_MINIMUM
from ..text import clean_note
from .base import LONGEST_HELP, LONGEST_PROMPT, Answer, Definition, Kind, is_pass, number

DEFAULT_MAX_LENGTH = 200
LONGEST_NOTE = 500


class Wall(Kind):
    """A wall."""

    name = "wall"
    has_notes = True
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "starter": 80}
    default_minimum = DEFAULT_WALL_MINIMUM
    own_fields = frozenset({"max_length", "echo"})
    public_fields = (*Kind.public_fields, "starter", "max_length")

    def may_run_again(self, *, was_shown: bool) -> bool:
        """A new round is a new question for new notes; the old ones hang no more."""
        return True

    def public(self, definition: Definition) -> dict[str, Any]:
        """With `paper`: the leader types cards, and nobody answers on a device."""
        return {**super().public(definition), "paper": is_paper(definition)}

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """How long a note may be, in code points, and whether writers may be asked to share with other teams."""
        if not isinstance(raw.get("echo", True), bool):
            raise Refused("bad_value", field="echo")
        return {
            "max_length": number(raw, "max_length", DEFAULT_MAX_LENGTH, 20, LONGEST_NOTE),
            "echo": raw.get("echo", True),
        }

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """A note or a pass; raises `Refused`."""
        if is_paper(definition):
            raise Refused("not_now")
        if is_pass(raw, "text", "share"):
            return Answer()
        if "text" not in raw:
            raise Refused("missing_field", field="text")
        if not isinstance(raw.get("share", False), bool):
            raise Refused("bad_value", field="share")
        # Nobody is asked for consent yet, so none is recorded, whatever a client sends.
        return Answer(text=clean_note(raw["text"], definition["max_length"]), share=False)

    def card(self, definition: Definition, raw: object) -> Answer:
        """A paper card that the leader types, in a round on paper; raises `Refused`."""
        if not is_paper(definition):
            raise Refused("not_now")
        return Answer(text=clean_note(raw, definition["max_length"]))


def is_paper(definition: Definition) -> bool:
    """Whether this round's notes are written on paper and typed by the leader."""
    return bool(definition.get("paper", False))
