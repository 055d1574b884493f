"""Authored content <-> OLX: XML that one can read and edit by hand. docs/authors.md describes it.

Answers, sessions and seats live in tables of our own and are never part of it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from lxml import etree
from xblock.core import XML_NAMESPACES, XBlockMixin
from xblock.fields import Boolean, Integer, List

from ..studio.html import clean_html
from ..studio.review import Problem
from . import reading, writing
from .form import PLATFORM_ATTRIBUTES, UNCHANGED, Element, OlxError, check_characters, read_xml, refuse_unsafe

_OPTION = f"{{{XML_NAMESPACES['option']}}}"


@dataclass(frozen=True, kw_only=True)
class Nested:
    """An element inside a block's: the fields that it holds, and how they get in and out.

    `repeats`: there may be several, each with one text of a list.
    """

    fields: tuple[str, ...]
    write: Callable[[Mapping[str, Any]], Element | list[Element] | None]
    read: Callable[[Element, str], dict[str, Any]]
    repeats: bool = False


INTRODUCTION = Nested(
    fields=("introduction_title", "introduction_video", "introduction"),
    write=writing.introduction_element,
    read=reading.introduction_values,
)
AGENDA = Nested(fields=("agenda",), write=writing.agenda_element, read=reading.agenda_values)
HELP = Nested(fields=("help_text",), write=writing.help_element, read=reading.help_values)
EXAMPLE = Nested(fields=("echo_examples",), write=writing.example_elements, read=reading.example_values, repeats=True)


class OlxMixin(XBlockMixin):
    """Reads and writes a block's own fields; those of the platform's mixins go through XBlock's mechanism as ever."""

    editable_fields: tuple[str, ...]
    rich_fields: tuple[str, ...]
    #: The elements inside the block's own, by name. The fields that no element holds are attributes.
    olx_elements: Mapping[str, Nested]
    #: Of the block.
    problems_of: Callable[..., list[Problem]]
    authored_fields: Callable[[], dict[str, Any]]

    @classmethod
    def parse_xml(cls, node: Element, runtime: Any, keys: Any, *more: Any, **named: Any) -> Self:
        """The block that `node` describes. Raises `OlxError`, and then nothing of it is used.

        `more`: older XBlocks pass an id generator. A library's runtime calls this each time it loads the block.
        """
        refuse_unsafe(node)
        node = _pointed_at(node, runtime)
        where = _name_of(node)
        own, theirs = _divided(node, cls)
        try:
            block = super().parse_xml(theirs, runtime, keys, *more, **named)
        except (ValueError, TypeError) as error:
            raise OlxError(f"{where}: {error}") from error
        for attribute in theirs.attrib:
            if attribute not in block.fields:
                raise reading.unknown_attribute(attribute, _attributes(cls), where, cls.olx_elements)
        for child in theirs:
            name = etree.QName(child).localname
            if name not in block.fields or (name in cls.editable_fields and isinstance(block.fields[name], List)):
                raise reading.unknown_element(child, cls.olx_elements, where)
        for name, value in _own_values(own, block, where).items():
            setattr(block, name, value)
        for name in cls.rich_fields:
            if block.fields[name].is_set_on(block):
                setattr(block, name, clean_html(getattr(block, name) or ""))
        _check(block, where)
        return block

    def add_xml_to_node(self, node: Element) -> None:
        """Write the block into `node`: what is set, and nothing else. Raises `OlxError` for control characters."""
        is_set = [name for name in self.editable_fields if self.fields[name].is_set_on(self)]
        for name in is_set:
            check_characters(getattr(self, name), f"{self.scope_ids.block_type}, {name}")
        super().add_xml_to_node(node)
        for nested in self.olx_elements.values():
            values = {name: getattr(self, name) for name in nested.fields if name in is_set}
            written = nested.write(values) if values else None
            if written is not None:
                _forget(node, values)
                node.extend(written if isinstance(written, list) else [written])
        _order_attributes(node, self.editable_fields)
        if len(node) == 0 and not set(node.attrib) - PLATFORM_ATTRIBUTES:
            node.set(UNCHANGED, "true")


def _name_of(node: Element) -> str:
    name = node.get("url_name") or node.get("display_name")
    return f"{node.tag} “{name[:60]}”" if name else str(node.tag)


