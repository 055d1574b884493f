"""Which question of one session is which of another: the same text, or the same text of the library in any language."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from .. import exercises
from ..core.activities import ABOUT_COMMITMENTS

#: What a choice counts; a pulse counts its statements by their ids.
_CHOICE_ITEM = "choice"


@dataclass(frozen=True, slots=True)
class Question:
    """A statement or a choice, in a form that can be kept as JSON.

    `name` is a hash of its text, `cell` what its cells are called, `place` where it stands among the others. `texts`
    is the text by language where the library has it, and `text` then the English one, so that it never says in which
    language a team met; an option has the same three.
    """

    name: str
    cell: str
    kind: str
    place: tuple[str, int]
    text: str
    texts: dict[str, str]
    reversed: bool
    options: tuple[dict[str, Any], ...]

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def questions_of(definition: dict[str, Any]) -> dict[str, Question]:
    """The questions of a pulse or a choice, by the item of their tallies."""
    field = "statements" if definition["kind"] == "pulse" else "options"
    asked = {"exercise": definition.get("exercise", ""), "prompt": definition["prompt"], field: definition[field]}
    about = definition.get("about", "")
    return _known_questions(json.dumps(asked, sort_keys=True), field, about)


@functools.lru_cache(maxsize=512)
def _known_questions(written: str, field: str, about: str) -> dict[str, Question]:
    asked = json.loads(written)
    everywhere = {language: exercises.translated(asked, language) for language in exercises.languages()}
    english = exercises.translated(asked, "en")
    if field == "options":
        return {_CHOICE_ITEM: _choice(asked, english, everywhere, about)}
    found = {}
    for place, one in enumerate(asked["statements"]):
        text, reverse = english["statements"][place]["text"], bool(one.get("reversed", False))
        found[one["id"]] = Question(
            name=_name("statement", asked["exercise"], text, reverse),
            cell="rating",
            kind="statement",
            place=(asked["exercise"], place),
            text=text,
            texts=_texts({language: there["statements"][place]["text"] for language, there in everywhere.items()}),
            reversed=reverse,
            options=(),
        )
    return found


def _choice(
    asked: dict[str, Any], english: dict[str, Any], everywhere: dict[str, dict[str, Any]], about: str
) -> Question:
    options = tuple(
        {
            "id": one["id"],
            "text": english["options"][place]["text"],
            "texts": _texts({language: there["options"][place]["text"] for language, there in everywhere.items()}),
        }
        for place, one in enumerate(asked["options"])
    )
    return Question(
        name=_name("choice", asked["exercise"], english["prompt"], [one["text"] for one in english["options"]]),
        cell="option",
        kind="commitments" if about == ABOUT_COMMITMENTS else "choice",
        place=(asked["exercise"], 0),
        text=english["prompt"],
        texts=_texts({language: there["prompt"] for language, there in everywhere.items()}),
        reversed=False,
        options=options,
    )


def _texts(found: dict[str, str]) -> dict[str, str]:
    """By language; nothing where the library does not have it, for then all are what the author wrote."""
    return found if len(set(found.values())) > 1 else {}


def _name(*identity: object) -> str:
    return hashlib.sha256(json.dumps(identity, ensure_ascii=False).encode()).hexdigest()[:16]
