"""The one-page summary: what the room saw, for the room before the end and for the leader after it."""

import csv
import datetime
import io
import json

import icalendar
import pytest
from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.models import Token
from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, TALK, WALL, AgendaTeam, count_all, due, play
from tests.support import call, handler, is_refused

pytestmark = pytest.mark.django_db

FILES = ("summary", "tallies.csv", "follow-up.ics")


def done(seats: int = 6, *agenda, **where) -> AgendaTeam:
    """A team that has gone through everything; the wall's resonance is counted."""
    team = AgendaTeam(*(agenda or (TALK, WALL, PULSE, CHOICE, AGREE)), **where).fill(guests=seats)
    team.shown = {}
    for line in team.state()["agenda"]:
        state = play(team)
        if line["kind"] == "wall":
            count_all(team)
            state = team.state()
        team.shown[line["kind"]] = state["round"]["results"]
    return team


def read(team: AgendaTeam, token: str, name: str = "summary"):
    return call(team.api + name, token=token)


def ended(team: AgendaTeam) -> str:
    """End the session; gives the summary's token."""
    return team.command("close_session")["summary_token"]


def test_it_holds_what_the_room_saw_and_no_more():
    team = done()
    summary = team.command("show_summary")["summary"]
    kinds = {one["kind"]: one for one in summary["activities"]}
    assert list(kinds) == ["talk", "wall", "pulse", "choice", "commitments"]
    for kind in ("pulse", "choice", "commitments"):
        assert kinds[kind]["items"] == team.shown[kind]["items"]
    assert sorted(note["text"] for note in kinds["wall"]["notes"]) == sorted(
        note["text"] for note in team.shown["wall"]["notes"]
    )
    assert summary["commitments"] == SENTENCES
    assert summary["due"] == due()


def test_it_is_the_same_for_everybody():
    team = done()
    team.command("show_summary")
    said = {json.dumps(team.state(token)["summary"]) for token in (team.leader, team.screen, *team.seats)}
    said |= {json.dumps(read(team, token).json()["summary"]) for token in (team.leader, team.screen, *team.seats)}
    said.add(json.dumps(read(team, ended(team)).json()["summary"]))
    assert len(said) == 1


@pytest.mark.parametrize("name", FILES)
def test_nobody_reads_it_before_it_is_shown(name):
    team = done()
    for token in (team.leader, team.screen, team.seats[0]):
        assert read(team, token, name).status_code in (403, 409)


def test_who_may_read_what_while_it_is_shown():
    team = done()
    team.command("show_summary")
    assert [read(team, team.leader, name).status_code for name in FILES] == [200, 200, 200]
    assert [read(team, team.seats[0], name).status_code for name in FILES] == [200, 403, 200]
    assert [read(team, team.screen, name).status_code for name in FILES] == [200, 403, 403]


@pytest.mark.parametrize("name", FILES)
def test_after_the_end_only_the_summarys_own_token_opens_it(name):
    team = done()
    team.command("show_summary")
    token = ended(team)
    assert read(team, token, name).status_code == 200
    for other in (team.leader, team.screen, team.seats[0]):
        assert read(team, other, name).status_code in (401, 403, 410)


def test_the_summarys_token_opens_nothing_else():
    team = done()
    token = ended(team)
    assert read(team, token, "guide").status_code in (401, 403, 410)
    assert call(team.api, token=token).status_code in (401, 403, 410)
    assert team.try_command("begin", step=0, token=token).status_code in (401, 403, 410)
    assert call(team.api + "drive", {"do": "offer"}, token=token).status_code in (401, 403, 410)


def test_until_the_retention_time_is_over(travel):
    team = done(6, TALK, WALL, PULSE)
    token = ended(team)
    travel(days=29)
    cache.clear()
    assert read(team, token).status_code == 200
    travel(days=1)
    # Nobody has swept yet, and nobody reads any more.
    assert read(team, token).status_code in (401, 404, 410)
    assert not Token.objects.exists()


def test_notes_below_three_taps_are_in_nothing():
    team = AgendaTeam(WALL).fill(guests=5)
    notes = [note["id"] for note in play(team)["round"]["results"]["notes"]]
    for number, seat in enumerate(team.seats):
        team.tap(seat, notes[:1] if number < 3 else notes[1:2])
    team.command("count_resonance")
    texts = {note["id"]: note["text"] for note in team.notes()}
    summary = team.command("show_summary")["summary"]
    assert [note["text"] for note in summary["activities"][0]["notes"]] == [texts[notes[0]]]
    said = read(team, ended(team)).content.decode()
    assert texts[notes[0]] in said
    assert not any(texts[note] in said for note in notes[1:])


