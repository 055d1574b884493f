"""What a note may be made of."""

from __future__ import annotations

import re
import unicodedata

from .errors import Refused

#: Characters that make text run against its direction, so that a reader sees other words than were written.
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: An HTML tag. A wall shows plain text only; refusing tags tells people so, and costs nobody a "<3" or "a < b".
_TAG = re.compile(r"<(?:[/!?]\s*)?[a-zA-Z][^<>]*>?")
_SPACE = re.compile(r"\s+")


def clean_note(raw: object, max_length: int) -> str:
    """The text of a note as it is stored: one line of plain text in Unicode's composed form.

    `max_length` counts code points, as the browser's counter does. Raises `Refused` with `bad_value` (not a string),
    `empty_text`, `text_too_long` or `text_not_plain` (tags, direction overrides, control characters).
    """
    if not isinstance(raw, str):
        raise Refused("bad_value", field="text")
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", raw)).strip()
    if not any(_is_visible(character) for character in text):
        raise Refused("empty_text")
    if _OVERRIDES.search(text) or _TAG.search(text) or any(_is_forbidden(character) for character in text):
        raise Refused("text_not_plain")
    if len(text) > max_length:
        raise Refused("text_too_long", max_length=max_length)
    return text


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZC"


def _is_forbidden(character: str) -> bool:
    """Control characters, lone surrogates and code points that no character has; joiners (Cf) are part of writing."""
    return unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"}
