"""Finding the library's texts in what an author placed, and giving them in another language (docs/adr/0010).

That one text of an exercise has one translation, wherever a session says it, is what tests/exercises/ sees to.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from typing import Any

from .checking import Activity
from .library import Library

#: Fields that are read by people, and those that are lists of such texts.
TEXTS = ("title", "prompt", "help", "starter", "begins", "script", "notes", "picture_alt")
LISTS = ("options", "statements", "echo_examples")

#: One way in which the library has an exercise (by itself, or as a step of a session): the activity by language.
_Variant = dict[str, Activity]


def translated(library: Library, activity: Mapping[str, Any], language: str) -> Activity:
    """An authored activity with what still is the library's in another language; what the author changed stays.

    A text is the library's when it equals that of its exercise, or of a step of a ready session with that exercise, in
    any language, space around it aside. Of a list, all texts must; each keeps its place and what else the author wrote
    of it. An activity of no exercise, or of one that the library does not have, comes back as it is. For a language
    that the library does not have, English stands in. Always a copy.
    """
    done = copy.deepcopy(dict(activity))
    name = activity.get("exercise")
    known = _variants(library)
    if not isinstance(name, str) or name not in known:
        return done
    target = library.best_language(language)
    for field in (*TEXTS, *LISTS):
        written = _plain(activity.get(field))
        for variant in known[name]:
            new = _plain(variant[target].get(field))
            if written and new and _is_in(written, variant, field) and len(new) == len(written):
                done[field] = _replaced(done[field], new)
                break
    return done


@functools.cache
def _variants(library: Library) -> dict[str, list[_Variant]]:
    """All ways in which the library has each exercise, by itself first. Not to be changed by who reads them."""
    languages = library.languages()
    variants: dict[str, list[_Variant]] = {}
    for entry in library.entries():
        variants[entry.name] = [{language: library.exercise(entry.name, language) for language in languages}]
    for session in library.ready_sessions():
        agendas = {language: library.ready_session(session.name, language).agenda for language in languages}
        for place, step in enumerate(session.agenda):
            there = {language: _same_step(agendas[language], place, step) for language in languages}
            variants[step["exercise"]].append(there)
    return variants


def _same_step(agenda: list[Activity], place: int, step: Activity) -> Activity:
    """The step at a place of an agenda in another language, or this one when another exercise stands there."""
    there = agenda[place] if place < len(agenda) else step
    return there if there["exercise"] == step["exercise"] else step


def _is_in(written: list[str], variant: _Variant, field: str) -> bool:
    return bool(written) and any(written == _plain(there.get(field)) for there in variant.values())


def _plain(value: object) -> list[str]:
    """The texts of a field without the space around them: one, or those of a list. Empty when it has none."""
    values = value if isinstance(value, list) else [value]
    texts = [one.get("text") if isinstance(one, Mapping) else one for one in values]
    plain = [text.strip() for text in texts if isinstance(text, str)]
    return plain if len(plain) == len(values) and all(plain) else []


def _replaced(value: Any, new: list[str]) -> Any:
    if not isinstance(value, list):
        return new[0]
    return [{**one, "text": text} if isinstance(one, Mapping) else text for one, text in zip(value, new, strict=True)]
