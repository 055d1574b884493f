"""The page "What is kept about you" is no way around any rule: rules 1, 2, 5, 6 and 10 of its reply."""

import json
import random
import re

import pytest

from psychsafety_xblock.models import Ballot, Note, Round, Session, Tally, Token
from tests.agendas import AGREE, CHOICE, PULSE, TALK, WALL, AgendaTeam, play, some_answer
from tests.privacy.course_wall import CourseWall
from tests.support import Team, call, collecting, is_refused, revealed, rows

BALLOT, NOTE, TALLY = (model._meta.db_table for model in (Ballot, Note, Tally))


def reply(team, token=None):
    """What is kept, as the first seat (or this token) is told."""
    response = call(team.api + "kept", token=token or team.seats[0])
    assert response.status_code == 200, response.content
    assert response["Cache-Control"] == "no-store"
    return response


def tables(team, token=None):
    """Its tables by name."""
    return {table["name"]: table for table in reply(team, token).json()["tables"]}


# --- Rules 1 and 2 --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_person_and_no_author_time_or_order_of_an_answer():
    team = collecting(3, 2)
    team.answers([f"text {number}" for number in range(5)])
    team.command("reveal")
    text = reply(team).content.decode()
    assert "person-" not in text
    assert "leader@" not in text
    (notes,) = [table for table in json.loads(text)["tables"] if table["name"] == NOTE]
    assert notes["columns"] == ["id", "round_id", "text", "share", "shown", "resonance", "cluster"]
    assert [int(row["id"]) for row in notes["rows"]] == sorted(Note.objects.values_list("id", flat=True))


@pytest.mark.django_db
def test_reading_writes_nothing():
    team = collecting()
    team.state(team.seats[0])
    before = rows()
    reply(team)
    reply(team, team.leader)
    assert rows() == before


# --- Rule 5: nothing differs by whether others answered -------------------------------------------------------------

ANSWERS = {"wall": WALL, "pulse": PULSE, "choice": CHOICE}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ANSWERS)
def test_what_others_answer_changes_not_a_byte_before_the_reveal(kind):
    """Two histories in one: the reply to the first seat and to the leader, after each answer of somebody else."""
    team = AgendaTeam(ANSWERS[kind]).fill(guests=5)
    current = team.command("start_round")["round"]
    told = {token: reply(team, token).content for token in (team.seats[0], team.leader)}
    for number, seat in enumerate(team.seats[1:]):
        answer = None if number == 2 else some_answer(current["activity"], number)
        assert team.answer(seat, answer, current["id"]).status_code == 202
        for token, before in told.items():
            assert reply(team, token).content == before


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_others_do_the_reply_is_the_one_of_nobody_having_done_anything(seed):
    """As above with an own answer at some moment, passes, and taps while they are collected."""
    chance = random.Random(seed)
    team = AgendaTeam(WALL).fill(guests=6)
    current = team.command("start_round")["round"]["id"]
    told = reply(team).content
    for number in chance.sample(range(6), 6):
        text = None if number == seed else chance.choice(["short", "long " * 30])
        assert team.answer(team.seats[number], text, current).status_code == 202
        before, told = told, reply(team).content
        if number == 0:
            after = json.loads(told)["tables"]
            assert [one["name"] for one in json.loads(before)["tables"] if one not in after] == [BALLOT]
        else:
            assert told == before
    team.command("reveal")
    notes = [note["id"] for note in team.notes()]
    told = reply(team).content
    for seat in team.seats[1:]:
        assert team.tap(seat, chance.sample(notes, chance.randrange(len(notes)))).status_code == 202
        assert reply(team).content == told


@pytest.mark.django_db
def test_before_the_reveal_no_text_no_number_and_no_counter():
    team = AgendaTeam(WALL, PULSE).fill(guests=4)
    current = team.command("start_round")["round"]["id"]
    for number, seat in enumerate(team.seats):
        team.answer(seat, f"kingfisher {number}", current)
    for token in (team.seats[0], team.leader):
        told = tables(team, token)
        assert told[NOTE]["rows"] == []
        assert {"column": None, "reason": "unrevealed"} in told[NOTE]["withheld"]
        assert "kingfisher" not in str(told)
        assert len(told[BALLOT]["rows"]) == (1 if token != team.leader else 0)
    team.command("reveal")
    round_id = team.command("start_round")["round"]["id"]
    team.answer(team.seats[1], {"ratings": {"s1": 5}}, round_id)
    told = tables(team)[TALLY]
    assert len(told["rows"]) == 10
    assert all("n" not in row for row in told["rows"])
    assert told["withheld"] == [{"column": "n", "reason": "unrevealed"}]


