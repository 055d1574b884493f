"""What every kind of activity has, and how authored fields are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ..errors import Refused
from ..privacy import HIGHEST_MINIMUM, LOWEST_MINIMUM

LONGEST_PROMPT = 300
LONGEST_HELP = 600
#: What the leader says, and what the leader should know.
LONGEST_GUIDE = 2000
LONGEST_ADDRESS = 500
#: What exercises of the library are called.
_EXERCISE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_EXERCISE_NAME = 60
AUDIENCES = ("team", "course")

Definition = dict[str, Any]
#: One counter of a tally: an item (a statement, or the one question of a choice) and an option of it.
Cell = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What a seat submitted, checked.

    A pass has neither `text` nor `votes`. `share` is the writer's consent to the echo.
    """

    text: str | None = None
    share: bool = False
    votes: tuple[Cell, ...] = ()


class Kind:
    """One kind of activity: what an author may write, what an answer may be, what is shown of it."""

    name: ClassVar[str]
    #: Whether answers are notes on a wall, with resonance and take-downs.
    has_notes: ClassVar[bool] = False
    #: Whether the leader writes something into the round while it runs.
    leader_writes: ClassVar[bool] = False
    #: Fields of plain text and their longest length. `prompt` must not be empty.
    texts: ClassVar[dict[str, int]] = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP}
    default_minimum: ClassVar[int] = 5
    #: Fields of this kind alone, which `own` reads.
    own_fields: ClassVar[frozenset[str]] = frozenset()
    #: Those of them that are lists of texts, each with an id by its place.
    listed: ClassVar[tuple[str, ...]] = ()
    public_fields: ClassVar[tuple[str, ...]] = (
        "kind", "title", "prompt", "help", "minutes", "picture", "picture_alt", "video",
    )  # fmt: skip
    #: What of the author's content stays with the counts when everything else of a session is gone (docs/adr/0013).
    asked_fields: ClassVar[tuple[str, ...]] = ("kind", "exercise", "title", "prompt")
    #: What only the leader reads (`guide`). A session that was opened by an earlier release lacks them.
    guide_fields: ClassVar[tuple[str, ...]] = ("kind", "title", "prompt", "minutes", "script", "notes")

    def fields(self) -> frozenset[str]:
        """The names of all that an author may write."""
        common = {"kind", "exercise", "minutes", "minimum", "audience", *_COMMON_TEXTS}
        return frozenset(common | set(self.texts) | self.own_fields)

    def definition(self, raw: Mapping[str, Any]) -> Definition:
        """The authored content, complete and checked; raises `Refused` with the field that is wrong."""
        for field in raw:
            if field not in self.fields():
                raise Refused("unknown_field", field=str(field))
        done: Definition = {"kind": self.name, "exercise": _exercise_name(raw)}
        for field, limit in {**self.texts, **_COMMON_TEXTS}.items():
            done[field] = text(raw, field, limit)
        _check_addresses(done)
        if not done["prompt"]:
            raise Refused("missing_field", field="prompt")
        done["minutes"] = number(raw, "minutes", 10, 1, 120)
        done["minimum"] = number(raw, "minimum", self.default_minimum, LOWEST_MINIMUM, HIGHEST_MINIMUM)
        done["audience"] = raw.get("audience", "team")
        if done["audience"] not in AUDIENCES or (done["audience"] == "course" and not self.has_notes):
            raise Refused("bad_value", field="audience")
        return {**done, **self.own(raw)}

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """The fields of this kind alone, checked."""
        return {}

    def collects(self, definition: Definition) -> bool:
        """Whether seats answer it. What collects nothing needs no minimum and is "revealed" from its start."""
        return True

    def may_run_again(self, *, was_shown: bool) -> bool:
        """Whether it may be run again in a session in which it has run; `was_shown`: something of it was (rule 6)."""
        return False

    def instead(self, definition: Definition) -> Definition:
        """What it becomes when too few people are here, or no devices: a conversation that collects nothing.

        In the form of a talk's definition; `instead_of` names the kind, for the words that explain it.
        """
        kept = {field: definition.get(field, "") for field in ("title", "prompt", "help", *_COMMON_TEXTS)}
        return {
            **kept,
            **self._instead_elsewhere(definition),
            "kind": "talk",
            "minutes": definition["minutes"],
            "minimum": definition["minimum"],
            "audience": "team",
            "begins": "",
            "form": "round",
            "points": self.points(definition),
            "instead_of": self.name,
        }

    def _instead_elsewhere(self, definition: Definition) -> Definition:
        """The same conversation in the definition's other languages."""
        here, translations = self.points(definition), {}
        for language, texts in definition.get("translations", {}).items():
            kept = {field: texts[field] for field in ("title", "prompt", "help", "picture_alt") if field in texts}
            there = self.points({**definition, **texts})
            if kept or there != here:
                translations[language] = {**kept, "points": there} if there != here else kept
        return {"language": definition["language"], "translations": translations} if translations else {}

    def points(self, definition: Definition) -> list[str]:
        """What people would have answered, as texts to talk about."""
        return []

    def answer(self, definition: Definition, raw: Mapping[str, Any]) -> Answer:
        """The checked answer; raises `Refused`. What collects nothing takes none."""
        raise Refused("not_now")

    def cells(self, definition: Definition) -> list[Cell]:
        """The counters that a round of this activity needs."""
        return []

    def items(
        self, definition: Definition, tally: Mapping[Cell, int], needed: int, minimum: int
    ) -> list[dict[str, Any]]:
        """What is shown of the counters after the reveal; see `core.results`."""
        return []

    def translation(self, definition: Definition, there: Definition) -> dict[str, Any]:
        """What is public of `there`, the same activity in another language, and reads otherwise than here.

        Lists are told whole, each text with its id; one of another length is no translation and is left out.
        """
        found: dict[str, Any] = {
            field: there[field]
            for field in (*self.texts, "picture_alt")
            if field in self.public_fields and there[field] != definition[field]
        }
        for field in self.listed:
            ids, said = [one["id"] for one in definition[field]], [one["text"] for one in there[field]]
            if len(said) == len(ids) and said != [one["text"] for one in definition[field]]:
                found[field] = [{"id": key, "text": text} for key, text in zip(ids, said, strict=True)]
        return found

    def public(self, definition: Definition) -> dict[str, Any]:
        """What every seat and the screen are shown of the authored content, in all languages that it is there in."""
        shown = {field: definition.get(field, "") for field in self.public_fields}
        translations = {
            language: {field: value for field, value in texts.items() if field in self.public_fields}
            for language, texts in definition.get("translations", {}).items()
        }
        return {**shown, "language": definition["language"], "translations": translations} if translations else shown

    def asked(self, definition: Definition) -> Definition:
        """What was asked, and nothing that a team or its leader added: what the counts are read with later."""
        return {field: definition[field] for field in self.asked_fields if field in definition}

    def guide(self, definition: Definition) -> dict[str, Any]:
        """What only the leader reads of it."""
        return {field: definition.get(field, "") for field in self.guide_fields}


