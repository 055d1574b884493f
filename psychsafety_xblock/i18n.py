"""Languages: marking the texts of blocks, the nearest of our catalogues for a code, and the texts that a script shows.

The catalogues are `translations/<locale>/LC_MESSAGES/text.mo`, ours and those of the same name in the site's
LOCALE_PATHS: a site adds a language of its own, or corrects one of ours, by placing a file there.
"""

from __future__ import annotations

import functools
import gettext
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language_info

from .core.languages import find_language


def _(text: str) -> str:
    """Marks a text of a block's fields for translation; they are made before any language is known."""
    return text


Texts = dict[str, str | list[str]]

_HERE = Path(__file__).parent
_OURS = _HERE / "translations"
_SCRIPTS = _HERE / "static/psychsafety_xblock/messages.json"

#: The language that the texts are written in; it needs no catalogue.
SOURCE = "en"

#: As their readers call them, in the order of a menu. Others that a site adds get Django's names.
_NAMES = {
    "en": "English",
    "da": "Dansk",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pt_BR": "Português (Brasil)",
    "ja": "日本語",
    "zh_Hans": "简体中文",
    "ar": "العربية",
}

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}

#: Codes under which gettext would not find a catalogue of ours by itself; it is compiled into folders of theirs too.
ALIASES = {"pt": "pt_BR", "zh_CN": "zh_Hans", "zh_SG": "zh_Hans"}


@dataclass(frozen=True)
class Language:
    """A language that there are texts in: its code as pages write it, and what its readers call it."""

    code: str
    name: str
    rtl: bool


def languages() -> list[Language]:
    """Those that pages can be shown in, in the order of a menu."""
    order = {locale: number for number, locale in enumerate(_NAMES)}
    there = sorted({SOURCE, *_catalogues(_folders())}, key=lambda locale: (order.get(locale, len(order)), locale))
    return [Language(_tag(locale), _name(locale), is_rtl(locale)) for locale in there]


def find_locale(language: str) -> str | None:
    """The locale of our texts that a reader of `language` ("da-dk", "zh_CN") understands; None without one."""
    return find_language(language, {SOURCE, *_catalogues(_folders())})


def best_locale(language: str) -> str:
    """The same, English for everybody else."""
    return find_locale(language) or SOURCE


def nearest_language(language: str) -> str:
    """The code, as pages write it, of the texts that a reader of `language` gets."""
    return _tag(best_locale(language))


def page_language(language: str) -> str:
    """What a page in this language calls itself: the reader's own code where there are texts for it, else "en"."""
    return language.replace("_", "-").lower() if find_locale(language) else SOURCE


def is_rtl(language: str) -> bool:
    """Whether our texts for `language` are read from the right."""
    return best_locale(language).split("_")[0] in _RIGHT_TO_LEFT


def entries() -> list[str]:
    """The built scripts that show texts."""
    return sorted(_texts_of_scripts())


def messages(language: str, entry: str) -> Texts:
    """What the script `entry` shows, by its English original, with a list where there are plural forms.

    Empty for English. Raises KeyError for a script that there is none of.
    """
    wanted = _texts_of_scripts()[entry]
    everything = _everything(best_locale(language), _folders())
    return {text: everything[text] for text in wanted if text in everything}


def _tag(locale: str) -> str:
    return locale.replace("_", "-").lower()


def _name(locale: str) -> str:
    if locale in _NAMES:
        return _NAMES[locale]
    try:
        name = str(get_language_info(_tag(locale))["name_local"])
    except KeyError:
        return _tag(locale)
    return name[:1].upper() + name[1:]


def _folders() -> tuple[str, ...]:
    """Where catalogues are looked for, the site's first."""
    return (*(str(path) for path in settings.LOCALE_PATHS if Path(path) != _OURS), str(_OURS))


@functools.cache
def _catalogues(folders: tuple[str, ...]) -> dict[str, list[Path]]:
    """The compiled catalogues of each locale; what the first of them says holds."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/text.mo")):
            if path.parts[-3] not in ALIASES:
                found.setdefault(path.parts[-3], []).append(path)
    return found


@functools.cache
def _everything(locale: str, folders: tuple[str, ...]) -> Texts:
    """All translated texts of a locale."""
    texts: Texts = {}
    for path in reversed(_catalogues(folders).get(locale, [])):
        with path.open("rb") as file:
            texts.update(_texts(gettext.GNUTranslations(file)))
    return texts


def _texts(translations: gettext.GNUTranslations) -> Texts:
    catalogue: dict[str | tuple[str, int], str] = translations._catalog  # type: ignore[attr-defined]
    texts: Texts = {text: translated for text, translated in catalogue.items() if isinstance(text, str) and text}
    forms: dict[str, dict[int, str]] = {}
    for key, translated in catalogue.items():
        if isinstance(key, tuple):
            forms.setdefault(key[0], {})[key[1]] = translated
    return texts | {text: [by_number[number] for number in sorted(by_number)] for text, by_number in forms.items()}


@functools.cache
def _texts_of_scripts() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(_SCRIPTS.read_text(encoding="utf-8"))
    return found
