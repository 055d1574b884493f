"""Somebody with MariaDB's binary log and general log, alone and beside a web server's access log."""

import random
import re
from collections import Counter

import pytest

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Ballot, Note, Token
from tests.privacy.binary_log import Answer, answers_in, columns
from tests.privacy.measuring import Attacker, Guess
from tests.privacy.serving import Line, Room, Served
from tests.privacy.watching import HISTORIES, Watched

pytestmark = [pytest.mark.mariadb, pytest.mark.redis]

LOG = Attacker(
    name="The binary log",
    knows="every change of a row with its second and in its order, and every account; nobody's sending was seen",
    tries="puts answers in the order of arrival beside accounts, seats and the order in which seats were taken",
)
GENERAL = Attacker(
    name="The general log",
    knows="every statement that the database was sent, with its values, its connection and its second",
    tries="takes the seat that a connection looked up last for the sender of the next answer on it",
)
BOTH = Attacker(
    name="The binary log and the web server's log",
    knows="every change of a row with its second, and address and second of every request",
    tries="puts the answers of a second beside the addresses that sent one in it",
)
PURGED = Attacker(
    name="The web server's log, with the binary log purged",
    knows="address and second of every request, and the notes as the wall shows them",
    tries=BOTH.tries,
)


# --- The logs alone -----------------------------------------------------------------------------------------------


def test_a_note_by_the_binary_log_alone(attack, watch):
    def run(chance):
        watched = watch(chance)
        arrived = [one.text for one in watched.arrived("wall")]
        assert arrived == [watched.history.wrote[person] for person in watched.history.order["wall"]]
        return watched.history.judge_notes(dict(zip(sorted(watched.history.people), arrived, strict=True)))

    attack(LOG, "a note to its writer", run, runs=HISTORIES)


def test_a_note_by_the_order_in_which_seats_were_taken(attack, watch):
    def run(chance):
        watched = watch(chance)
        came = list(watched.history.seat)
        arrived = [one.text for one in watched.arrived("wall")]
        return watched.history.judge_notes(dict(zip(came, arrived, strict=True)))

    attack(LOG, "a note to its writer, by who took a seat first", run, runs=HISTORIES)


def test_a_rating_by_the_binary_log_alone(attack, watch):
    def run(chance):
        watched = watch(chance)
        arrived = [one.ratings["s1"] for one in watched.arrived("pulse")]
        assert arrived == [watched.history.rated[person] for person in watched.history.order["pulse"]]
        return watched.history.judge_ratings(dict(zip(sorted(watched.history.people), arrived, strict=True)))

    attack(LOG, "a rating to its person", run, runs=HISTORIES)


def seats_by_statements(watched: Watched) -> dict[str, int]:
    """The seat that each note came from, by its row's key, as the statements of one connection follow each other."""
    looked_up: dict[str, int] = {}
    found: dict[str, int] = {}
    seat = re.compile(rf"FROM `{Token._meta.db_table}` WHERE `{Token._meta.db_table}`.`id` = (\d+)")
    note = re.compile(rf"INSERT INTO {Note._meta.db_table} .*VALUES \(\d+, \d+, '([^']*)'")
    for line in watched.statements.splitlines():
        told = re.search(r"\t\s*(\d+) Query\t(.*)", line)
        if told is None:
            continue
        connection, statement = told.groups()
        if key := seat.search(statement):
            looked_up[connection] = int(key[1])
        if text := note.search(statement):
            found[text[1]] = looked_up.get(connection, 0)
    return found


def test_a_note_to_its_seat_by_the_general_log(attack, watch):
    def run(chance):
        watched = watch(chance)
        history, found = watched.history, seats_by_statements(watched)
        keys = {person: codes.key_of(codes.token_hash(token)) for person, token in history.seat.items()}
        return [Guess(found.get(text) == keys[person], 1 / len(keys)) for person, text in history.wrote.items()]

    told = (
        "MariaDB's general log shows from which seat a note came, though not whose seat it is. It writes down every "
        "statement with its values: never switch it on."
    )
    attack(GENERAL, "a note to its seat, which nothing names", run, leaks=told, runs=HISTORIES)


def test_a_note_by_the_general_log(attack, watch):
    def run(chance):
        watched = watch(chance)
        history, found = watched.history, seats_by_statements(watched)
        texts = sorted(found, key=lambda text: found[text])
        return history.judge_notes(dict(zip(sorted(history.people), texts, strict=True)))

    attack(GENERAL, "a note to its writer", run, runs=HISTORIES)


# --- Beside the web server's log ----------------------------------------------------------------------------------


