"""What a team agrees on: written by the leader, corrected until the first answer, counted as anything else is."""

import pytest

from psychsafety_xblock.models import Ballot, Tally
from tests.agendas import AGREE, SENTENCES, TALK, AgendaTeam, due
from tests.support import is_refused

pytestmark = pytest.mark.django_db


def writing(seats: int = 4, **fields) -> AgendaTeam:
    """A team whose commitments are about to be written."""
    team = AgendaTeam({**AGREE, **fields}, TALK).fill(guests=seats)
    team.start()
    return team


def written(seats: int = 4, sentences=SENTENCES, **fields) -> AgendaTeam:
    team = writing(seats, **fields)
    team.command("set_commitments", commitments=sentences, due=due())
    return team


def ids(team) -> list[str]:
    return [one["id"] for one in team.round["activity"]["commitments"]]


def test_nobody_answers_before_anything_is_written():
    team = writing()
    assert team.answer(team.seats[0], {"stand": []}).status_code == 409
    is_refused(team.answer(team.seats[0], None), 409, "not_now")
    assert not Ballot.objects.exists()


def test_all_see_what_the_leader_wrote_with_its_date():
    team = written()
    for token in (team.leader, team.screen, team.seats[0]):
        activity = team.state(token)["round"]["activity"]
        assert [one["text"] for one in activity["commitments"]] == SENTENCES
        assert activity["due"] == due()


def test_it_is_corrected_until_the_first_answer():
    team = written()
    old = ids(team)
    team.command("set_commitments", commitments=["One sentence."], due=due(7))
    new = ids(team)
    assert not set(old) & set(new)
    assert team.round["activity"]["due"] == due(7)
    is_refused(team.answer(team.seats[0], {"stand": [old[0]]}), 400, "bad_value")
    assert team.answer(team.seats[0], {"stand": new}).status_code == 202
    is_refused(team.try_command("set_commitments", commitments=["Another."], due=due()), 409, "not_now")
    assert ids(team) == new


def test_not_after_the_first_pass_either():
    team = written()
    assert team.answer(team.seats[0], None).status_code == 202
    is_refused(team.try_command("set_commitments", commitments=["Another."], due=due()), 409, "not_now")


def test_the_reveal_counts_each_sentence_and_destroys_the_ballots():
    team = written(seats=6)
    first, second = ids(team)
    for number, seat in enumerate(team.seats):
        assert team.answer(seat, {"stand": [first, second] if number < 3 else []}).status_code == 202
    assert team.round["results"] is None
    items = team.command("reveal")["round"]["results"]["items"]
    assert items == [{"id": one, "counts": {"stand": 3, "not": 3}, "total": 6} for one in (first, second)]
    assert not Ballot.objects.exists()
    is_refused(team.try_command("set_commitments", commitments=["Another."], due=due()), 409, "not_now")


def test_agreement_in_a_small_team_is_words():
    team = written(seats=5)
    first, second = ids(team)
    for number, seat in enumerate(team.seats):
        team.answer(seat, {"stand": [first] if number else []})
    items = team.command("reveal")["round"]["results"]["items"]
    assert items == [{"id": first, "most": ["stand"]}, {"id": second, "most": ["not"]}]
    assert "counts" not in str([team.state(token) for token in (team.leader, team.screen, team.seats[0])])


def test_with_too_few_real_answers_no_number_is_shown():
    team = written(seats=4)
    for number, seat in enumerate(team.seats):
        team.answer(seat, {"stand": ids(team)} if number < 2 else None)
    assert [item for item in team.command("reveal")["round"]["results"]["items"] if not item.get("too_few")] == []


def test_it_is_not_revealed_below_the_minimum():
    team = written(seats=5)
    for seat in team.seats[:2]:
        team.answer(seat, {"stand": []})
    is_refused(team.try_command("reveal"), 409, "too_few_answers")
    assert team.round["results"] is None


