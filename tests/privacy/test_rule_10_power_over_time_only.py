"""Rule 10: the leader has power over time, not over anonymity, and never gets more than the team saw."""

import pytest

from psychsafety_xblock.core.session import COMMANDS
from psychsafety_xblock.settings import DEFAULTS
from tests.support import Team, collecting, is_refused, revealed

pytestmark = pytest.mark.django_db

#: What the leader's state has and a seat's has not, as documented (docs/api.md, section 3), and the other way round.
LEADER_ONLY = {
    "join_code", "join_url", "screen_url", "too_few_people", "drive", "device", "round.answers",
    "round.missing", "round.resonance_answers", "round.echo_offer", "guide", "minutes", "begun_at", "round.started_at",
}  # fmt: skip
SEAT_ONLY = {"round.answered", "round.resonated", "round.echoed", "round.took_down", "round.may_answer"}
SCREEN_ONLY = {"join_code", "join_url"}


def leaves(state: object, path: str = "") -> dict[str, object]:
    """Every value of a state by its path."""
    if isinstance(state, dict):
        found = {}
        for key, value in state.items():
            found.update(leaves(value, f"{path}.{key}" if path else key))
        return found or {path: {}}
    return {path: state}


def assert_no_more(team: Team) -> None:
    leader, seat, screen = (leaves(team.state(token)) for token in (team.leader, team.seats[0], team.screen))
    if isinstance(leader.get("drive"), dict) or "drive.phase" in leader:
        leader = {key: value for key, value in leader.items() if not key.startswith("drive.")}
    assert set(leader) - set(seat) <= LEADER_ONLY
    assert set(seat) - set(leader) <= SEAT_ONLY
    assert set(screen) - set(seat) <= SCREEN_ONLY
    # In the agenda the leader also reads what is missing for a step, and whether it may be run again.
    leader["agenda"] = [
        {key: value for key, value in line.items() if key not in ("missing", "repeatable")} for line in leader["agenda"]
    ]
    # The screen asks more often than all others, for it is one.
    assert screen["poll_after"] <= seat["poll_after"] == leader["poll_after"]
    for key in set(leader) & set(seat) - {"version", "role", "poll_after"}:
        assert leader[key] == seat[key] == screen[key], key


def test_the_leader_sees_what_the_team_sees_in_every_phase():
    team = Team().fill(3, 2)
    assert_no_more(team)
    team.start()
    assert_no_more(team)
    team.answers(["one", "two", "three", "four", None])
    assert_no_more(team)
    team.command("extend", seconds=20, closing=True)
    assert_no_more(team)
    team.command("reveal")
    assert_no_more(team)
    notes = [note["id"] for note in team.notes()]
    for seat in team.seats:
        team.tap(seat, notes[:2])
        assert_no_more(team)
    team.command("hide_note", note=notes[3])
    team.take_down(team.seats[0], notes[2])
    assert_no_more(team)
    team.command("count_resonance")
    assert_no_more(team)
    team.command("close_round")
    assert_no_more(team)


def test_a_hidden_note_is_gone_for_the_leader_too_and_all_see_that_one_is():
    team = revealed()
    doomed = team.notes()[0]
    team.command("hide_note", note=doomed["id"])
    for token in (team.leader, team.screen, *team.seats):
        results = team.state(token)["round"]["results"]
        assert results["hidden"] == 1
        assert doomed["id"] not in {note["id"] for note in results["notes"]}
    is_refused(team.try_command("hide_note", note=doomed["id"]), 404, "unknown_note")


def test_a_seat_takes_one_note_down_a_round_and_nobody_learns_who():
    team = revealed()
    notes = [note["id"] for note in team.notes()]
    assert team.take_down(team.seats[0], notes[0]).json() == {"taken_down": True}
    is_refused(team.take_down(team.seats[0], notes[1]), 409, "already_answered")
    assert team.state(team.seats[0])["round"]["took_down"] is True
    assert team.state(team.seats[1])["round"]["took_down"] is False
    for token in (team.leader, team.screen):
        current = team.state(token)["round"]
        assert current["results"]["hidden"] == 1
        assert "took_down" not in current


def test_the_leader_cannot_answer_or_read_with_the_leaders_token():
    team = collecting()
    for call in (lambda: team.answer(team.leader, "one"), lambda: team.tap(team.leader, [])):
        is_refused(call(), 403, "wrong_role")


def test_the_commands_are_these():
    """Whoever adds one has to think about rule 10 first."""
    assert set(COMMANDS) == {
        "begin", "start_round", "next", "reveal", "count_resonance", "hide_note", "close_round", "close_session",
        "extend", "skip", "back", "add_card", "set_commitments", "show_summary",
        "lock_door", "unlock_door", "new_code", "open_echo", "count_echo", "report_note", "turn_screen",
    }  # fmt: skip


def test_no_setting_turns_anonymity_off():
    assert set(DEFAULTS) == {
        "CACHE", "SESSION_HOURS", "MINIMUM_FLOOR", "PUBLISH_INTERVAL_SECONDS", "COURSE_SEAT_DAYS", "RETENTION_DAYS",
        "ECHO_DAYS", "FETCH_CREDENTIALS", "POLL_SCALE", "WRONG_CODES_PER_MINUTE", "ROOT_URL",
    }  # fmt: skip