def test_what_was_given_up_is_not_in_it():
    team = AgendaTeam(WALL, TALK).fill(guests=4)
    team.start()
    team.answers(["never shown"] * 4)
    team.command("close_round")
    play(team)
    summary = team.command("show_summary")["summary"]
    assert [one["kind"] for one in summary["activities"]] == ["talk"]


def test_start_round_leaves_it_again():
    team = done(6, TALK, WALL)
    team.command("show_summary")
    state = team.command("start_round", activity=team.attached[0])
    assert (state["phase"], state["summary"]) == ("running", None)
    assert read(team, team.seats[0]).status_code in (403, 409)


def test_a_hidden_note_leaves_the_summary():
    team = done()
    gone = team.shown["wall"]["notes"][0]
    team.command("show_summary")
    state = team.command("hide_note", note=gone["id"])
    assert gone["text"] not in json.dumps(state["summary"])
    assert gone["text"] not in read(team, ended(team)).content.decode()


class TestTallies:
    """The CSV."""

    def rows(self, team: AgendaTeam) -> list[list[str]]:
        text = read(team, ended(team), "tallies.csv").content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    def test_it_holds_the_counts_that_were_shown(self):
        team = done(6, CHOICE)
        said = str(self.rows(team))
        counts = team.shown["choice"]["items"][0]["counts"]
        assert counts == {"o1": 3, "o2": 3}
        assert "Here" in said
        assert "There" in said
        assert "'3'" in said

    def test_what_is_too_few_or_agreed_has_no_numbers(self):
        few = AgendaTeam(CHOICE, PULSE).fill(guests=4)
        few.start()
        for number, seat in enumerate(few.seats):
            few.answer(seat, {"option": "o1"} if number < 2 else None)
        few.command("reveal")
        few.start()
        for seat in few.seats:
            few.answer(seat, {"ratings": {"s1": 5, "s2": 5}})
        assert "most" in few.command("reveal")["round"]["results"]["items"][0]
        for row in self.rows(few)[1:]:
            assert row[-1] == "" or not row[-1].replace(".", "").isdigit(), row

    @pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
    def test_no_cell_is_a_formula(self, mark):
        text = f"{mark}HYPERLINK(1)"
        team = done(6, {**CHOICE, "title": text, "prompt": text, "options": [text, "There"]})
        cells = [cell for row in self.rows(team) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(mark) for cell in cells)


class TestCalendar:
    """The entry for the follow-up."""

    def entry(self, team: AgendaTeam) -> icalendar.Event:
        content = read(team, ended(team), "follow-up.ics").content
        return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]

    def test_it_is_a_whole_day_with_the_title_and_not_with_what_was_agreed_on(self):
        entry = self.entry(done(6, AGREE))
        assert entry["dtstart"].dt == datetime.date.fromisoformat(due())
        assert (entry["dtend"].dt - entry["dtstart"].dt).days == 1
        assert "A team" in str(entry["summary"])
        assert not any(sentence in entry.to_ical().decode() for sentence in SENTENCES)

    def test_without_a_date_there_is_none(self):
        team = done(6, TALK)
        is_refused(read(team, ended(team), "follow-up.ics"), 409, "not_now")


class TestPast:
    """The leader finds it again."""

    where = {"leader": "leader", "run": "workbench"}

    def past(self, student: str) -> list[dict]:
        return handler("hour", "past_sessions", {}, student).json()["sessions"]

    def test_only_the_leader_does(self):
        team = done(6, TALK, **self.where)
        assert self.past("leader") == []
        token = ended(team)
        (found,) = self.past("leader")
        assert (found["session_id"], found["token"]) == (team.session_id, token)
        assert read(team, found["token"]).status_code == 200
        for other in ("amal", "staff"):
            assert self.past(other) == []

    def test_not_in_another_course_run(self):
        ended(done(6, TALK, leader="leader"))
        assert self.past("leader") == []

    def test_not_after_the_retention_time(self, travel):
        ended(done(6, TALK, **self.where))
        travel(days=30)
        assert self.past("leader") == []

    def test_nothing_of_a_session_in_which_nothing_was_done(self):
        assert ended(AgendaTeam(TALK, **self.where)) is None
        assert self.past("leader") == []

    def test_also_when_it_ended_by_itself(self, travel):
        team = done(6, TALK, **self.where)
        travel(hours=13)
        cache.clear()
        service.sweep()
        (found,) = self.past("leader")
        assert read(team, found["token"]).status_code == 200
