"""What is not read, and what is said then: where, what, and what would be possible."""

import json
import re

import pytest
from lxml import etree

from psychsafety_xblock.core.activities import KINDS
from psychsafety_xblock.olx import OlxError, read_xml
from psychsafety_xblock.olx.form import LARGEST, attributes_of
from tests.olx.support import BLOCKS, SESSION, WALL, a_block, again, exported, keys, read, runtime, set_fields

HOUR = '<psychsafety_team_session url_name="hour"><agenda>{}</agenda></psychsafety_team_session>'


def refused(xml: str) -> str:
    """What is said about it. The block's name comes first, for somebody with fifty of them."""
    with pytest.raises(OlxError) as caught:
        read(xml)
    return str(caught.value)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ('<wall prompt="a"/><wall prompt="b" minutes="999"/>',
         "agenda/wall[2], minutes: The minutes are a whole number from 1 to 120."),
        ('<wall prompt="a" minutes="ten"/>', "agenda/wall[1], minutes: “ten” is not a whole number"),
        ('<wall prompt="a" echo="yes"/>', "agenda/wall[1], echo: “yes” is not possible; allowed: true, false"),
        ('<talk prompt="a" form="trios"/>', "agenda/talk[1], form: A talk is in “pairs”, in a “round” or with “all”."),
        ('<wall prompt="a" minimum="2"/>',
         "agenda/wall[1], minimum: The group minimum is a whole number from 3 to 50."),
        ("<wall/>", "agenda/wall[1], prompt: The question needs 1 to 300 characters."),
        ('<choice prompt="a"><option>One</option></choice>',
         "agenda/choice[1], options: A choice has 2 to 8 different options"),
        ('<pulse prompt="a"/>', "agenda/pulse[1], statements: A pulse has 1 to 10 different statements"),
        ('<wall prompt="a" video="http://x.example/"/>',
         "agenda/wall[1], video: The film is an address that begins with “https://”."),
        ('<wall prompt="a" color="red"/>',
         "agenda/wall[1]: unknown attribute “color”; allowed: exercise, title, prompt,"),
        ('<wall prompt="a" help="b"/>', "; elements: help, script, notes"),
        ('<wall prompt="a" days="3"/>', "agenda/wall[1]: unknown attribute “days”"),
        ("<poll/>", "agenda: unknown element <poll>; allowed: choice, commitments, pulse, talk, wall"),
        ('<wall prompt="a"><option>b</option></wall>',
         "agenda/wall[1]: unknown element <option>; allowed: help, script, notes"),
        ('<wall prompt="a"><help>b <b>c</b></help></wall>',
         "agenda/wall[1]/help: unknown element <b>; there are no elements here"),
        ('<wall prompt="a"><help lang="en">b</help></wall>',
         "agenda/wall[1]/help: unknown attribute “lang”; there are no attributes here"),
        ('<wall prompt="a"><help>b</help><help>c</help></wall>', "agenda/wall[1]/help: stands there twice"),
        ('<wall prompt="a">words</wall>', "agenda/wall[1]: the text “words” stands outside of an element"),
        ('words<wall prompt="a"/>', "agenda: the text “words” stands outside of an element"),
        ('<wall prompt="a"/>words', "agenda: the text “words” stands outside of an element"),
        ('<pulse prompt="a"><statement reversed="1">b</statement></pulse>',
         "agenda/pulse[1]/statement[1], reversed: “1” is not possible"),
        ('<choice prompt="a"><option id="1">b</option></choice>', "agenda/choice[1]/option[1]: unknown attribute “id”"),
    ],
)  # fmt: skip
def test_a_step(steps, said):
    message = refused(HOUR.format(steps))
    assert message.startswith("psychsafety_team_session “hour”")
    assert said in message


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<psychsafety_wall color="red"/>',
         "psychsafety_wall: unknown attribute “color”; allowed: display_name, prompt,"),
        ('<psychsafety_wall help="x"/>', "elements: help"),
        ('<psychsafety_wall minutes="0"/>', "psychsafety_wall: minutes: The minutes are a whole number from 1 to 120."),
        ('<psychsafety_wall minutes="1.5"/>', "psychsafety_wall, minutes: “1.5” is not a whole number"),
        ('<psychsafety_wall minimum=""/>', "minimum: The group minimum is a whole number from 3 to 50."),
        ('<psychsafety_wall audience="all"/>', "audience: A wall is for “team” or for “course”."),
        ('<psychsafety_wall who_may_lead="boss"/>', "who_may_lead: Either any learner may lead, or course staff only."),
        ('<psychsafety_wall echo="True"/>', "psychsafety_wall, echo: “True” is not possible; allowed: true, false"),
        ("<psychsafety_wall><prompt>x</prompt></psychsafety_wall>", "unknown element <prompt>; allowed: help"),
        ("<psychsafety_wall>words</psychsafety_wall>", "the text “words” stands outside of an element"),
        ('<psychsafety_wall help_text="a"><help>b</help></psychsafety_wall>',
         "psychsafety_wall/help: stands there twice"),
        ("<psychsafety_wall><help>a</help><help>b</help></psychsafety_wall>",
         "psychsafety_wall/help: stands there twice"),
        ("<psychsafety_wall display_name='Ours'><wall/></psychsafety_wall>",
         "psychsafety_wall “Ours”: unknown element <wall>"),
        ('<psychsafety_team_session ready_session="gone"/>', "ready_session: There is no ready session of this name."),
        ('<psychsafety_team_session planned_minutes="4"/>',
         "planned_minutes: The length of the meeting is a whole number"),
        ('<psychsafety_team_session agenda="- x"/>', "agenda: is no list in JSON; write the element <agenda> instead"),
        ('<psychsafety_team_session agenda="[1]"/>', "psychsafety_team_session: agenda/?[1]"),
        ('<psychsafety_team_session agenda="{}"/>', "agenda: is no list in JSON"),
        ('<psychsafety_team_session><introduction video="javascript:x"/></psychsafety_team_session>',
         "introduction_video: The film is an address that begins with “https://”."),
        ('<psychsafety_team_session><introduction lang="en"/></psychsafety_team_session>',
         "introduction: unknown attribute “lang”"),
        ('<psychsafety_wall xmlns:option="http://code.edx.org/xblock/option"><option:colour>x</option:colour></psychsafety_wall>',
         "unknown element <colour>"),
        ('<psychsafety_team_session xmlns:o="http://code.edx.org/xblock/option"><o:agenda>[]</o:agenda></psychsafety_team_session>',
         "unknown element <agenda>"),
    ],
)  # fmt: skip
def test_a_block(xml, said):
    assert said in refused(xml)