def rooms(serve: Served, number: int) -> list[Room]:
    return [serve.room(random.Random(seed)) for seed in range(number)]


def arrived(mariadb, room: Room, first: str) -> list[Answer]:
    return [one for one in answers_in(mariadb.binary_log(first), columns()) if str(one.round_id) == room.round_id]


def by_second(lines: list[Line], chance: random.Random) -> list[Line]:
    """The lines in the order of their seconds; within a second in none, as where a log is collected from machines."""
    mixed = chance.sample(lines, len(lines))
    return sorted(mixed, key=lambda line: line.second)


def matched(room: Room, lines: list[Line], answers: list[str]) -> list[Guess]:
    guessed = dict(zip([line.address for line in lines], answers, strict=True))
    return [Guess(guessed[address] == text, 1 / len(room.wrote)) for address, text in room.wrote.items()]


def test_people_who_send_seconds_apart(attack, serve, logging_mariadb):
    first, played = logging_mariadb.new_log(), rooms(serve, HISTORIES)
    serve.send_seconds_apart(played)

    def run(chance):
        room = played.pop()
        texts = [one.text for one in arrived(logging_mariadb, room, first)]
        return matched(room, by_second(serve.answers_to(room), chance), texts)

    told = (
        "The database's binary log together with the web server's log tells which address sent which answer, where "
        "people send seconds apart, as long as both are kept."
    )
    attack(BOTH, "a note to its address, sent seconds apart", run, leaks=told, runs=HISTORIES)


def test_people_who_send_one_after_the_other_by_the_order_of_lines(attack, serve, logging_mariadb):
    first, played = logging_mariadb.new_log(), rooms(serve, HISTORIES)

    def run(chance):
        room = played.pop()
        for address in room.order:
            serve.send(room, address)
        texts = [one.text for one in arrived(logging_mariadb, room, first)]
        return matched(room, serve.answers_to(room), texts)

    told = (
        "The order of lines in one web server's log tells the same within a second, where each request was answered "
        "before the next one came."
    )
    attack(BOTH, "a note to its address, by the order of lines", run, leaks=told, runs=HISTORIES)


def test_people_who_send_in_the_same_second(attack, serve, logging_mariadb):
    first, played = logging_mariadb.new_log(), rooms(serve, HISTORIES)

    def run(chance):
        room = played.pop()
        serve.send_at_once(room)
        texts = [one.text for one in arrived(logging_mariadb, room, first)]
        lines = serve.answers_to(room)
        together = Counter(line.second for line in lines)
        guessed = dict(zip([line.address for line in by_second(lines, chance)], texts, strict=True))
        # Whose second is shared by nobody is known; on a slow machine not all of a room fall into one.
        return [Guess(guessed[line.address] == room.wrote[line.address], 1 / together[line.second]) for line in lines]

    attack(BOTH, "a note to its address, sent in the same second, by seconds alone", run, runs=HISTORIES)


def test_with_the_binary_log_purged(attack, serve, logging_mariadb):
    played = rooms(serve, HISTORIES)
    for room in played:
        for address in room.order:
            serve.send(room, address)
        room.team.command("reveal")
    assert any(room.wrote[room.order[0]] in one.text for room in played for one in arrived(logging_mariadb, room, ""))
    logging_mariadb.purge()

    def run(chance):
        room = played.pop()
        assert arrived(logging_mariadb, room, "") == []
        return matched(room, serve.answers_to(room), [note["text"] for note in room.team.notes()])

    attack(PURGED, "a note to its address", run, runs=HISTORIES)


def test_a_line_of_the_web_server_holds_no_text_token_or_code(serve):
    (room,) = rooms(serve, 1)
    for address in room.order:
        serve.send(room, address)
    assert len(serve.answers_to(room)) == len(room.order)
    said = "\n".join(serve.lines())
    secrets = [*room.wrote.values(), *room.seats.values(), room.team.leader, room.team.opened["join_code"]]
    assert not [secret for secret in secrets if secret in said]


def test_no_transaction_holds_a_seat_and_an_answer(watch, logging_mariadb):
    """What would widen this: a seat's row that is written where its answer is."""
    first = logging_mariadb.new_log()
    watch(random.Random(10**6))
    log = logging_mariadb.binary_log(first)
    answers = [one for one in log if one.inserted(Ballot)]
    assert len(answers) == 12
    for one in answers:
        assert {event.table for event in one.events} <= {
            Ballot._meta.db_table, Note._meta.db_table, "psychsafety_xblock_tally"
        }  # fmt: skip