def test_what_was_given_up_is_written_anew_and_leaves_nothing():
    team = written()
    for seat in team.seats:
        team.answer(seat, {"stand": ids(team)})
    team.command("close_round")
    assert not Ballot.objects.exists()
    assert not Tally.objects.exists()
    activity = team.state()["agenda"][0]["id"]
    team.command("start_round", activity=activity)
    assert team.round["activity"]["commitments"] == []
    team.command("set_commitments", commitments=["Anew."], due=due())
    assert set(Tally.objects.values_list("n", flat=True)) == {0}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"commitments": []}, "bad_value"),
        ({"commitments": ["a", "b", "c", "d"]}, "bad_value"),
        ({"commitments": ["a", "a"]}, "bad_value"),
        ({"commitments": "a"}, "bad_value"),
        ({"commitments": {"0": "a"}}, "bad_value"),
        ({"commitments": [7]}, "bad_value"),
        ({"commitments": [["a"]]}, "bad_value"),
        ({"commitments": [""]}, "empty_text"),
        ({"commitments": ["fine", " \n"]}, "empty_text"),
        ({"commitments": ["x" * 281]}, "text_too_long"),
        ({"commitments": ["x" * 5_000]}, "text_too_long"),
        ({"commitments": ["<b>bold</b>"]}, "text_not_plain"),
        ({"due": "2001-01-01"}, "bad_value"),
        ({"due": "9999-12-31"}, "bad_value"),
        ({"due": "tomorrow"}, "bad_value"),
        ({"due": "2026-02-30"}, "bad_value"),
        ({"due": "20270101"}, "bad_value"),
        ({"due": None}, "bad_value"),
        ({"due": 20270101}, "bad_value"),
        ({"sentences": ["a"]}, "unknown_field"),
    ],
)  # fmt: skip
def test_bad_sentences_and_dates_change_nothing(fields, code):
    team = writing()
    step = team.state()["step"]
    body = {"commitments": ["A sentence."], "due": due(), **fields}
    is_refused(team.try_command("set_commitments", **body), 400, code)
    state = team.state()
    assert (state["step"], state["round"]["activity"]["commitments"]) == (step, [])


@pytest.mark.parametrize("missing", ["commitments", "due"])
def test_both_are_needed(missing):
    body = {"commitments": ["A sentence."], "due": due()}
    del body[missing]
    is_refused(writing().try_command("set_commitments", **body), 400, "missing_field")


def test_today_and_280_characters_are_fine():
    team = writing()
    team.command("set_commitments", commitments=["x" * 280], due=due(0))
    assert team.round["activity"]["due"] == due(0)


def test_only_in_a_round_of_commitments():
    team = AgendaTeam(TALK)
    team.start()
    is_refused(team.try_command("set_commitments", commitments=["A."], due=due()), 409, "not_now")


@pytest.mark.parametrize("stand", ["c1", None, ["c9"], ["c1", "c1"], [1], [["c1"]], {"c1": True}])
def test_an_answer_is_a_list_of_sentences_that_are_there(stand):
    team = written()
    assert team.answer(team.seats[0], {"stand": stand}).status_code == 400
    assert not Ballot.objects.exists()


def test_an_answer_that_comes_between_decision_and_writing_keeps_its_sentences(monkeypatch):
    """Whether somebody has answered is asked under the lock, not taken from what the decision read."""
    from psychsafety_xblock.core.session import Effect
    from psychsafety_xblock.service import commands

    team = written()
    write, current = commands._EFFECTS[Effect.SET_COMMITMENTS], team.round["id"]

    def one_was_faster(*args):
        assert team.answer(team.seats[0], {"stand": ["c1"]}, current).status_code == 202, "the round still collects"
        write(*args)

    monkeypatch.setitem(commands._EFFECTS, Effect.SET_COMMITMENTS, one_was_faster)
    is_refused(team.try_command("set_commitments", commitments=["Another."], due=due()), 409, "not_now")