def test_all_that_is_wrong_is_said_at_once():
    message = refused(HOUR.format('<wall minutes="0" prompt="a"/><talk form="x" prompt="b"/>'))
    assert "agenda/wall[1], minutes" in message
    assert "agenda/talk[2], form" in message


def test_31_steps_are_too_many():
    assert "agenda: The agenda is a list of 1 to 30 activities." in refused(HOUR.format('<talk prompt="a"/>' * 31))


@pytest.mark.parametrize("kind", KINDS)
def test_every_attribute_that_is_said_to_be_allowed_is(kind):
    message = refused(HOUR.format(f'<{kind} x="1"/>'))
    allowed = re.search(r"allowed: ([^;]*);", message)[1].split(", ")
    assert allowed == attributes_of(KINDS[kind])
    for name in allowed:
        # Each is known, though not with this value.
        assert "unknown" not in (caught_or_none(HOUR.format(f'<{kind} {name}="~"/>')) or "")


def caught_or_none(xml: str) -> str | None:
    try:
        read(xml)
    except OlxError as error:
        return str(error)
    return None


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\uffff"])
class TestCharactersThatXmlCannotHold:
    """XBlock takes them out of single texts; in the agenda, which it does not look into, they are refused."""

    @pytest.mark.parametrize(
        ("step", "place"),
        [
            ({"kind": "talk", "prompt": "a{}b"}, "agenda[2]/prompt"),
            ({"kind": "choice", "prompt": "a", "options": ["a", "b{}"]}, "agenda[2]/options[2]"),
            (
                {"kind": "pulse", "prompt": "a", "statements": [{"text": "{}", "reversed": True}]},
                "agenda[2]/statements[1]/text",
            ),
        ],
        ids=["text", "option", "statement"],
    )
    def test_in_the_agenda(self, character, step, place):
        step = json.loads(json.dumps(step).replace("{}", json.dumps(character)[1:-1]))
        block = a_block(SESSION, {"agenda": [{"kind": "talk", "prompt": "a"}, step]})
        with pytest.raises(OlxError) as caught:
            exported(block)
        said = f"{SESSION}, {place}: XML cannot hold the control character U+{ord(character):04X}; remove it"
        assert str(caught.value) == said

    @pytest.mark.filterwarnings("ignore:The value")
    @pytest.mark.parametrize(("kind", "name"), [(WALL, "prompt"), (WALL, "help_text"), (SESSION, "introduction")])
    def test_in_a_text(self, character, kind, name):
        assert again(kind, {name: f"a{character}b"}) == {name: "ab"}


class TestTooMuch:
    """A megabyte, in each way."""

    @pytest.mark.parametrize(
        "steps",
        [
            f'<wall prompt="a"><script>{"x" * 1_000_000}</script></wall>',
            f'<wall prompt="{"x" * 1_000_000}"/>',
            '<wall prompt="a question"/>' * 70_000,
            f'<wall prompt="a"/>{" x" * 500_000}',
        ],
        ids=["text", "attribute", "steps", "between"],
    )
    def test_an_agenda(self, steps):
        message = refused(HOUR.format(steps))
        assert message == f"{SESSION}: {message.split()[1]} characters are too much; a block has room for {LARGEST:,}"

    def test_an_attribute_in_the_form_of_xblock(self):
        node = etree.Element(SESSION, agenda="[" + "1," * 500_000 + "1]")
        assert "characters are too much" in refused(etree.tostring(node).decode())

    def test_30_steps_with_all_filled_in_are_not(self):
        step = {"kind": "wall", "title": "t" * 120, "prompt": "p" * 300, "help": "h" * 600, "starter": "s" * 80,
                "script": "s" * 2000, "notes": "n" * 2000, "picture": "/" + "p" * 499, "picture_alt": "a" * 200,
                "video": "https://" + "v" * 490}  # fmt: skip
        fields = {"agenda": [step] * 30, "introduction": "i" * 20_000}
        assert set_fields(read(exported(a_block(SESSION, fields)))) == fields