_COMMON_TEXTS = {
    "script": LONGEST_GUIDE,
    "notes": LONGEST_GUIDE,
    "picture": LONGEST_ADDRESS,
    "picture_alt": 200,
    "video": LONGEST_ADDRESS,
}


def _check_addresses(definition: Definition) -> None:
    """A picture comes from this site, since the screen's page loads from no other; a film's address can be opened."""
    picture = definition["picture"]
    if picture and (not picture.startswith("/") or picture.startswith("//") or "\\" in picture):
        raise Refused("bad_value", field="picture")
    check_film(definition, "video")


def check_film(raw: Mapping[str, Any], field: str) -> None:
    """An https address, or nothing; raises `Refused` `bad_value`."""
    address = text(raw, field, LONGEST_ADDRESS)
    whole = address.startswith("https://") and len(address) > len("https://")
    if address and (not whole or set(address) & set(' "<>\\')):
        raise Refused("bad_value", field=field)


def _exercise_name(raw: Mapping[str, Any]) -> str:
    """The exercise of the library that an activity was made from, or "" for one of the author's own."""
    name = raw.get("exercise", "")
    if name == "":
        return ""
    if not isinstance(name, str) or len(name) > LONGEST_EXERCISE_NAME or not _EXERCISE_NAME.fullmatch(name):
        raise Refused("bad_value", field="exercise")
    return name


def is_pass(raw: Mapping[str, Any], *fields: str) -> bool:
    """Whether an answer is a pass; if not, it has exactly known `fields`. Raises `Refused`."""
    for field in raw:
        if field not in {*fields, "pass"}:
            raise Refused("unknown_field", field=str(field)[:40])
    if "pass" not in raw:
        return False
    if raw["pass"] is not True or len(raw) > 1:
        raise Refused("bad_value", field="pass")
    return True


def text(raw: Mapping[str, Any], field: str, limit: int) -> str:
    """A text field without surrounding space; raises `Refused` `bad_value` when it is none or too long."""
    value = raw.get(field, "")
    if not isinstance(value, str) or len(value.strip()) > limit:
        raise Refused("bad_value", field=field)
    return value.strip()


def number(raw: Mapping[str, Any], field: str, default: int, lowest: int, highest: int) -> int:
    """A whole number in a range; raises `Refused` `bad_value`."""
    value = raw.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise Refused("bad_value", field=field)
    return value


def texts(raw: Mapping[str, Any], field: str, fewest: int, most: int, limit: int) -> list[str]:
    """A list of different, non-empty texts; raises `Refused` `bad_value`."""
    values = raw.get(field)
    if not isinstance(values, list) or not fewest <= len(values) <= most:
        raise Refused("bad_value", field=field)
    read = [text({field: value}, field, limit) for value in values]
    if not all(read) or len(set(read)) < len(read):
        raise Refused("bad_value", field=field)
    return read
