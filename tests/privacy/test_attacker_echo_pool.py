"""Who looks around in the pool of the echo: leaders with the same colleagues, floods, names, a team alone."""

import functools
import random
import string

import pytest

from psychsafety_xblock.models import EchoNote, EchoPool, EchoTap, EchoVisit
from psychsafety_xblock.models import EchoTeam as TeamRow
from tests.echoes import COURAGE, EXAMPLES, EchoTeam, filled, shared, texts
from tests.privacy.measuring import Attacker, Guess
from tests.support import call

pytestmark = pytest.mark.django_db

ATTACKER = Attacker(
    name="The leader of another team",
    knows="which teams have shared, in which order and how many notes, all replies of the own session",
    tries="puts the notes of the echo in the order of their ids, or of their places, and that of the teams beside it",
)


class Hour:
    """Three teams have shared five notes each, in an order that the attacker knows; a fourth hears them."""

    def __init__(self, chance) -> None:
        # Letters only, for what may be a phone number is not shared.
        *self.teams, listener = ("".join(chance.choices(string.ascii_lowercase, k=8)) for _ in range(4))
        for name in self.teams:
            shared(name)
        self.notes = EchoTeam(listener).write().open().echo["notes"]
        EchoPool.objects.all().delete()

    def judge(self, ordered) -> list[Guess]:
        """A third of the notes each, in the order in which the teams have shared."""
        size = len(ordered) / len(self.teams)
        return [
            Guess(right=note["text"].startswith(self.teams[int(place / size)]), by_lot=1 / 3)
            for place, note in enumerate(ordered)
        ]


@functools.cache
def hour_of(seed: int) -> Hour:
    """Both attempts are made at the same hours: what was told is the same, and to play them takes minutes."""
    return Hour(random.Random(seed))


@pytest.mark.parametrize("by", ["ids", "places"])
def test_which_team_wrote_it(attack, by):
    def run(chance):
        hour = hour_of(chance.getrandbits(64))
        notes = sorted(hour.notes, key=lambda note: int(note["id"])) if by == "ids" else hour.notes
        return hour.judge(notes)

    attack(ATTACKER, f"a note of the echo to its team, by the order of its {by}", run)


def everything(team: EchoTeam) -> str:
    """All that anybody of a session is told."""
    tokens = (team.leader, team.screen, *team.seats)
    said = [call(team.api + path, token=token).content.decode() for token in tokens for path in ("", "kept", "summary")]
    return "".join(said)


class TestTheSameThreeColleagues:
    """A leader opens and closes sessions with them, to look around."""

    def test_they_are_shown_the_same_twelve_notes_again_and_again(self, travel):
        filled(8)
        heard = set()
        for _ in range(4):
            team = EchoTeam("curious", people=3).write(share=False).open()
            heard |= set(team.heard())
            team.command("close_session")
            travel(days=1)
            filled(3)
        assert len(heard) <= 12
        assert EchoNote.objects.count() > 40

    def test_nor_does_starting_the_wall_again_help(self):
        filled(8)
        team = EchoTeam("curious", people=3, again=3)
        heard = set()
        for _ in range(3):
            team.write(share=False).open()
            heard |= set(team.heard())
            team.command("close_round")
        assert len(heard) <= 12

    def test_a_rehearsal_shows_nothing_of_the_pool(self):
        filled(8)
        team = EchoTeam("curious", people=3, wall={**COURAGE, "echo_examples": EXAMPLES}).write(share=False).open()
        assert team.echo["source"] == "pool"
        from psychsafety_xblock.core.activities import checked_agenda
        from psychsafety_xblock.service import open_rehearsal
        from psychsafety_xblock.service.opening import Source
        from tests.agendas import RUN

        for _ in range(3):
            wall = {**COURAGE, "echo_examples": EXAMPLES}
            opened = open_rehearsal(
                source=Source(course_run=RUN, usage_key="unit", block="b"), leader="curious",
                definitions=checked_agenda([wall]), title="", languages=["en"],
            )  # fmt: skip
            team.session_id, team.leader, team.seats = opened.session_id, opened.token, list(opened.pretend)
            team.api = f"/psychsafety/api/sessions/{opened.session_id}/"
            team.write().open()
            assert team.heard() == EXAMPLES


