"""Somebody with one dump of the database, with and without the site's SECRET_KEY."""

import hashlib
import hmac
import itertools
import random

import pytest
from django.conf import settings
from django.utils.crypto import salted_hmac

from psychsafety_xblock.core import codes
from psychsafety_xblock.service.opening import leader_mark
from tests.agendas import RUN, TALK, AgendaTeam
from tests.privacy.deriving import peppers_that_fit, seated, tokens_of
from tests.privacy.measuring import Attacker, Guess
from tests.privacy.recording import History, Look, dump, ratings, recorded, texts

pytestmark = pytest.mark.django_db

WITHOUT = Attacker(
    name="One dump of the database",
    knows="all rows at one moment, every account, who took part and in which order they pressed Send",
    tries="puts notes, ballots and seats side by side in the order of their keys, and looks for the secret of seats",
)
WITH = Attacker(
    name="One dump and SECRET_KEY",
    knows=f"{WITHOUT.knows}; the site's SECRET_KEY",
    tries="derives the secret of seats, tokens and the leader's mark from it",
)
MOMENTS = pytest.mark.parametrize("moment", ["before the reveal", "after the reveal", "after the end"])
WHICH = {"before the reveal": "{} 6", "after the reveal": "{} shown", "after the end": "ended"}


def candidates(look: Look, *, secret: bool) -> list[bytes]:
    """Whatever the secret of seats could have been made of by a careless program."""
    (session,) = look.dump["Session"]
    known = [session["id"], session["pepper_fingerprint"], session["leader_mark"], session["open_slot"] or "", RUN]
    if secret:
        known.append(settings.SECRET_KEY)
    pairs = ["".join(pair) for pair in itertools.permutations(known, 2)]
    found = [hashlib.sha256(text.encode()).digest() for text in [*known, *pairs]]
    found += [text.encode() for text in known] + [bytes.fromhex(text) for text in known if len(text) in (32, 64)]
    if secret:
        key = settings.SECRET_KEY.encode()
        found += [hmac.new(key, text.encode(), "sha256").digest() for text in known]
        found += [salted_hmac("psychsafety pepper", text, algorithm="sha256").digest() for text in known]
    return found


def order_of_seats(history: History, look: Look, *, secret: bool) -> list[str]:
    """People in the order in which their seats' rows lie, if the secret can be had; else as the attacker likes."""
    (session,) = look.dump["Session"]
    for pepper in peppers_that_fit(candidates(look, secret=secret), session):
        tokens = tokens_of(pepper, session["id"], [*history.people, history.leader])
        return sorted(seated(tokens, look.dump), key=lambda person: codes.key_of(codes.token_hash(tokens[person])))
    return sorted(history.people)


@MOMENTS
@pytest.mark.parametrize("attacker", [WITHOUT, WITH], ids=lambda attacker: attacker.name)
def test_a_note(attack, attacker, moment):
    def run(chance):
        recording = recorded(chance)
        history, look = recording.history, recording.looks[WHICH[moment].format("wall")]
        found = texts(look.dump) or sorted(history.wrote.values())
        people = order_of_seats(history, look, secret=attacker is WITH)
        return history.judge_notes(dict(zip(people, found, strict=True)))

    attack(attacker, f"a note to its writer, {moment}", run)


def test_a_note_by_the_order_of_sending(attack):
    def run(chance):
        recording = recorded(chance)
        return recording.history.judge_notes(recording.history.dealt("wall", texts(recording.looks["wall 6"].dump)))

    attack(WITHOUT, "a note to its writer, before the reveal, by the order of sending", run)


@MOMENTS
@pytest.mark.parametrize("attacker", [WITHOUT, WITH], ids=lambda attacker: attacker.name)
def test_a_rating(attack, attacker, moment):
    def run(chance):
        recording = recorded(chance)
        history, look = recording.history, recording.looks[WHICH[moment].format("pulse")]
        found = list(ratings(look.dump, history.round["pulse"]).elements())
        people = order_of_seats(history, look, secret=attacker is WITH)
        return history.judge_ratings(dict(zip(people, found, strict=True)))

    attack(attacker, f"a rating to its person, {moment}", run)


# --- Who led ------------------------------------------------------------------------------------------------------

#: One guess a history: it takes more of them to tell a certainty from luck.
LEADERS = 30


def guess_who_led(attack, attacker: Attacker, target: str, *, ended: bool, secret: bool, leaks: str = "") -> None:
    def run(chance: random.Random):
        accounts = [str(chance.getrandbits(30)) for _ in range(20)]
        leader = accounts[chance.randrange(20)]
        team = AgendaTeam(TALK, leader=leader)
        if ended:
            team.command("close_session")
        (session,) = (row for row in dump()["Session"] if row["id"] == team.session_id)
        guessed = chance.choice(accounts)
        for account in accounts:
            marks = {codes.slot("lead", RUN, account), codes.slot(RUN, account), codes.slot(account)}
            marks |= {hmac.new(b"", f"{RUN}\x1f{account}".encode(), "sha256").hexdigest()}
            if secret:
                marks.add(leader_mark(RUN, account))
            if marks & {session["open_slot"], session["leader_mark"]}:
                guessed = account
        return [Guess(guessed == leader, 1 / 20)]

    attack(attacker, target, run, leaks=leaks, runs=LEADERS)


def test_who_leads_while_the_session_is_open(attack):
    told = "While a session is open, whoever holds a dump of the database can try out which account leads it."
    guess_who_led(attack, WITHOUT, "who leads, while the session is open", ended=False, secret=False, leaks=told)


def test_who_led(attack):
    guess_who_led(attack, WITHOUT, "who led, after the end", ended=True, secret=False)


def test_who_led_with_the_key(attack):
    told = "With a dump and SECRET_KEY it can be tried out which account led a session, until it is deleted."
    guess_who_led(attack, WITH, "who led, after the end", ended=True, secret=True, leaks=told)
