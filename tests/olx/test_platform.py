"""How the platform calls us: its mixins' fields, its own attributes, older signatures, pointers to files."""

import logging

import pytest
from lxml import etree
from xblock.core import XBlockMixin
from xblock.fields import Boolean, DateTime, Dict, Integer, List, Scope, String

from psychsafety_xblock.olx import OlxError
from tests.olx.support import BLOCKS, SESSION, WALL, a_block, again, exported, keys, read, runtime, set_fields


class InheritanceMixin(XBlockMixin):
    """As openedx-platform's xmodule/modulestore/inheritance.py, in part."""

    start = DateTime(scope=Scope.settings)
    due = DateTime(scope=Scope.settings)
    visible_to_staff_only = Boolean(default=False, scope=Scope.settings)
    group_access = Dict(default={}, scope=Scope.settings)
    days_early_for_beta = Integer(default=None, scope=Scope.settings)


class AuthoringMixin(XBlockMixin):
    """As openedx-platform's cms/lib/xblock/authoring_mixin.py and upstream_sync.py, in part."""

    copied_from_block = String(default=None, scope=Scope.settings)
    upstream = String(default=None, scope=Scope.settings)
    upstream_version = Integer(default=None, scope=Scope.settings)
    upstream_display_name = String(default=None, scope=Scope.settings)
    downstream_customized = List(default=[], scope=Scope.settings)
    top_level_downstream_parent_key = String(default=None, scope=Scope.settings)


MIXINS = (InheritanceMixin, AuthoringMixin)
THEIRS = {
    "visible_to_staff_only": True,
    "group_access": {"50": [1, 2]},
    "days_early_for_beta": 3,
    "upstream": "lb:Org:lib:psychsafety_wall:a",
    "upstream_version": 4,
    "downstream_customized": ["display_name"],
}
FIELDS = {SESSION: {"display_name": "A", "agenda": [{"kind": "talk", "prompt": "b"}]}, WALL: {"help_text": "a\nb"}}


@pytest.mark.parametrize("kind", BLOCKS)
def test_fields_of_mixins_come_back_beside_ours(kind):
    block = a_block(kind, {**FIELDS[kind], **THEIRS}, mixins=MIXINS)
    assert set_fields(read(exported(block), mixins=MIXINS)) == {**FIELDS[kind], **THEIRS}


def test_what_the_platform_writes_beside(caplog):
    xml = """<psychsafety_wall url_name="a1" xblock-family="xblock.v1" xml:lang="en" prompt="What?"
        copied_from_block="block-v1:a+b+c+type@psychsafety_wall+block@a1" copied_from_version="3" x-is-pointer-node="no"
        start="&quot;2026-01-01T00:00:00Z&quot;" parent_url="x" index_in_children_list="0" name="n" tags="[]"/>"""
    with caplog.at_level(logging.WARNING):
        block = read(xml, mixins=MIXINS)
    assert block.prompt == "What?"
    assert block.start.year == 2026
    assert block.copied_from_block is None, "the platform sets it itself, after it has looked the block up"
    assert not caplog.records


def test_what_only_a_mixin_knows_is_unknown_without_it():
    with pytest.raises(OlxError, match="unknown attribute “upstream_version”"):
        read('<psychsafety_wall upstream_version="3"/>')


def test_a_bad_value_of_a_mixin_names_the_block():
    with pytest.raises(OlxError, match="psychsafety_wall “w”: "):
        read('<psychsafety_wall url_name="w" days_early_for_beta="many"/>', mixins=MIXINS)


def test_an_aside_that_the_platform_did_not_take_out_is_left_alone():
    block = read('<psychsafety_wall><some_aside xblock-family="xblock_asides.v1" tag="x"/></psychsafety_wall>')
    assert set_fields(block) == {}


def test_nothing_that_xblock_wrote_for_none_is_lost():
    assert again(WALL, {"name": None}) == {"name": None}


@pytest.mark.parametrize("more", [(), ("an id generator",)], ids=["now", "with an id generator"])
def test_both_signatures(more, monkeypatch):
    """Python 3.11's XBlock passed an id generator along; ours passes it on."""
    from xblock.core import XBlock

    seen = []
    whole = XBlock.parse_xml.__func__

    def parse_xml(cls, node, runtime, keys, *id_generator):
        seen.append(id_generator)
        return whole(cls, node, runtime, keys)

    monkeypatch.setattr(XBlock, "parse_xml", classmethod(parse_xml))
    node = etree.Element(WALL, prompt="What?")
    assert BLOCKS[WALL].parse_xml(node, runtime(), keys(WALL), *more).prompt == "What?"
    assert seen == [more]


def test_the_node_that_is_read_stays_as_it_is():
    """A library keeps it, and the platform looks at it after us."""
    xml = '<psychsafety_wall prompt="a" url_name="b"><help>c</help></psychsafety_wall>'
    node = etree.fromstring(xml)
    BLOCKS[WALL].parse_xml(node, runtime(), keys(WALL))
    assert etree.tostring(node, encoding="unicode") == xml


class Files:
    """As the course's archive is handed to us (PyFilesystem)."""

    def __init__(self, **held):
        self.held = {f"psychsafety_wall/{name.replace('_', '/')}.xml": text.encode() for name, text in held.items()}

    def exists(self, path):
        return path in self.held

    def readbytes(self, path):
        return self.held[path]


class TestPointers:
    """`<psychsafety_wall url_name="a"/>` alone says that the rest is in `psychsafety_wall/a.xml`."""

    def pointed(self, xml: str, **held: str):
        place = runtime()
        place.resources_fs = Files(**held)
        return BLOCKS[WALL].parse_xml(etree.fromstring(xml), place, keys(WALL))

    def test_the_file_is_read(self):
        held = {"a": '<psychsafety_wall prompt="From a file"><help>x</help></psychsafety_wall>'}
        assert set_fields(self.pointed('<psychsafety_wall url_name="a"/>', **held)) == {
            "prompt": "From a file",
            "help_text": "x",
        }

    def test_a_colon_is_a_folder(self):
        assert self.pointed('<psychsafety_wall url_name="a:b"/>', a_b='<psychsafety_wall prompt="In"/>').prompt == "In"

    def test_with_more_than_a_name_it_is_no_pointer(self):
        block = self.pointed('<psychsafety_wall url_name="a" unchanged="true"/>', a='<psychsafety_wall prompt="x"/>')
        assert set_fields(block) == {}

    def test_without_a_file_it_is_a_block_as_added(self):
        assert set_fields(self.pointed('<psychsafety_wall url_name="a"/>')) == {}

    @pytest.mark.parametrize(
        ("held", "said"),
        [
            ('<psychsafety_wall color="x"/>', "psychsafety_wall “a”: unknown attribute “color”"),
            ("<html/>", "psychsafety_wall/a.xml: holds <html> instead of <psychsafety_wall>"),
            ("<psychsafety_wall", "broken XML"),
            ('<!DOCTYPE a [<!ENTITY x "y">]><psychsafety_wall><help>&x;</help></psychsafety_wall>', "document type"),
        ],
    )
    def test_what_is_wrong_with_it_is_said(self, held, said):
        with pytest.raises(OlxError, match=said):
            self.pointed('<psychsafety_wall url_name="a"/>', a=held)
