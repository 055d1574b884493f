"""Authored values -> elements. What these cannot express is left as XBlock itself writes it, so nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from ..core.activities import KINDS
from .form import LISTS, LONG_TEXTS, NUMBERS, SWITCHES, Element, attributes_of, elements_of


def introduction_element(values: Mapping[str, Any]) -> Element | None:
    """`<introduction title video>` with its HTML as text; None where a value is no text."""
    if not all(isinstance(value, str) for value in values.values()):
        return None
    element = etree.Element("introduction")
    for attribute in ("title", "video"):
        if f"introduction_{attribute}" in values:
            element.set(attribute, values[f"introduction_{attribute}"])
    text = values.get("introduction", "")
    # Nested elements would be easier to read, but the platform's parser drops spaces between them.
    if text:
        element.text = text if "]]>" in text or "\r" in text else etree.CDATA(text)
    return element


def help_element(values: Mapping[str, Any]) -> Element | None:
    """`<help>` with a wall's help; None where it is no text."""
    return _text_element("help", values["help_text"])


def example_elements(values: Mapping[str, Any]) -> list[Element] | None:
    """An `<example>` for each of a wall's; None where they are no texts."""
    written = _listed("echo_examples", values["echo_examples"])
    return written if all(one is not None for one in written) else None


def agenda_element(values: Mapping[str, Any]) -> Element | None:
    """`<agenda>` with an element for each activity; None where something is not as an author's form writes it."""
    if not isinstance(values["agenda"], list):
        return None
    agenda = etree.Element("agenda")
    for activity in values["agenda"]:
        element = _activity_element(activity)
        if element is None:
            return None
        agenda.append(element)
    return agenda


def _activity_element(activity: object) -> Element | None:
    kind = KINDS.get(str(activity.get("kind"))) if isinstance(activity, dict) else None
    if kind is None or not isinstance(activity, dict) or set(activity) - kind.fields():
        return None
    element = etree.Element(kind.name)
    for name in attributes_of(kind):
        if name in activity:
            written = _attribute(name, activity[name])
            if written is None:
                return None
            element.set(name, written)
    for tag, name in elements_of(kind).items():
        if name in activity:
            inside = [_text_element(tag, activity[name])] if name in LONG_TEXTS else _listed(name, activity[name])
            if not all(one is not None for one in inside):
                return None
            element.extend(inside)
    return element


def _attribute(name: str, value: object) -> str | None:
    if name in SWITCHES:
        return str(value).lower() if isinstance(value, bool) else None
    if name in NUMBERS:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
    return value if isinstance(value, str) else None


def _listed(name: str, values: object) -> list[Element | None]:
    if not isinstance(values, list) or not values:
        return [None]
    return [_statement(one) if name == "statements" else _text_element(LISTS[name], one) for one in values]


def _statement(value: object) -> Element | None:
    if not isinstance(value, dict):
        return _text_element("statement", value)
    element = _text_element("statement", value.get("text"))
    if element is None or set(value) - {"text", "reversed"} or not isinstance(value.get("reversed", False), bool):
        return None
    element.set("reversed", str(value.get("reversed", False)).lower())
    return element


def _text_element(tag: str, value: object) -> Element | None:
    if not isinstance(value, str):
        return None
    element = etree.Element(tag)
    element.text = value
    return element
