"""The kinds of activity: what an author may write, what an answer may be, what everybody is shown of it.

Blocks, sessions, rounds and the live API know kinds only through `KINDS`, so a new kind is a module here, a line below
and a renderer in `frontend/src/kinds/`; docs/development.md says how.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Refused
from .base import AUDIENCES, LONGEST_GUIDE, LONGEST_PROMPT, Answer, Cell, Definition, Kind
from .choice import ABOUT_COMMITMENTS, Choice
from .commitments import LONGEST_SENTENCE, MOST_SENTENCES, Commitments
from .pulse import Pulse
from .talk import Talk
from .wall import DEFAULT_MAX_LENGTH, LONGEST_EXAMPLE, LONGEST_NOTE, MOST_EXAMPLES, Wall, asks_to_share, is_paper

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Wall(), Talk(), Choice(), Pulse(), Commitments())}


def kind_of(definition: Mapping[str, object]) -> Kind:
    """The kind of a definition; raises `Refused` `bad_value` for one that does not exist."""
    name = definition.get("kind") if isinstance(definition, Mapping) else None
    if not isinstance(name, str) or name not in KINDS:
        raise Refused("bad_value", field="kind")
    return KINDS[name]


def checked_definition(raw: object) -> Definition:
    """Authored content (a mapping with `kind`) as a complete, checked definition; raises `Refused`."""
    if not isinstance(raw, Mapping):
        raise Refused("bad_value", field="agenda")
    return kind_of(raw).definition(raw)


def with_translations(definition: Definition, language: str, others: Mapping[str, Definition]) -> Definition:
    """The definition with what people are shown of it in other languages; unchanged when nothing of it differs.

    `others` are definitions of the same activity by their language. It gets `translations`, by language and field, and
    `language`: which one its own translated texts are in, "" where nobody knows. Both are computed when a block hands
    its activities over, and never authored.
    """
    kind = kind_of(definition)
    found = {other: kind.translation(definition, there) for other, there in others.items()}
    translations = {other: texts for other, texts in found.items() if texts}
    return {**definition, "language": language, "translations": translations} if translations else definition


#: The longest agenda.
MOST_ACTIVITIES = 30


def checked_agenda(raw: object) -> list[Definition]:
    """A list of 1 to 30 activities as an author wrote it, each complete and checked; raises `Refused`."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_ACTIVITIES:
        raise Refused("bad_value", field="agenda")
    return [checked_definition(activity) for activity in raw]


__all__ = [
    "ABOUT_COMMITMENTS",
    "AUDIENCES",
    "DEFAULT_MAX_LENGTH",
    "KINDS",
    "LONGEST_EXAMPLE",
    "LONGEST_GUIDE",
    "LONGEST_NOTE",
    "LONGEST_PROMPT",
    "LONGEST_SENTENCE",
    "MOST_EXAMPLES",
    "MOST_SENTENCES",
    "Answer",
    "Cell",
    "Commitments",
    "Definition",
    "Kind",
    "Wall",
    "asks_to_share",
    "checked_agenda",
    "checked_definition",
    "is_paper",
    "kind_of",
    "with_translations",
]
