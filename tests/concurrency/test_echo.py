"""The echo, when many teams close, look and tap at the same moment: nothing doubled, nothing lost, one step a day."""

from __future__ import annotations

import random

from psychsafety_xblock import service
from psychsafety_xblock.models import EchoNote, EchoPool, EchoTap, EchoTeam, EchoVisit, Note, Session
from psychsafety_xblock.service.echo_pool import share_what_closed
from tests.teams import Team, in_threads

PEOPLE = 6


def written(leader: str) -> Team:
    """A team that has shared six notes on a wall that is revealed."""
    team = Team(PEOPLE, leader)
    round_id = team.start()
    for seat in range(PEOPLE):
        team.answer(seat, round_id, f"{leader} {seat}", share=True)
    team.command("reveal")
    return team


def texts() -> list[str]:
    return sorted(EchoNote.objects.values_list("text", flat=True))


def test_many_teams_that_close_at_once_share_everything_once(place):
    teams = [written(f"leader {number}") for number in range(6)]
    everything = sorted(f"leader {number} {seat}" for number in range(6) for seat in range(PEOPLE))
    commands = [lambda team=team: team.command("close_session")["phase"] for team in teams]
    assert in_threads(6, commands) == ["ended"] * 6
    # What met another one too often is lost for nobody else: it is never there twice.
    assert len(texts()) == len(set(texts()))
    assert set(texts()) <= set(everything)
    assert texts() == everything
    assert EchoPool.objects.count() == 1
    assert EchoTeam.objects.count() == 6


def test_a_round_that_is_copied_by_several_is_copied_once(place):
    team = written("leader")
    team.command("close_round")
    Note.objects.update(share=True)
    EchoNote.objects.all().delete()
    in_threads(6, [lambda: share_what_closed(team.id)] * 6)
    assert len(texts()) == PEOPLE


def test_several_leaders_who_look_at_once_take_one_step_and_get_one_sample_each(place):
    for number in range(3):
        written(f"leader {number}").command("close_session")
    readers = [written(f"reader {number}") for number in range(4)]
    EchoPool.objects.update(moved_on=None)
    EchoNote.objects.update(live=False, live_on=None)
    EchoPool.objects.update(waiting_since="2026-11-01")
    opened = in_threads(4, [lambda team=team: team.command("open_echo")["round"]["echo"]["notes"] for team in readers])
    assert [len(notes) for notes in opened] == [12] * 4
    assert EchoVisit.objects.count() == 4
    assert EchoNote.objects.filter(live=True).count() == 18


def test_taps_are_counted_exactly(place):
    for number in range(3):
        written(f"leader {number}").command("close_session")
    team = Team(40, "reader")
    team.start()
    round_id = team.command_at(Session.objects.get(id=team.id).step, "extend")["round"]["id"]
    for seat in range(4):
        team.answer(seat, round_id, "own")
    team.command("reveal")
    notes = [note["id"] for note in team.command("open_echo")["round"]["echo"]["notes"]]
    chance = random.Random(3)
    choices = [chance.sample(notes, 8) for _ in range(40)]
    calls = [
        lambda seat=seat: service.submit_echo(team.seat(seat), round_id, choices[seat]) or "counted"
        for seat in range(40)
    ]
    results = in_threads(40, calls * 2)
    for seat in range(40):
        assert sorted([results[seat], results[seat + 40]]) == ["already_answered", "counted"]
    team.command("count_echo")
    expected = {int(note): sum(note in chosen for chosen in choices) for note in notes}
    assert dict(EchoTap.objects.values_list("note_id", "people")) == {note: n for note, n in expected.items() if n}
