"""What stands where in a block's XML: names, kinds of value, and what is refused before anything is read."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ..core.activities import Kind

#: The element, as lxml has it. It publishes no types.
Element = Any

#: Far above any block that a person would write: 30 steps with everything filled in are half of it.
LARGEST = 600_000

#: Written where nothing else is. Newer platforms take an element with nothing but its `url_name` for a pointer to a
#: file, and refuse the course when there is none (openedx-platform, xmodule/modulestore/xml.py, `xblock_from_node`).
UNCHANGED = "unchanged"

#: Attributes that the platform adds and that belong to no field; those of its mixins' fields are known by the field.
#: `url_name`: everywhere. `copied_from_*`: openedx-platform, openedx/core/lib/xblock_serializer/block_serializer.py.
#: `x-is-pointer-node`: cms/djangoapps/contentstore/helpers.py. The others: drafts, xmodule/modulestore/xml_exporter.py.
PLATFORM_ATTRIBUTES = frozenset(
    {
        "url_name", "xblock-family", "copied_from_block", "copied_from_version", "x-is-pointer-node", "filename",
        "parent_url", "parent_sequential_url", "index_in_children_list",
    }
)  # fmt: skip

#: How fields of an activity are written that are not a short text. All others are attributes as they are.
NUMBERS = frozenset({"minutes", "minimum", "max_length", "days"})
SWITCHES = frozenset({"echo", "beside", "compare"})
LONG_TEXTS = ("help", "script", "notes")
LISTS = {"options": "option", "statements": "statement", "echo_examples": "example"}

#: What XML 1.0 cannot hold (section 2.2), and Python can.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class OlxError(ValueError):
    """XML that is not read, or content that cannot be written; the message says where, what, and what is possible.

    In English, as the names of elements and attributes are: it is for those who edit files.
    """


def attributes_of(kind: Kind) -> list[str]:
    """The attributes that an activity of this kind may have, in the order in which they are written."""
    first = ("exercise", "title", "prompt", "starter", "begins", "form", "minutes", "minimum")
    others = kind.fields() - {"kind", *first, *LONG_TEXTS, *LISTS}
    return [name for name in (*first, *sorted(others)) if name in kind.fields()]


def elements_of(kind: Kind) -> dict[str, str]:
    """The elements that an activity of this kind may hold, and the field that each belongs to, in their order."""
    lists = {tag: field for field, tag in LISTS.items() if field in kind.fields()}
    return {**{name: name for name in LONG_TEXTS}, **lists}


def check_characters(value: object, where: str) -> None:
    """Raise `OlxError` for a text, or a text in a list or mapping, that XML cannot hold."""
    if isinstance(value, str):
        found = _NOT_IN_XML.search(value)
        if found:
            raise OlxError(f"{where}: XML cannot hold the control character U+{ord(found[0]):04X}; remove it")
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            check_characters(one, f"{where}[{place}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            check_characters(name, where)
            check_characters(one, f"{where}/{name}")


def refuse_unsafe(node: Element) -> None:
    """Raise `OlxError` for a document type, for entities that a parser left in place, and for what is far too much.

    The platform parses the file before we see it. Its parser loads nothing from elsewhere and limits expansion; what
    was expanded is counted here, and what was not is refused.
    """
    if node.getroottree().docinfo.doctype:
        raise OlxError(f"{node.tag}: a document type (<!DOCTYPE>) is not allowed")
    size = 0
    for one in node.iter():
        if one.tag is etree.Entity:
            raise OlxError(f"{node.tag}: the entity {one.text} is not allowed; write the character itself")
        size += len(one.text or "") + len(one.tail or "")
        if isinstance(one.tag, str):
            size += sum(len(value) for value in one.attrib.values())
    if size > LARGEST:
        raise OlxError(f"{node.tag}: {size:,} characters are too much; a block has room for {LARGEST:,}")


def read_xml(source: bytes) -> Element:
    """The root element of a file that is ours to parse: no entities, no document type, nothing from elsewhere.

    Raises `OlxError`, also for XML that is broken, with the line.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise OlxError(f"broken XML: {error}") from None
    refuse_unsafe(root)
    return root
