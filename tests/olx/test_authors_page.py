"""What docs/authors.md says about the format is what the code does."""

import re
from pathlib import Path

import pytest
from lxml import etree

from psychsafety_xblock.core.activities import KINDS, checked_agenda
from psychsafety_xblock.olx import OlxError
from psychsafety_xblock.olx.form import LARGEST, attributes_of, elements_of
from tests.olx.support import BLOCKS, SESSION, WALL, a_block, exported, read, set_fields

PAGE = (Path(__file__).parents[2] / "docs/authors.md").read_text(encoding="utf-8")
#: `| a | b | c |` as ["a", "b", "c"], of all tables.
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in PAGE.splitlines() if line[:1] == "|"
]


def code(cell: str) -> list[str]:
    """What stands in code in a cell, without examples in brackets and values."""
    return [name for name in re.findall(r"`([^`]*)`", re.sub(r"\([^)]*\)", "", cell)) if "=" not in name]


def row(first: str) -> list[str]:
    """The row of the reference that begins with this name."""
    (found,) = [cells for cells in ROWS if cells[0] == f"`{first}`"]
    return [*found, ""]


@pytest.fixture(scope="module")
def unit() -> etree._Element:
    """The example."""
    (example,) = re.findall(r"```xml\n(.*?)\n```", PAGE, re.DOTALL)
    return etree.fromstring(example)


def test_the_example_is_read_and_can_be_run(unit):
    blocks = [read(etree.tostring(node)) for node in unit]
    assert [type(block).__name__ for block in blocks] == [
        "TeamSessionXBlockWithMixins",
        "AnonymousWallXBlockWithMixins",
    ]
    assert {step["kind"] for step in checked_agenda(blocks[0].agenda)} == set(KINDS)
    assert (
        blocks[0].introduction.strip() == "<p>You need <strong>four people</strong> besides you, and half an hour.</p>"
    )
    for block in blocks:
        assert set_fields(read(exported(block))) == set_fields(block)


@pytest.mark.parametrize("kind", BLOCKS)
def test_the_attributes_and_elements_of_a_component(kind):
    block = BLOCKS[kind]
    nested = {name for one in block.olx_elements.values() for name in one.fields}
    _, attributes, inside, *_ = row(kind)
    assert set(code(attributes)) == set(block.editable_fields) - nested
    assert set(code(inside)) == set(block.olx_elements)


@pytest.mark.parametrize("name", KINDS)
def test_the_attributes_and_elements_of_a_step(name):
    kind = KINDS[name]
    (common,) = re.findall(r"All steps have the attributes (.*?) Besides:", PAGE, re.DOTALL)
    attributes, elements = common.split("and the elements")
    _, own, inside, *_ = row(name)
    assert {*code(attributes), *code(own)} == set(attributes_of(kind))
    assert {*code(elements), *code(inside)} == set(elements_of(kind))


def test_the_settings_of_the_forms():
    labels = {str(field.display_name) for kind in BLOCKS for field in a_block(kind).fields.values() if field.help}
    settings = {cells[0] for cells in ROWS}
    assert {
        "Question",
        "Sentence starter",
        "Longest note",
        "Sharing with other teams",
        "Group minimum",
        "Length of the meeting",
    } <= settings & labels


def test_the_messages_are_those_that_one_gets():
    hour = '<wall prompt="a"/>' * 2 + '<wall prompt="a" minutes="0"/>'
    with pytest.raises(OlxError) as caught:
        read(f'<{SESSION} url_name="hour"><agenda>{hour}</agenda></{SESSION}>')
    assert f"\n{caught.value}\n" in PAGE
    with pytest.raises(OlxError) as caught:
        read(f'<{WALL} url_name="mistakes" color="red"/>')
    (said,) = re.findall(r"psychsafety_wall “mistakes”: unknown.*", PAGE)
    start, end = said.split("…; ")
    assert str(caught.value).startswith(start)
    assert str(caught.value).endswith(end)


def test_the_room_of_a_component():
    assert f"room for {LARGEST:,} characters" in PAGE
