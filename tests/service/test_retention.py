"""What is left of a session after its end, after the retention time, and after a later follow-up."""

import json

import pytest
from django.core.cache import cache

from psychsafety_xblock import service
from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Activity, Ballot, Note, Round, Session, Tally, Token
from psychsafety_xblock.service.opening import leader_mark
from tests.agendas import AGREE, CHOICE, PULSE, RUN, SENTENCES, TALK, WALL, AgendaTeam, count_all, due, play
from tests.support import call, rows

pytestmark = pytest.mark.django_db

LEADER = "mette-4217"


def whole(*agenda, **where) -> AgendaTeam:
    """A session through everything, ended; `team.shown` are the items that people saw, by kind."""
    team = AgendaTeam(*(agenda or (TALK, WALL, PULSE, CHOICE, AGREE)), leader=LEADER, **where).fill(guests=3)
    team.account("amal")
    team.shown, team.due = {}, due()
    for line in team.state()["agenda"]:
        state = play(team)
        if line["kind"] == "wall":
            count_all(team)
        team.shown[line["kind"]] = (state["round"]["results"] or {}).get("items")
    team.token = team.command("close_session")["summary_token"]
    return team


def sweep() -> None:
    cache.clear()
    service.sweep()


def dump() -> str:
    return "".join(repr(held) for table, held in rows().items() if table.startswith("psychsafety"))


def read(team: AgendaTeam):
    return call(team.api + "summary", token=team.token)


class TestCounts:
    """After the last day."""

    def bare(self, travel, *agenda) -> AgendaTeam:
        team = whole(*agenda)
        travel(days=30 if agenda else 35)
        sweep()
        return team

    def test_nothing_of_a_person_is_left(self, travel):
        team = self.bare(travel)
        held = dump()
        digests = [codes.token_hash(token) for token in (*team.seats, team.leader, team.screen, team.token)]
        for found in (*SENTENCES, "note ", "A team", team.due, leader_mark(RUN, LEADER), LEADER, *digests):
            assert found not in held
        assert not Token.objects.exists()
        assert not Note.objects.exists()
        assert not Ballot.objects.exists()
        # Nor does its old address lead to anything.
        assert team.session_id not in held
        assert call(team.api, token=team.leader).status_code == 404
        allowed = {"kind", "exercise", "title", "prompt", "statements", "options", "about", "counted", "instead_of"}
        for one in (*Round.objects.all(), *Activity.objects.all()):
            assert set(one.definition) <= allowed

    def test_the_row_holds_these_values_and_no_others(self, travel):
        """Every column, so that one that is added has to be thought about."""
        self.bare(travel, TALK)
        session = Session.objects.get()
        values = {field.name: getattr(session, field.name) for field in session._meta.concrete_fields}
        ended_on = values.pop("ended_on")
        assert values.pop("expires_at").isoformat() == f"{ended_on}T00:00:00+00:00"
        assert len(values.pop("id")) == 32
        assert len(values.pop("team")) == 32
        assert values == {
            "kind": "team", "course_run": RUN, "title": "", "language": "", "second_language": "", "open_slot": None,
            "leader_mark": "", "join_code": None, "guests_allowed": True, "locked": False, "leader_seated": False,
            "phase": "ended",
            "step": 0, "rehearsal": False, "begun_at": None, "shown_round": None, "kept": "counts",
            "follow_up_on": None, "completed": True, "screen_page": None, "seats": 4,
            "pepper_fingerprint": "", "seat_generation": 1, "published_slot": 0,
        }  # fmt: skip

    def test_what_was_asked_and_what_was_counted_stays(self, travel):
        team = self.bare(travel)
        rounds = list(Round.objects.order_by("number"))
        assert [one.definition["kind"] for one in rounds] == ["talk", "wall", "pulse", "choice", "commitments"]
        assert [one.definition["prompt"] for one in rounds] == [
            one["prompt"] for one in (TALK, WALL, PULSE, CHOICE, AGREE)
        ]
        assert rounds[2].definition["statements"][0]["text"] == "We ask."
        assert [one.answered for one in rounds] == [None, 4, 4, 4, 4]
        counted = {(one.item, one.option): one.n for one in Tally.objects.filter(round=rounds[2])}
        for item in team.shown["pulse"]:
            assert {option: n for (of, option), n in counted.items() if of == item["id"]} == {
                option: n for option, n in item["counts"].items() if n
            }
        assert not Tally.objects.filter(round=rounds[4]).exists()

    def test_what_an_earlier_session_lent_is_gone_too(self, travel):
        whole(PULSE, AGREE)
        recall = {**CHOICE, "about": "commitments"}
        later = whole(recall, {**PULSE, "compare": True})
        first, second = Round.objects.filter(session=later.session_id).order_by("number")
        assert SENTENCES[0] in json.dumps(first.definition)
        assert "before" in second.definition
        travel(days=36)
        sweep()
        assert "recall" not in dump()
        assert "before" not in dump()

    def test_of_a_session_that_ended_before_an_upgrade_what_was_not_shown_goes_too(self, travel):
        team = whole(PULSE)
        one = Round.objects.get()
        Tally.objects.filter(item="s1").delete()
        Tally.objects.create(round=one, item="s1", option="1", n=2)
        assert read(team).json()["summary"]["activities"][0]["items"][0] == {"id": "s1", "too_few": True}
        travel(days=30)
        sweep()
        assert set(Tally.objects.values_list("item", flat=True)) == {"s2"}

    def test_doing_it_again_changes_nothing(self, travel):
        self.bare(travel, TALK, PULSE)
        before = sorted(dump())
        travel(days=400)
        sweep()
        service.purge(service.plan_of_retention(days=0))
        assert sorted(dump()) == before

    def test_nothing_is_left_of_a_session_in_which_nothing_was_done(self, travel):
        AgendaTeam(TALK).fill(guests=3).command("close_session")
        travel(days=30)
        sweep()
        assert not Session.objects.exists()

    def test_the_site_sets_the_days(self, settings, travel):
        settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "RETENTION_DAYS": 3}
        whole(TALK, PULSE)
        travel(days=2)
        sweep()
        assert Session.objects.get().kept == "all"
        travel(days=1)
        sweep()
        assert Session.objects.get().kept == "counts"