@pytest.mark.django_db
def test_in_the_moment_between_two_halves_of_a_reveal_nothing_is_told_either():
    """A process may die there. Whoever looks next finishes it, and tells then what all see."""
    team = collecting(0, 5)
    team.answers(["kingfisher"] * 2 + [None] * 3)
    Round.objects.update(phase=Round.Phase.SEALED, answered=5, floor=4)
    Ballot.objects.all().delete()
    assert "kingfisher" not in reply(team).content.decode()


@pytest.mark.django_db
def test_a_wall_with_too_few_notes_tells_none():
    team = collecting(0, 5)
    team.answers(["kingfisher one", "kingfisher two", None, None, None])
    team.command("reveal")
    assert "kingfisher" not in reply(team).content.decode()
    assert tables(team)[NOTE]["rows"] == []


# --- Rule 3: the own mark is there, and then it is not --------------------------------------------------------------


@pytest.mark.django_db
def test_the_own_ballot_is_there_until_the_reveal_and_nobody_elses():
    team = collecting(0, 5)
    assert tables(team)[BALLOT]["rows"] == []
    team.answers(["one", "two", "three", "four", None])
    for token in team.seats:
        (row,) = tables(team, token)[BALLOT]["rows"]
        assert row["purpose"] == "answer"
        assert Ballot.objects.filter(id=int(row["id"])).exists()
    assert len({tables(team, token)[BALLOT]["rows"][0]["id"] for token in team.seats}) == 5
    team.command("reveal")
    assert tables(team)[BALLOT]["rows"] == []
    team.tap(team.seats[0], [])
    assert [row["purpose"] for row in tables(team)[BALLOT]["rows"]] == ["resonance"]
    assert tables(team, team.seats[1])[BALLOT]["rows"] == []
    team.command("close_round")
    assert tables(team)[BALLOT]["rows"] == []


# --- Rules 5 and 6: nothing that the state does not tell ------------------------------------------------------------


def told_by_state(state):
    """What a state tells of answers: texts with their taps by id, and counts by item."""
    notes, counts = {}, {}
    for current in (state["round"], state["beside"]):
        results = (current or {}).get("results") or {}
        notes |= {note["id"]: (note["text"], note["resonance"]) for note in results.get("notes", [])}
        for item in results.get("items", []):
            for option, count in item.get("counts", {}).items():
                counts[current["id"], item["id"], option] = count
    return notes, counts


def assert_no_more(team, token):
    """No text, no number of taps and no count is told that this token's state does not tell at this moment."""
    notes, counts = told_by_state(team.state(token))
    told = tables(team, token)
    for row in told[NOTE]["rows"]:
        if "text" in row:
            assert notes[row["id"]][0] == row["text"]
        if "resonance" in row:
            assert notes[row["id"]][1] == row["resonance"]
    for row in told[TALLY]["rows"]:
        if "n" in row:
            assert counts[row["round_id"], row["item"], row["option"]] == row["n"]
    assert all("answered" not in row for row in told[Round._meta.db_table]["rows"])
    return notes, counts


@pytest.mark.django_db
def test_at_every_step_of_a_session_it_tells_no_answer_that_the_state_does_not():
    team = AgendaTeam(TALK, WALL, PULSE, CHOICE, AGREE, {**TALK, "beside": True}).fill(guests=7)
    seen_notes = seen_counts = 0
    for _ in range(6):
        play(team)
        for token in (team.seats[0], team.leader):
            notes, counts = assert_no_more(team, token)
        seen_notes, seen_counts = max(seen_notes, len(notes)), max(seen_counts, len(counts))
        if notes:
            team.tap(team.seats[0], list(notes))
            assert_no_more(team, team.seats[0])
            count_all_but_first(team)
            assert_no_more(team, team.seats[0])
    assert seen_notes and seen_counts, "or nothing was compared"
    for command in ("back", "next", "show_summary"):
        team.command(command)
        assert_no_more(team, team.seats[0])
        assert_no_more(team, team.leader)


def count_all_but_first(team):
    """All others could have written the first note only; and it is counted."""
    first = team.notes()[0]["id"]
    for seat in team.seats[1:]:
        assert team.tap(seat, [first]).status_code == 202
    team.command("count_resonance")


