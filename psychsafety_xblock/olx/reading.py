"""Elements -> authored values. Nothing is dropped without a word: what is not known is refused, with what would be."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from lxml import etree

from ..core.activities import KINDS, Kind
from .form import LISTS, LONG_TEXTS, NUMBERS, SWITCHES, Element, OlxError, attributes_of, elements_of

_WHOLE = re.compile(r"-?[0-9]{1,9}")


def introduction_values(node: Element, where: str) -> dict[str, Any]:
    """The fields of `<introduction title video>`: its HTML as text (CDATA) or as nested elements."""
    _check_attributes(node, ("title", "video"), where)
    found = {f"introduction_{name}": node.get(name) for name in ("title", "video") if name in node.attrib}
    html = _inner_html(node)
    if html.strip():
        found["introduction"] = html
    return found


def help_values(node: Element, where: str) -> dict[str, Any]:
    """The field of a wall's `<help>`."""
    _check_attributes(node, (), where)
    return {"help_text": text_of(node, where)}


def example_values(node: Element, where: str) -> dict[str, Any]:
    """The field of a wall's `<example>`, one of several: a list with this one."""
    _check_attributes(node, (), where)
    return {"echo_examples": [text_of(node, where)]}


def agenda_values(node: Element, where: str) -> dict[str, Any]:
    """The field of `<agenda>`: its activities in their order."""
    _check_attributes(node, (), where)
    check_no_text(node, where)
    steps = [_activity(child, step_name(where, child.tag, place)) for place, child in enumerate(elements(node))]
    return {"agenda": steps}


def step_name(where: str, tag: str, place: int) -> str:
    """How a step is called in a message: by its kind and its number, counted from 1 over all steps."""
    return f"{where}/{tag}[{place + 1}]"


def elements(node: Element) -> list[Element]:
    """The child elements, without comments and instructions."""
    return [child for child in node if isinstance(child.tag, str)]


def whole_number(written: str, where: str) -> int:
    """A whole number; raises `OlxError`."""
    if not _WHOLE.fullmatch(written):
        raise OlxError(f"{where}: “{written[:40]}” is not a whole number")
    return int(written)


def switch(written: str, where: str) -> bool:
    """True or false; raises `OlxError`."""
    if written not in ("true", "false"):
        raise OlxError(f"{where}: “{written[:40]}” is not possible; allowed: true, false")
    return written == "true"


def text_of(node: Element, where: str) -> str:
    """The text of an element, each space and line as it is; comments are left out. Raises `OlxError` for elements."""
    for child in elements(node):
        raise unknown_element(child, (), where)
    return (node.text or "") + "".join(child.tail or "" for child in node)


def check_no_text(node: Element, where: str) -> None:
    """Raise `OlxError` for words that stand between elements."""
    for text in (node.text, *(child.tail for child in node)):
        if text and text.strip():
            raise OlxError(f"{where}: the text “{text.strip()[:40]}” stands outside of an element")


def unknown_element(child: Element, allowed: Collection[str], where: str) -> OlxError:
    """What to raise for an element that does not belong where it is."""
    return OlxError(f"{where}: unknown element <{etree.QName(child).localname}>; {_allowed('elements', allowed)}")


def unknown_attribute(name: str, allowed: Collection[str], where: str, inside: Collection[str] = ()) -> OlxError:
    """What to raise for an attribute that does not belong where it is; `inside` are the elements that do."""
    hint = f"; elements: {', '.join(inside)}" if inside else ""
    return OlxError(f"{where}: unknown attribute “{name}”; {_allowed('attributes', allowed)}{hint}")


def _allowed(what: str, names: Collection[str]) -> str:
    return f"allowed: {', '.join(names)}" if names else f"there are no {what} here"


def _check_attributes(node: Element, allowed: Collection[str], where: str, inside: Collection[str] = ()) -> None:
    for name in node.attrib:
        # Namespaces are other people's, as xml:space is.
        if name not in allowed and not name.startswith("{"):
            raise unknown_attribute(name, allowed, where, inside)


def _activity(node: Element, where: str) -> dict[str, Any]:
    kind = KINDS.get(node.tag)
    if kind is None:
        raise unknown_element(node, sorted(KINDS), where.rpartition("/")[0])
    _check_attributes(node, attributes_of(kind), where, elements_of(kind))
    check_no_text(node, where)
    read: dict[str, Any] = {"kind": kind.name}
    for name, written in node.attrib.items():
        if not name.startswith("{"):
            read[name] = _value(name, written, f"{where}, {name}")
    for child in elements(node):
        _read_into(read, kind, child, where)
    return read


def _value(name: str, written: str, where: str) -> str | int | bool:
    if name in NUMBERS:
        return whole_number(written, where)
    return switch(written, where) if name in SWITCHES else written


def _read_into(read: dict[str, Any], kind: Kind, child: Element, where: str) -> None:
    allowed = elements_of(kind)
    if child.tag not in allowed:
        raise unknown_element(child, allowed, where)
    name, inside = allowed[child.tag], f"{where}/{child.tag}"
    if name in LONG_TEXTS:
        if name in read:
            raise OlxError(f"{inside}: stands there twice")
        _check_attributes(child, (), inside)
        read[name] = text_of(child, inside)
        return
    listed = read.setdefault(name, [])
    listed.append(_listed(child, f"{inside}[{len(listed) + 1}]"))


def _listed(node: Element, where: str) -> str | dict[str, Any]:
    may_reverse = node.tag == LISTS["statements"]
    _check_attributes(node, ("reversed",) if may_reverse else (), where)
    text = text_of(node, where)
    if "reversed" not in node.attrib:
        return text
    return {"text": text, "reversed": switch(node.get("reversed"), f"{where}, reversed")}


def _inner_html(node: Element) -> str:
    """What stands inside an element: text is HTML, and nested elements are written out; comments are left out."""
    parts = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str):
            parts.append(etree.tostring(child, encoding="unicode", method="html", with_tail=False))
        parts.append(child.tail or "")
    return "".join(parts)
