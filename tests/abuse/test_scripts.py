"""Script in every text that anybody can write: it comes out as data, as words, or not at all."""

import csv
import datetime
import io
import json

import icalendar
import pytest
from django.test import Client

from psychsafety_xblock.demo.course import AUTHOR, BLOCKS
from psychsafety_xblock.demo.runtime import CourseRuntime
from psychsafety_xblock.models import Session
from psychsafety_xblock.web.files import csv_of, follow_up_entry
from tests.agendas import AGREE, CHOICE, PULSE, TALK, WALL, AgendaTeam, count_all, due, play
from tests.support import call, handler, is_refused

pytestmark = pytest.mark.django_db

SCRIPT = "</script><script>alert('kingfisher')</script>"
MARKUP = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
]
#: Words that some template, shell, formula or query would run, and that are only words to us.
WORDS = [
    "{{constructor.constructor('alert(1)')()}}",
    "${7*7}",
    "'\">",
    "<!--",
    "javascript:alert(1)",
    "=1+1",
    "&lt;script&gt;",
]


def evil(activity: dict) -> dict:
    """The activity with script in each of its texts, as an author could write it."""
    # What people write in these tests has the title of a wall in it, and script is refused there.
    title = "Wall" if activity["kind"] == "wall" else SCRIPT
    done = {**activity, "title": title, "prompt": SCRIPT, "help": SCRIPT, "script": SCRIPT, "notes": SCRIPT}
    for field in ("options", "statements"):
        if field in done:
            done[field] = [f"{SCRIPT} {place}" for place, _ in enumerate(done[field])]
    if activity["kind"] in ("wall", "commitments"):
        done["starter"] = SCRIPT
    return done


@pytest.fixture
def team() -> AgendaTeam:
    """Who does exercises of an author who means harm."""
    made = AgendaTeam(*[evil(one) for one in (TALK, WALL, CHOICE, PULSE, AGREE)]).fill(guests=6)
    Session.objects.update(title=SCRIPT)
    return made


def test_an_authors_texts_travel_as_json(team):
    for _ in range(5):
        play(team)
        for token in (team.leader, team.seats[0], team.screen):
            response = call(team.api, token=token)
            assert response["Content-Type"] == "application/json"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response.json()["round"]["activity"]["prompt"] == SCRIPT
    for name in ("guide", "qr.svg"):
        response = call(team.api + name, token=team.leader)
        assert response["Content-Type"] in ("application/json", "image/svg+xml")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_what_anybody_wrote(team):
    play(team)
    for name in ("join", "screen", "drive", "tablet", "summary"):
        for address in (f"/psychsafety/{name}/", f"/psychsafety/{name}/?x={SCRIPT}"):
            text = Client().get(address).content.decode()
            assert "kingfisher" not in text
            assert "alert" not in text


@pytest.mark.parametrize("view", ["student_view", "author_view", "studio_view"])
def test_a_block_ends_no_element_of_the_page_around_it(view):
    for slug, fields in (("wall", ("prompt", "help", "starter")), ("session", ("introduction_title",))):
        block = CourseRuntime(AUTHOR).get_block(BLOCKS[slug].usage_id)
        for field in ("display_name", *fields):
            setattr(block, field, SCRIPT)
        block.save()
        shown = CourseRuntime(AUTHOR if view != "student_view" else "amal").get_block(BLOCKS[slug].usage_id)
        fragment = shown.render(view, {})
        assert "kingfisher" in fragment.body_html()
        assert SCRIPT not in fragment.body_html()
        assert "<script>alert" not in fragment.body_html()


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_note_a_card_or_a_sentence_is_refused(text):
    team = AgendaTeam(WALL, WALL, AGREE).fill(guests=4)
    team.start()
    is_refused(team.answer(team.seats[0], text), 400, "text_not_plain")
    team.command("close_round")
    team.command("start_round", paper=True)
    is_refused(team.try_command("add_card", text=text), 400, "text_not_plain")
    team.command("close_round")
    team.command("start_round")
    is_refused(team.try_command("set_commitments", commitments=[text], due=due()), 400, "text_not_plain")


def test_words_that_something_else_would_run_stay_words():
    team = AgendaTeam(WALL).fill(guests=len(WORDS))
    team.start()
    team.answers(WORDS)
    team.command("reveal")
    assert sorted(note["text"] for note in team.notes(team.screen)) == sorted(WORDS)
    assert sorted(note["text"] for note in team.notes()) == sorted(WORDS)


def test_what_a_client_sends_comes_back_in_no_page_and_no_header():
    for field in (SCRIPT, "\r\nSet-Cookie: a=b"):
        response = call("/psychsafety/api/join", {field: 1, "join_code": "x"})
        assert response["Content-Type"] == "application/json"
        assert response["X-Content-Type-Options"] == "nosniff"
    reply = handler("wall", "open_session", {SCRIPT: 1}, "leader")
    assert reply["Content-Type"].startswith("application/json")
    assert reply["X-Content-Type-Options"] == "nosniff"


class TestFiles:
    """What is saved and opened by another program."""

    def ended(self, team: AgendaTeam) -> str:
        for _ in range(5):
            play(team)
            if team.round["activity"]["kind"] == "wall":
                count_all(team)
        return team.command("close_session")["summary_token"]

    def test_the_tallies_hold_an_authors_words_in_cells_of_their_own(self, team):
        response = call(team.api + "tallies.csv", token=self.ended(team))
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="tallies.csv"'
        assert response["X-Content-Type-Options"] == "nosniff"
        read = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert {len(row) for row in read} == {9}
        assert {row[0] for row in read[1:]} == {SCRIPT}

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    def test_no_cell_is_a_formula(self, start):
        cell = f'{start}HYPERLINK("https://evil.example";"x")'
        (row,) = csv.reader(io.StringIO(csv_of([(cell, 'a","b', "a\nb", 3)]).decode("utf-8-sig"), newline=""))
        assert row == [f"'{cell}", 'a","b', "a\nb", "3"]

    @pytest.mark.parametrize(
        "title",
        [
            SCRIPT,
            "x\r\nATTENDEE:mailto:evil@example.com",
            "x\nEND:VEVENT\nBEGIN:VALARM",
            "a;b,c\\n:d",
            "x" * 255,
            "\x00",
        ],
    )
    def test_a_title_adds_nothing_to_a_calendar(self, title):
        content = follow_up_entry(title, datetime.date(2026, 12, 22))
        calendar = icalendar.Calendar.from_ical(content)
        assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
        entry = calendar.walk("VEVENT")[0]
        assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}

    def test_the_calendar_entry_is_saved_and_never_shown(self, team):
        response = call(team.api + "follow-up.ics", token=self.ended(team))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="follow-up.ics"'
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_the_summary_is_json_in_which_no_page_can_be_hidden(self, team):
        response = call(team.api + "summary", token=self.ended(team))
        assert response["Content-Type"] == "application/json"
        assert json.loads(response.content)["summary"]["title"] == SCRIPT