def _pointed_at(node: Element, runtime: Any) -> Element:
    """The element itself, or the root of the file that it points to: `<kind>/<url_name>.xml` in the course's archive.

    Newer platforms look it up before they call us (openedx-platform issue 36390); older ones leave it to the block.
    """
    name, files = node.get("url_name"), getattr(runtime, "resources_fs", None)
    if len(node) or set(node.attrib) != {"url_name"} or (node.text or "").strip() or files is None:
        return node
    path = f"{node.tag}/{name.replace(':', '/')}.xml"
    if not files.exists(path):
        return node
    found = read_xml(files.readbytes(path))
    if found.tag != node.tag:
        raise OlxError(f"{path}: holds <{found.tag}> instead of <{node.tag}>")
    found.set("url_name", name)
    return found


def _attributes(cls: type[OlxMixin]) -> list[str]:
    nested = {name for one in cls.olx_elements.values() for name in one.fields}
    return [name for name in cls.editable_fields if name not in nested]


def _divided(node: Element, cls: type[OlxMixin]) -> tuple[Element, Element]:
    """Two elements: with what we read ourselves, and with what XBlock reads.

    XBlock reads the fields of mixins, and an `<option:name none="true"/>`. Asides, the platform's notes and attributes
    of other namespaces, as xml:space is, go nowhere.
    """
    own, theirs = copy.deepcopy(node), etree.Element(node.tag)
    for name, value in node.attrib.items():
        if name in cls.editable_fields:
            continue
        del own.attrib[name]
        if name not in PLATFORM_ATTRIBUTES and name != UNCHANGED and not name.startswith("{"):
            theirs.set(name, value)
    for child in own:
        # An aside, as the platform writes it, which has taken out those that it reads.
        if isinstance(child.tag, str) and "xblock-family" in child.attrib:
            own.remove(child)
        elif isinstance(child.tag, str) and child.tag.startswith(_OPTION):
            theirs.append(copy.deepcopy(child))
            own.remove(child)
    return own, theirs


def _own_values(node: Element, block: OlxMixin, where: str) -> dict[str, Any]:
    values = {name: _attribute(block.fields[name], node.get(name), f"{where}, {name}") for name in node.attrib}
    reading.check_no_text(node, where)
    nested: dict[str, Any] = {}
    for child in reading.elements(node):
        if child.tag not in block.olx_elements:
            raise reading.unknown_element(child, block.olx_elements, where)
        kind = block.olx_elements[child.tag]
        for name, value in kind.read(child, f"{where}/{child.tag}").items():
            again = name in nested and not kind.repeats
            if again or name in values or block.fields[name].is_set_on(block):
                raise OlxError(f"{where}/{child.tag}: stands there twice")
            nested[name] = nested[name] + value if name in nested else value
    return {**values, **nested}


def _attribute(field: Any, written: str, where: str) -> Any:
    if isinstance(field, Boolean):
        return reading.switch(written, where)
    if isinstance(field, List):
        # As XBlock writes it, and courses exported by releases before this one have it. XBlock would read it as YAML,
        # in which a few lines can grow without end.
        try:
            found = json.loads(written)
        except ValueError:
            found = None
        if not isinstance(found, list):
            raise OlxError(f"{where}: is no list in JSON; write the element <{field.name}> instead")
        return found
    if isinstance(field, Integer):
        # What XBlock writes for nothing.
        return None if written in ("", "null") else reading.whole_number(written, where)
    return written


def _check(block: OlxMixin, where: str) -> None:
    """Raise `OlxError` with every value that Studio's form would refuse too, the first of them first."""
    fields = block.authored_fields()
    problems = [f"{_place(problem.where, fields)}: {problem.text}" for problem in block.problems_of(fields)]
    if problems:
        raise OlxError(f"{where}: " + " · ".join(problems))


def _place(where: tuple[str | int, ...], fields: Mapping[str, Any]) -> str:
    if len(where) < 2:
        return str(where[0])
    place = int(where[1])
    written = fields["agenda"][place]
    kind = written.get("kind", "?") if isinstance(written, dict) else "?"
    step = reading.step_name(str(where[0]), str(kind), place)
    return ", ".join([step, *map(str, where[2:])])


def _forget(node: Element, names: Mapping[str, Any]) -> None:
    for name in names:
        node.attrib.pop(name, None)
        for child in node.findall(f"{_OPTION}{name}"):
            node.remove(child)


def _order_attributes(node: Element, own: tuple[str, ...]) -> None:
    """The name first, then our own in the order of the form, then the platform's."""
    ranks = {name: rank for rank, name in enumerate(("url_name", *own))}
    written = sorted(node.attrib.items(), key=lambda item: (ranks.get(item[0], len(ranks)), item[0]))
    node.attrib.clear()
    node.attrib.update(written)


__all__ = ["AGENDA", "EXAMPLE", "HELP", "INTRODUCTION", "OlxError", "OlxMixin", "read_xml"]
