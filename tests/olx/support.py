"""A block in a runtime that keeps nothing, written to XML and read again as the platform does both."""

from __future__ import annotations

import itertools
from typing import Any

from lxml import etree
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

from psychsafety_xblock.anonymous_wall import AnonymousWallXBlock
from psychsafety_xblock.team_session import TeamSessionXBlock

BLOCKS = {"psychsafety_team_session": TeamSessionXBlock, "psychsafety_wall": AnonymousWallXBlock}
SESSION, WALL = BLOCKS
#: The parsers that the platform reads with: openedx-platform, xmodule/modulestore/xml.py and xmodule/xml_block.py.
PLATFORM_PARSER = {"dtd_validation": False, "load_dtd": False, "remove_blank_text": True}
_numbers = itertools.count()


def runtime(**more: Any) -> TestRuntime:
    """A runtime in memory; `mixins` as the platform has them."""
    return TestRuntime(services={"field-data": KvsFieldData(DictKeyValueStore())}, **more)


def keys(kind: str, usage: Any = None) -> ScopeIds:
    """Keys of a block, new ones unless a usage is given."""
    number = next(_numbers)
    return ScopeIds(None, kind, f"definition-{number}", usage or f"usage-{number}")


def a_block(kind: str, fields: dict[str, Any] | None = None, usage: Any = None, **more: Any) -> Any:
    """A block with these fields set."""
    block = runtime(**more).construct_xblock_from_class(BLOCKS[kind], keys(kind, usage))
    for name, value in (fields or {}).items():
        setattr(block, name, value)
    return block


def set_fields(block: Any) -> dict[str, Any]:
    """The fields that are set, with their values."""
    return {name: getattr(block, name) for name, field in block.fields.items() if field.is_set_on(block)}


def written(block: Any) -> Any:
    """The element that a block writes."""
    node = etree.Element("root")
    block.add_xml_to_node(node)
    return node


def exported(block: Any) -> str:
    """As it stands in the file of a unit."""
    return etree.tostring(written(block), encoding="unicode", pretty_print=True)


def read(xml: str | bytes, usage: Any = None, **more: Any) -> Any:
    """Read as a course's import does: the unit's file, then each child for itself."""
    parser = etree.XMLParser(**PLATFORM_PARSER)
    node = etree.fromstring(etree.tostring(etree.fromstring(xml, parser), encoding="unicode"), parser)
    node.attrib.pop("xblock-family", None)
    return BLOCKS[node.tag].parse_xml(node, runtime(**more), keys(node.tag, usage))


def again(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """What is set after these fields were exported and imported."""
    return set_fields(read(exported(a_block(kind, fields))))


__all__ = ["BLOCKS", "SESSION", "WALL", "a_block", "again", "exported", "read", "runtime", "set_fields", "written"]