BOMB = """<!DOCTYPE lolz [<!ENTITY lol "lol">
{}
]><psychsafety_wall prompt="a"><help>&l9;</help></psychsafety_wall>""".format(
    "\n".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n > 1 else "&lol;" * 10}">' for n in range(1, 10))
)
SMALL = '<!DOCTYPE a [<!ENTITY who "Mette">]><psychsafety_wall prompt="a"><help>&who;</help></psychsafety_wall>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><psychsafety_wall><help>&x;</help></psychsafety_wall>'
ELSEWHERE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><psychsafety_wall prompt="a"/>'


class TestEntities:
    """None is expanded by us, and none gets past us unseen."""

    @pytest.mark.parametrize("xml", [BOMB, SMALL, OUTSIDE, ELSEWHERE], ids=["bomb", "small", "file", "dtd"])
    def test_where_we_parse(self, xml):
        with pytest.raises(OlxError, match=r"document type|Detected an entity|broken XML|amplification"):
            read_xml(xml.encode())

    @pytest.mark.parametrize("resolve", [True, False])
    @pytest.mark.parametrize("xml", [SMALL, OUTSIDE, ELSEWHERE], ids=["small", "file", "dtd"])
    def test_where_the_platform_parses(self, xml, resolve):
        """A block's own file, as in a library or on the clipboard."""
        try:
            node = etree.fromstring(xml, etree.XMLParser(resolve_entities=resolve))
        except etree.XMLSyntaxError:
            return
        with pytest.raises(OlxError, match="document type"):
            BLOCKS[WALL].parse_xml(node, runtime(), keys(WALL))

    def test_the_bomb_where_the_platform_parses(self):
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(BOMB, etree.XMLParser(dtd_validation=False, load_dtd=False, remove_blank_text=True))

    def test_an_entity_that_a_parser_left_in_a_unit(self):
        unit = etree.fromstring(
            SMALL.replace("<psychsafety_wall", "<vertical><psychsafety_wall") + "</vertical>",
            etree.XMLParser(resolve_entities=False),
        )
        (node,) = unit
        unit.remove(node)
        etree.Element("new").append(node)
        with pytest.raises(OlxError, match="the entity &who; is not allowed"):
            BLOCKS[WALL].parse_xml(node, runtime(), keys(WALL))


@pytest.mark.parametrize("xml", ["<psychsafety_wall", "<a></b>", "", "<a>&nbsp;</a>", "no xml"])
def test_broken_xml(xml):
    with pytest.raises(OlxError, match="broken XML: "):
        read_xml(xml.encode())


class TestIntroduction:
    """HTML, as text or nested, with nothing in it that could run."""

    @pytest.mark.parametrize(
        ("inside", "stored"),
        [
            ("<![CDATA[<p>Hi <b>you</b></p>]]>", "<p>Hi <b>you</b></p>"),
            ("<p>Hi <b>you</b><br/>there</p><!-- no --><ul><li>One</li></ul>",
             "<p>Hi <b>you</b><br>there</p><ul><li>One</li></ul>"),
            ("Only words &lt; that", "Only words &lt; that"),
            ("<![CDATA[<p onclick='x()'>Hi</p><script>alert(1)</script><img src=x onerror=y>]]>", "<p>Hi</p>"),
            ("<script>alert(1)</script><p>Hi</p><iframe src='https://x.example/'/>", "<p>Hi</p>"),
            ("<![CDATA[<a href='javascript:x'>a</a>]]>", '<a target="_blank" rel="noopener noreferrer">a</a>'),
        ],
    )  # fmt: skip
    def test_is_cleaned(self, inside, stored):
        block = read(f"<psychsafety_team_session><introduction>{inside}</introduction></psychsafety_team_session>")
        assert block.introduction == stored

    def test_also_as_an_attribute(self):
        assert read('<psychsafety_team_session introduction="&lt;script>x&lt;/script>ok"/>').introduction == "ok"

    def test_an_empty_one_sets_nothing(self):
        fields = set_fields(
            read('<psychsafety_team_session><introduction title="A"> </introduction></psychsafety_team_session>')
        )
        assert fields == {"introduction_title": "A"}


def test_comments_are_left_out_and_lose_nothing_beside_them():
    block = read("<psychsafety_wall><!-- a --><help>One <!-- b -->and two<?pi c?>.</help></psychsafety_wall>")
    assert block.help_text == "One and two."
    agenda = "<!-- a --><wall prompt='a'><!-- b --><script>c<!-- d -->e</script></wall><!-- f -->"
    assert read(HOUR.format(agenda)).agenda == [{"kind": "wall", "prompt": "a", "script": "ce"}]
