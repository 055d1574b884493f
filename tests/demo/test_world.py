"""The seeded world: the same from the same seed, plausible, and by the same rules as what people do."""

import datetime
from collections import Counter

import pytest

from psychsafety_xblock.core.identifying import find_identifying
from psychsafety_xblock.core.text import clean_note
from psychsafety_xblock.demo.world.hold import hold
from psychsafety_xblock.demo.world.plan import HALL, LARGEST, SMALLEST, plan
from psychsafety_xblock.demo.world.texts import LANGUAGES, texts_in
from psychsafety_xblock.models import Ballot, EchoNote, EchoPool, Note, Round, Session, Tally, Token

TODAY = datetime.date(2026, 11, 23)


class TestPlan:
    def test_the_same_seed_gives_the_same_and_another_one_does_not(self):
        assert plan(seed=1, today=TODAY) == plan(seed=1, today=TODAY)
        assert plan(seed=1, today=TODAY) != plan(seed=2, today=TODAY)

    def test_a_hundred_and_twenty_teams_in_three_languages_after_a_kick_off(self):
        gatherings = plan(today=TODAY)
        opening, *teams = [one for one in gatherings if one.visit == 1]
        assert (opening.team, opening.people) == (0, HALL)
        assert len(teams) == 120
        assert {one.language for one in teams} == set(LANGUAGES)
        assert {one.people for one in teams} == set(range(SMALLEST, LARGEST + 1))
        assert 0.3 < sum(one.visit == 2 for one in gatherings) / 120 < 0.7
        assert any(one.left_after for one in teams)

    def test_nobody_meets_at_a_weekend_or_in_the_future(self):
        for one in plan(today=TODAY):
            assert one.day.weekday() < 5
            assert one.day < TODAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_many_different_and_fit_on_a_wall(language):
    texts = texts_in(language)
    assert len(texts.notes) >= 120
    put_together = [f"{act} {moment}." for act in texts.acts for moment in texts.moments]
    for lines in (texts.notes, put_together):
        assert len(set(lines)) == len(lines)
        for text in lines:
            assert clean_note(text, 200) == text
            assert find_identifying(text) is None, text


@pytest.fixture
def world(db):
    """A small world that ended yesterday."""
    gatherings = plan(teams=9, seed=3, today=datetime.datetime.now(datetime.UTC).date())
    hold(gatherings, seed=3)
    return gatherings


class TestHeld:
    """One world for all that is looked at in it, since it takes a second."""

    def test_it_looks_like_sessions_that_people_have_ended(self, world):
        assert Session.objects.count() == len(world)
        assert not Session.objects.exclude(phase=Session.Phase.ENDED).exists()
        assert not Ballot.objects.exists()
        assert not Token.objects.exclude(role=Token.Role.SEAT).exists()
        assert Counter(Session.objects.values_list("seats", flat=True)) == Counter(one.people for one in world)
        assert Counter(Session.objects.values_list("ended_on", flat=True)) == Counter(one.day for one in world)
        assert Session.objects.filter(completed=False).count() == sum(one.left_after is not None for one in world)
        # A follow-up is the same team's.
        assert Session.objects.values("team").distinct().count() == len({one.team for one in world})
        old = Session.objects.filter(kept=Session.Kept.COUNTS)
        assert old.exists()
        assert not old.exclude(leader_mark="").exists()
        assert not Note.objects.filter(round__session__in=old).exists()
        for one in Round.objects.exclude(answered=None):
            assert one.phase == Round.Phase.CLOSED
            assert one.answered >= one.floor
        assert Tally.objects.filter(n__gt=0).exists()

    def test_the_next_team_finds_what_others_wrote(self, world):
        assert EchoPool.objects.filter(exercise="courage-wall").exists()
        live = EchoNote.objects.filter(live=True)
        assert live.exists()
        # By steps, on days on which somebody met.
        assert set(live.values_list("live_on", flat=True)) <= {one.day for one in world}
