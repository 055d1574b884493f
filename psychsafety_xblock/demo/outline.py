"""A course's OLX as the demo shows it: its units in order, each with its texts and components.

Components are read by their own `parse_xml`, as the platform would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xblock.core import XBlock
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime

from psychsafety_xblock.olx import read_xml

#: The scenario of the workbench that the blocks' ids start with.
SCENARIO = "demo"


@dataclass(frozen=True, kw_only=True)
class Block:
    """A component that an author placed, and the fields the author filled in."""

    slug: str
    block_type: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def definition_id(self) -> str:
        """The id that the workbench gives to the first definition of this type and slug."""
        return f"{SCENARIO}.{self.block_type}.{self.slug}.d0"

    @property
    def usage_id(self) -> str:
        """The same in every process and after each restart, because sessions refer to it."""
        return f"{self.definition_id}.u0"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A component of HTML, as the author wrote it: its files are under `/static/`."""

    html: str


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A page of the course and what stands on it, in order."""

    slug: str
    title: str
    parts: tuple[Block | Text, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts that are ours."""
        return tuple(part for part in self.parts if isinstance(part, Block))


def read_units(folder: Path) -> tuple[Unit, ...]:
    """The units of the course in a folder, in the order of its chapters. Raises `OlxError` for what cannot be read."""
    run = _read(folder / "course.xml").get("url_name")
    return tuple(_units(folder, _read(folder / f"course/{run}.xml")))


def _units(folder: Path, node: Any) -> Iterator[Unit]:
    for child in node:
        slug = child.get("url_name")
        inside = _read(folder / child.tag / f"{slug}.xml")
        if child.tag == "vertical":
            yield Unit(slug=slug, title=inside.get("display_name"), parts=tuple(_part(folder, one) for one in inside))
        else:
            yield from _units(folder, inside)


def _part(folder: Path, node: Any) -> Block | Text:
    if node.tag == "html":
        name = _read(folder / f"html/{node.get('url_name')}.xml").get("filename")
        return Text(html=(folder / f"html/{name}.html").read_text(encoding="utf-8"))
    block = XBlock.load_class(node.tag).parse_xml(node, _Reader(), ScopeIds(None, node.tag, "read", "read"))
    fields = {name: getattr(block, name) for name, field in block.fields.items() if field.is_set_on(block)}
    return Block(slug=node.get("url_name"), block_type=node.tag, title=block.display_name, fields=fields)


def _read(path: Path) -> Any:
    return read_xml(path.read_bytes())


class _Reader(Runtime):
    """A runtime that keeps nothing and serves nobody: a block is made, asked for its fields, and forgotten."""

    def __init__(self) -> None:
        ids = MemoryIdManager()
        super().__init__(ids, ids, services={"field-data": KvsFieldData(DictKeyValueStore())})

    def handler_url(self, *_: Any, **__: Any) -> str:
        raise NotImplementedError

    def local_resource_url(self, *_: Any, **__: Any) -> str:
        raise NotImplementedError

    def resource_url(self, *_: Any, **__: Any) -> str:
        raise NotImplementedError

    def publish(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError
