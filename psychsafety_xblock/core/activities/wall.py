"""One question, notes without names, one reveal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..echo import RUN, SCOPES
from ..errors import Refused
from ..privacy import DEFAULT_WALL_MINIMUM
from ..text import clean_note
from .base import LONGEST_HELP, LONGEST_PROMPT, Answer, Definition, Kind, is_pass, number, texts

DEFAULT_MAX_LENGTH = 200
LONGEST_NOTE = 500
#: What an author may write of what other teams could have written, until there is enough that they did.
MOST_EXAMPLES = 8
LONGEST_EXAMPLE = 200


class Wall(Kind):
    """A wall."""

    name = "wall"
    has_notes = True
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "starter": 80}
    default_minimum = DEFAULT_WALL_MINIMUM
    own_fields = frozenset({"max_length", "echo", "echo_scope", "echo_examples"})
    public_fields = (*Kind.public_fields, "starter", "max_length")

    def may_run_again(self, *, was_shown: bool) -> bool:
        """A new round is a new question for new notes; the old ones hang no more."""
        return True

    def public(self, definition: Definition) -> dict[str, Any]:
        """With `paper`: the leader types cards, and nobody answers on a device. With `share`: writers are asked."""
        return {**super().public(definition), "paper": is_paper(definition), "share": asks_to_share(definition)}

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """How long a note may be, in code points, and whether writers may be asked to share with other teams.

        `echo_scope`: with those of the course run or of the organisation. `echo_examples` are shown for as long as
        there is too little of others.
        """
        if not isinstance(raw.get("echo", True), bool):
            raise Refused("bad_value", field="echo")
        if raw.get("echo_scope", RUN) not in SCOPES:
            raise Refused("bad_value", field="echo_scope")
        examples = {"echo_examples": raw.get("echo_examples", [])}
        return {
            "max_length": number(raw, "max_length", DEFAULT_MAX_LENGTH, 20, LONGEST_NOTE),
            "echo": raw.get("echo", True),
            "echo_scope": raw.get("echo_scope", RUN),
            "echo_examples": texts(examples, "echo_examples", 0, MOST_EXAMPLES, LONGEST_EXAMPLE),
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
        # Where nobody is asked for consent none is recorded, whatever a client sends.
        share = asks_to_share(definition) and raw.get("share", False)
        return Answer(text=clean_note(raw["text"], definition["max_length"]), share=share)

    def card(self, definition: Definition, raw: object) -> Answer:
        """A paper card that the leader types, in a round on paper; raises `Refused`."""
        if not is_paper(definition):
            raise Refused("not_now")
        return Answer(text=clean_note(raw, definition["max_length"]))


def is_paper(definition: Definition) -> bool:
    """Whether this round's notes are written on paper and typed by the leader."""
    return bool(definition.get("paper", False))


def asks_to_share(definition: Definition) -> bool:
    """Whether writers are asked if other teams may read their notes: the author may switch it off, and no more.

    A wall for everybody is read by all anyway, and whoever writes a card on paper is asked by nobody.
    """
    return bool(definition.get("echo", False)) and definition["audience"] == "team" and not is_paper(definition)