@pytest.mark.django_db
def test_agreement_in_a_small_group_is_not_told_in_numbers():
    team = AgendaTeam(CHOICE).fill(guests=4)
    current = team.command("start_round")["round"]["id"]
    for option, seat in zip(["o1", "o1", "o1", "o2"], team.seats, strict=True):
        team.answer(seat, {"option": option}, current)
    assert team.command("reveal")["round"]["results"]["items"] == [{"id": "choice", "most": ["o1"]}]
    for token in (team.seats[0], team.leader):
        told = tables(team, token)[TALLY]
        assert [row["option"] for row in told["rows"]] == ["o1", "o2"]
        assert all("n" not in row for row in told["rows"])
        assert told["withheld"] == [{"column": "n", "reason": "floor"}]


@pytest.mark.django_db
def test_below_three_taps_not_even_zero_is_told():
    team = revealed()
    first, second, *_ = [note["id"] for note in team.notes()]
    for number, seat in enumerate(team.seats):
        team.tap(seat, [first, second] if number < 2 else [first])
        assert all("resonance" not in row for row in tables(team)[NOTE]["rows"])
    team.command("count_resonance")
    told = {row["id"]: row.get("resonance") for row in tables(team)[NOTE]["rows"]}
    assert told.pop(first) == 5
    assert set(told.values()) == {None}


@pytest.mark.django_db
def test_who_comes_later_reads_no_earlier_answer():
    team = AgendaTeam(WALL, PULSE).fill(guests=4)
    play(team)
    play(team)
    team.guest()
    told = tables(team, team.seats[-1])
    assert len(told[NOTE]["rows"]) == 4
    assert all("text" not in row for row in told[NOTE]["rows"])
    assert {(one["column"], one["reason"]) for one in told[NOTE]["withheld"]} == {
        ("text", "earlier"), ("resonance", "earlier"), ("share", "share"), (None, "unrevealed"),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_course_wide_wall_tells_what_hangs_and_no_number_of_anything(travel):
    moment = travel()
    travel(seconds=60 - moment.timestamp() % 60 + 5)
    wall = CourseWall()
    seat = wall.seat("reader")

    def told():
        response = call(seat["api_url"] + "kept", token=seat["token"])
        assert response.status_code == 200, response.content
        return response

    empty = told().content
    wall.write(*[f"person-{number}" for number in range(8)])
    assert told().content == empty, "neither seats nor notes of others change it"
    assert json.loads(empty)["retention_days"] is None
    travel(seconds=60)
    (notes,) = [table for table in told().json()["tables"] if table["name"] == NOTE]
    assert [row["text"] for row in notes["rows"]] == wall.texts()
    assert len(notes["rows"]) == 8


# --- Rule 10: the leader learns nothing more; no hash, no code ------------------------------------------------------


@pytest.mark.django_db
def test_the_leader_is_told_what_a_seat_is_told_but_for_the_own_token():
    team = collecting()
    for step in (lambda: None, lambda: team.answers(["a", "b", "c", "d", None]), lambda: team.command("reveal")):
        step()
        leader, seat = tables(team, team.leader), tables(team)
        for name in leader:
            if name not in (BALLOT, Token._meta.db_table):
                assert leader[name] == seat[name]
        assert leader[BALLOT]["rows"] == []
        assert [row["role"] for row in leader[Token._meta.db_table]["rows"]] == ["leader"]


@pytest.mark.django_db
def test_the_leaders_hashes_the_code_and_the_hashes_of_others_are_nowhere():
    team = revealed()
    session = Session.objects.get()
    for token in (team.seats[0], team.leader):
        text = reply(team, token).content.decode()
        assert len(set(re.findall(r"[0-9a-f]{64}", text))) == 3, "own token, fingerprint, and the round's open slot"
        for secret in (session.open_slot, session.leader_mark, session.join_code):
            assert secret
            assert secret not in text
    others = Token.objects.exclude(hash__in=re.findall(r"[0-9a-f]{64}", reply(team).content.decode()))
    assert others.count() == Token.objects.count() - 1


@pytest.mark.django_db
def test_a_screen_is_nobodys_and_an_ended_session_tells_nothing():
    team = revealed()
    is_refused(call(team.api + "kept", token=team.screen), 403, "wrong_role")
    is_refused(call(team.api + "kept"), 401, "unauthorized")
    is_refused(call(team.api + "kept", token=Team(leader="other").fill(guests=1).seats[0]), 401, "unauthorized")
    ended = team.command("close_session")
    for token in (team.seats[0], team.leader):
        is_refused(call(team.api + "kept", token=token), 410, "ended")
    is_refused(call(team.api + "kept", token=ended["summary_token"]), 403, "wrong_role")
