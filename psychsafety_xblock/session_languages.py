"""The one or two languages that a leader chooses for a session, and what an author placed in them.

What comes from the library reads in the languages of the session; what the author wrote stays as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from . import exercises, i18n
from .core.activities import Definition, checked_definition, with_translations
from .core.errors import Refused

MOST = 2


def codes() -> list[str]:
    """The languages that the interface is there in, as codes such as "pt-br"; English first."""
    return [one.code for one in i18n.languages()]


def nearest(code: str) -> str:
    """The language of `codes` that is closest to a code of the platform's, such as "da-dk"; else English."""
    return i18n.nearest_language(code)


def chosen(raw: object, page_language: str) -> list[str]:
    """The languages that a leader asked for, the main one first; without any that of the leader's page.

    Raises `Refused` `bad_value` unless they are one or two different codes out of `codes`.
    """
    if raw is None:
        return [nearest(page_language)]
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST:
        raise Refused("bad_value", field="languages")
    if not all(isinstance(one, str) and one in codes() for one in raw) or len(set(raw)) < len(raw):
        raise Refused("bad_value", field="languages")
    return raw


def definition_in(raw: Mapping[str, Any], languages: Sequence[str]) -> Definition:
    """An authored activity, checked, in the first of these languages and with what differs in the others.

    Raises `Refused` with the field.
    """
    main, *others = languages
    there = {other: checked_definition(text_in(raw, other)) for other in others}
    return with_translations(checked_definition(text_in(raw, main)), main if in_library(main) else "", there)


def text_in(raw: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An authored activity with what comes from the library in this language, as far as it is there in it.

    The question that a wall begins with is in all catalogues of the interface, also where the library is not.
    """
    if in_library(language):
        return exercises.translated(dict(raw), nearest(language))
    english = exercises.translated(dict(raw), i18n.SOURCE) if raw.get("exercise") else {}
    prompt, starter = (str(english.get(field, "")) for field in ("prompt", "starter"))
    with translation.override(language):
        asked, begun = (
            translation.gettext(text) if text else "" for text in (prompt, f"{starter} " if starter else "")
        )
    if asked == prompt:
        return dict(raw)
    return {**raw, "prompt": asked, **({"starter": begun.strip()} if starter else {})}


def asks_what(name: str, prompt: str) -> bool:
    """Whether a question is that of an exercise of the library, in any of its languages."""
    try:
        return any(exercises.exercise(name, one)["prompt"].strip() == prompt.strip() for one in exercises.languages())
    except exercises.LibraryError:
        # Nobody's session stops for a file that cannot be read.
        return False


def in_library(language: str) -> bool:
    """Whether exercises are there in this language."""
    return nearest(language) in exercises.languages()


def choices(wanted: Sequence[str]) -> list[dict[str, str]]:
    """Languages as a list to choose from."""
    names = {one.code: one.name for one in i18n.languages()}
    return [{"code": code, "name": names[code]} for code in wanted if code in names]
