"""Marking texts of blocks, and the catalogue that scripts need, in the language of the page."""

from __future__ import annotations

import functools
import gettext
from pathlib import Path

from django.utils.translation import to_locale


def _(text: str) -> str:
    """Marks a text of a block's fields for translation; they are made before any language is known."""
    return text


_CATALOGUES = Path(__file__).parent / "translations"


@functools.cache
def messages(language: str) -> dict[str, str | list[str]]:
    """Texts by their English original, with a list where there are plural forms; empty for English.

    `language` is Django's code, such as "da" or "pt-br". The files are those that `make compile_translations` leaves at
    `translations/<locale>/LC_MESSAGES/djangojs.mo`.
    """
    locale = to_locale(language)
    try:
        found = gettext.translation("djangojs", str(_CATALOGUES), languages=[locale, locale.split("_")[0]])
    except FileNotFoundError:
        return {}
    catalogue: dict[str | tuple[str, int], str] = found._catalog  # type: ignore[attr-defined]
    texts: dict[str, str | list[str]] = {}
    for key in sorted(catalogue, key=str):
        if isinstance(key, tuple):
            original = key[0]
            forms = texts.setdefault(original, [])
            if isinstance(forms, list):
                forms.append(catalogue[key])
        elif key:
            texts[key] = catalogue[key]
    return texts
