"""Rules 2, 3, 5, 6 and 10 for what is counted and not written: pulses and choices."""

import json

import pytest

from psychsafety_xblock.models import Ballot, Tally
from tests.support import Team, is_refused

CHOICE, PULSE = 1, 2


def at(place: int, seats: int = 6, *, leader_seated: bool = False) -> tuple[Team, str]:
    """A team in the demo's session of all kinds (minimum 4), with the activity at this place collecting."""
    team = Team("activities").fill(guests=seats - leader_seated)
    if leader_seated:
        team.learner("leader")
    activity = team.state()["agenda"][place]["id"]
    return team, team.command("start_round", activity=activity)["round"]["id"]


def pick(team: Team, options: list[str | None]) -> None:
    for token, option in zip(team.seats, options, strict=True):
        answer = {"pass": True} if option is None else {"option": option}
        assert team.answer(token, answer).status_code == 202


def everything(team: Team) -> str:
    """What all roles see, as text."""
    return json.dumps([team.state(token) for token in (team.leader, team.screen, *team.seats)])


@pytest.mark.django_db
def test_nothing_is_shown_before_the_reveal():
    team, _ = at(CHOICE)
    pick(team, ["o1", "o1", "o2", "o2", "o3", "o3"])
    assert all(team.state(token)["round"]["results"] is None for token in (team.leader, team.screen, team.seats[0]))
    assert "counts" not in everything(team)


@pytest.mark.django_db
def test_a_reveal_shows_counts_and_destroys_the_ballots():
    team, round_id = at(CHOICE)
    pick(team, ["o1", "o1", "o2", "o2", "o3", None])
    state = team.command("reveal")
    assert state["round"]["results"]["items"] == [
        {"id": "choice", "counts": {"o1": 2, "o2": 2, "o3": 1, "o4": 0}, "total": 5}
    ]
    assert not Ballot.objects.filter(round_id=round_id).exists()
    assert state["round"]["resonance"] == "none"


@pytest.mark.django_db
def test_passes_count_for_the_reveal_and_not_for_the_floor():
    team, _ = at(CHOICE)
    pick(team, ["o1", "o2", "o3", None, None, None])
    assert team.command("reveal")["round"]["results"]["items"] == [{"id": "choice", "too_few": True}]
    assert "counts" not in everything(team)


@pytest.mark.django_db
def test_agreement_in_a_small_team_is_words_for_everybody():
    for odd in ("o2", "o1"):
        team, _ = at(CHOICE)
        pick(team, ["o1"] * 5 + [odd])
        assert team.command("reveal")["round"]["results"]["items"] == [{"id": "choice", "most": ["o1"]}]
        assert "counts" not in everything(team)
        team.command("close_session")


@pytest.mark.django_db
def test_with_the_leader_seated_one_more_is_needed_of_each_item():
    team, _ = at(CHOICE, leader_seated=True)
    pick(team, ["o1", "o2", "o3", "o4", None, None])
    assert team.command("reveal")["round"]["results"]["items"] == [{"id": "choice", "too_few": True}]


@pytest.mark.django_db
def test_a_leader_who_sits_down_later_changes_nothing_that_was_shown():
    team, _ = at(CHOICE, seats=4)
    pick(team, ["o1", "o2", "o3", "o4"])
    shown = team.command("reveal")["round"]["results"]
    assert shown["items"][0]["total"] == 4
    team.learner("leader")
    assert team.round["results"] == shown


@pytest.mark.django_db
def test_a_skipped_statement_has_a_floor_of_its_own():
    team, round_id = at(PULSE, seats=5)
    for place, token in enumerate(team.seats):
        ratings = {"s1": 1 + place, **({"s2": 3} if place < 3 else {})}
        assert team.answer(token, {"ratings": ratings}, round_id).status_code == 202
    first, second, *others = team.command("reveal")["round"]["results"]["items"]
    assert (first["total"], first["mean"], first["spread"]) == (5, 3.0, 1.4)
    assert second == {"id": "s2", "too_few": True}
    assert others == [{"id": "s3", "too_few": True}, {"id": "s4", "too_few": True}]


@pytest.mark.django_db
def test_a_pulse_and_a_choice_are_not_repeated():
    team, _ = at(CHOICE)
    pick(team, ["o1", "o1", "o2", "o2", "o3", "o3"])
    team.command("reveal")
    team.command("close_round")
    activity = team.state()["agenda"][CHOICE]["id"]
    assert is_refused(team.try_command("start_round", activity=activity), 409, "already_done")


@pytest.mark.django_db
def test_what_is_given_up_leaves_no_counts():
    team, round_id = at(CHOICE)
    pick(team, ["o1"] * 6)
    team.command("close_round")
    assert not Tally.objects.filter(round_id=round_id).exists()
    assert "counts" not in everything(team)


@pytest.mark.django_db
def test_the_counters_lie_there_before_anybody_answers():
    """So that neither a row's key nor its place tells which option was chosen first."""
    team, round_id = at(CHOICE)
    before = set(Tally.objects.filter(round_id=round_id).values_list("id", "item", "option"))
    pick(team, ["o1"] * 6)
    assert set(Tally.objects.filter(round_id=round_id).values_list("id", "item", "option")) == before
    assert len(before) == 4


@pytest.mark.django_db
def test_an_answer_is_counted_once():
    team, round_id = at(CHOICE)
    assert team.answer(team.seats[0], {"option": "o1"}, round_id).status_code == 202
    assert is_refused(team.answer(team.seats[0], {"option": "o2"}, round_id), 409, "already_answered")
    assert dict(Tally.objects.filter(round_id=round_id).values_list("option", "n")) == {
        "o1": 1, "o2": 0, "o3": 0, "o4": 0,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_conversation_starts_with_anybody_and_takes_no_answers():
    team = Team("activities").fill(guests=1)
    state = team.command("start_round")
    current = state["round"]
    assert (current["activity"]["kind"], current["phase"], current["results"]) == ("talk", "revealed", None)
    assert current["ends_at"]
    assert team.answer(team.seats[0], {"pass": True}).status_code == 409
    assert is_refused(team.tap(team.seats[0], []), 409, "round_closed")
    assert is_refused(team.try_command("count_resonance"), 409, "not_now")
    # One seat is too few for what comes next, and everybody may go back to talking.
    assert is_refused(team.try_command("next"), 409, "too_few_people")