class TestAFlood:
    """One leader fills the pool with sessions of the own."""

    def test_moves_nothing_and_helps_nobody_to_be_shown(self, travel):
        shared("victim")
        for _ in range(6):
            shared("flood", people=8)
            travel(days=1)
            team = EchoTeam("flood").write(share=False)
            assert team.round["echo_offer"] is None
            team.command("close_session")
        assert texts(live=True) == []

    def test_is_a_third_of_a_sample_at_most(self):
        for _ in range(5):
            shared("flood", people=8)
        filled(2)
        heard = EchoTeam("d").write().open().heard()
        assert sum(text.startswith("flood") for text in heard) <= 4
        assert {text.rsplit(" ", 1)[0] for text in heard} == {"flood", "leader 0", "leader 1"}

    def test_a_hall_of_seats_of_the_own_brings_no_other_teams_notes(self):
        shared("victim")
        shared("flood", people=30)
        assert EchoTeam("flood").write().round["echo_offer"] is None
        heard = EchoTeam("accomplice").write().open().heard()
        assert all(text.startswith("flood") for text in heard)
        assert "victim" not in "".join(texts(live=True))

    def test_taps_of_one_team_are_no_number_however_often(self, travel):
        filled()
        for _ in range(4):
            EchoTeam("flood", people=12).write(share=False).open().count().command("close_session")
            travel(days=1)
        assert not EchoNote.objects.filter(people__gt=0).exists()


class TestANameIsShared:
    """Somebody ticks sharing and names a colleague."""

    def test_what_can_be_called_or_written_to_is_kept_out(self):
        said = ["Call Bo, 12 34 56 78", "bo@firma.dk never listens", "@bo again", "see firma.dk/bo", "a", "b", "c"]
        EchoTeam("a", people=7).write(said).command("close_session")
        assert texts() == ["a", "b", "c"]

    def test_a_bare_name_is_a_word_and_two_leaders_reports_take_it_out(self):
        """What remains, said in docs/privacy.md: no rule knows that Bo is somebody."""
        EchoTeam("a", people=5).write(["Bo interrupts me", "a", "b", "c", "d"]).command("close_session")
        filled(2)
        reports = 0
        for number in range(30):
            team = EchoTeam(f"reader {number}").write(share=False).open()
            doomed = next((note for note in team.echo["notes"] if note["text"] == "Bo interrupts me"), None)
            if doomed:
                assert "Bo" in str(texts())
                team.command("report_note", note=doomed["id"])
                assert "Bo interrupts me" not in everything(team)
                reports += 1
            if reports == 2:
                break
        assert "Bo interrupts me" not in texts()

    def test_the_team_itself_takes_it_down_before_and_its_leader_also_after(self):
        team = EchoTeam("a", people=6).write(["Bo", "Ida", "b", "c", "d", "e"])
        named = {note["text"]: note["id"] for note in team.notes()}
        assert team.take_down(team.seats[3], named["Bo"]).status_code == 202
        team.command("close_round")
        assert texts() == ["Ida", "b", "c", "d", "e"]
        team.command("hide_note", note=named["Ida"])
        assert texts() == ["b", "c", "d", "e"]


class TestTheOnlyTeamInItsLanguage:
    """It can neither be recognised by its language nor be heard."""

    def test_it_waits_alone(self, travel):
        for number in range(3):
            shared(f"team {number}")
        from psychsafety_xblock.models import Session

        team = EchoTeam("alone", people=5)
        Session.objects.filter(id=team.session_id).update(language="fi")
        team.write([f"yksin {number}" for number in range(5)]).command("close_session")
        for _ in range(5):
            travel(days=1)
            heard = EchoTeam("d").write(share=False).open()
            assert "yksin" not in everything(heard)
            heard.command("close_session")
        assert {one.text for one in EchoNote.objects.filter(live=False)} >= {f"yksin {number}" for number in range(5)}
        assert "fi" not in {note.pool.language for note in EchoNote.objects.filter(live=True)}

    def test_no_note_says_in_which_language_or_where_it_was_written(self):
        filled()
        note = EchoTeam("d").write().open().echo["notes"][0]
        assert set(note) == {"id", "text", "people"}


def test_which_notes_were_shared_shows_nowhere():
    """Whoever knew it would know of the others that their writers did not want to be read."""
    team = EchoTeam("a", people=5).write(share=[True, False, True, True, False])
    before = everything(team)
    other = EchoTeam("b", people=5).write(share=False)
    assert '"share": true' in before, "that writers are asked"
    assert before.count('"share"') == everything(other).count('"share"')
    assert '"shared"' not in before
    assert TeamRow.objects.count() == 0


def test_no_row_leads_from_what_a_team_was_shown_to_what_it_shared():
    """What a team was shown can be told by the day on which it met; then nothing may tell which notes are its own."""
    filled()
    EchoTeam("d", people=5).write().open().count().command("close_session")
    readers = {mark for model in (EchoVisit, EchoTap) for mark in model.objects.values_list("mark", flat=True)}
    assert len(readers) == 1
    assert not readers & set(TeamRow.objects.values_list("mark", flat=True))