class TestNotShown:
    """Counters that people did not see do not outlive the session (rule 5)."""

    def counters(self, votes: list[dict], **definition) -> dict[tuple[str, str], int]:
        team = AgendaTeam({**PULSE, **definition}).fill(guests=len(votes))
        team.start()
        for seat, ratings in zip(team.seats, votes, strict=True):
            answer = {"ratings": ratings} if ratings else {"pass": True}
            assert team.answer(seat, answer).status_code == 202
        team.shown = team.command("reveal")["round"]["results"]["items"]
        token = team.command("close_session")["summary_token"]
        said = call(team.api + "summary", token=token).json()["summary"]
        assert said["activities"][0]["items"] == team.shown, "the summary tells what the room saw"
        return {(one.item, one.option): one.n for one in Tally.objects.filter(n__gt=0)}

    def test_too_few(self):
        assert self.counters([{"s1": 1}, {"s1": 5}, {}, {}]) == {}

    def test_the_one_who_said_otherwise_and_nobody_look_the_same(self):
        one = self.counters([{"s1": 5}, {"s1": 5}, {"s1": 5}, {"s1": 1}])
        Session.objects.all().delete()
        nobody = self.counters([{"s1": 4}, {"s1": 4}, {"s1": 4}, {}])
        assert one == nobody == {("s1", "4"): 3}

    def test_what_was_shown_is_kept_as_it_was(self):
        assert self.counters([{"s1": 1}, {"s1": 2}, {"s1": 5}, {"s1": 5}]) == {
            ("s1", "1"): 1, ("s1", "2"): 1, ("s1", "5"): 2,
        }  # fmt: skip

    def test_a_round_that_was_never_revealed(self):
        team = AgendaTeam(PULSE).fill(guests=4)
        team.start()
        for seat in team.seats:
            team.answer(seat, {"ratings": {"s1": 3}})
        team.command("close_session")
        assert not Tally.objects.exists()


class TestFollowUp:
    """The team set a date four weeks ahead; that is kept for a week after it."""

    def test_in_between_only_what_the_follow_up_needs_is_there(self, travel):
        team = whole(WALL, PULSE, AGREE)
        assert Note.objects.exists()
        travel(days=30)
        sweep()
        session = Session.objects.get()
        assert (session.kept, session.leader_mark) == ("follow_up", leader_mark(RUN, LEADER))
        assert not Note.objects.exists()
        assert set(Token.objects.values_list("role", flat=True)) == {"summary"}
        summary = read(team).json()["summary"]
        assert summary["commitments"] == SENTENCES
        assert not any(activity.get("notes") for activity in summary["activities"])
        again = AgendaTeam({**CHOICE, "about": "commitments"}, {**PULSE, "compare": True}, leader=LEADER)
        again.fill(guests=3)
        assert play(again)["round"]["activity"]["recall"]["commitments"] == SENTENCES
        assert "before" in play(again)["round"]["results"]["items"][0]

    def test_notes_are_gone_on_the_day_also_when_no_sweep_has_come(self, travel):
        team = whole(WALL, AGREE)
        assert "note " in read(team).content.decode()
        travel(days=30)
        assert "note " not in read(team).content.decode()
        assert not Note.objects.exists()

    def test_a_week_after_the_date_it_is_over(self, travel):
        team = whole(AGREE)
        travel(days=34)
        sweep()
        assert read(team).status_code == 200
        travel(days=1)
        assert read(team).status_code in (401, 404, 410)
        assert Session.objects.get().kept == "counts"
        again = AgendaTeam({**CHOICE, "about": "commitments"}, leader=LEADER).fill(guests=3)
        assert play(again)["round"]["activity"]["recall"] is None

    def test_a_follow_up_that_comes_too_late_finds_nothing_also_when_no_sweep_has_come(self, travel):
        whole(AGREE)
        travel(days=35)
        cache.add("psychsafety:sweep", 1, 60)
        again = AgendaTeam({**CHOICE, "about": "commitments"}, leader=LEADER).fill(guests=3)
        assert Session.objects.filter(kept="all").count() == 2
        assert play(again)["round"]["activity"]["recall"] is None

    def test_never_longer_than_ninety_days(self, travel):
        team = AgendaTeam(AGREE, leader=LEADER).fill(guests=4)
        team.start()
        team.command("set_commitments", commitments=SENTENCES, due=due(300))
        for seat in team.seats:
            team.answer(seat, {"stand": ["c1"]})
        team.command("reveal")
        team.command("close_session")
        travel(days=89)
        sweep()
        assert Session.objects.get().kept == "follow_up"
        travel(days=1)
        sweep()
        assert Session.objects.get().kept == "counts"

    def test_a_date_that_the_team_never_saw_counts_for_nothing(self, travel):
        team = AgendaTeam(AGREE, PULSE, leader=LEADER).fill(guests=4)
        team.start()
        team.command("set_commitments", commitments=SENTENCES, due=due(60))
        team.command("close_round")
        play(team)
        team.command("close_session")
        travel(days=30)
        sweep()
        assert Session.objects.get().kept == "counts"
