"""In which language somebody reads is known to their device alone (rule 2): in a mixed team it could point at a few."""

import json
import logging

import pytest
from django.test import Client

from psychsafety_xblock.models import Note, Token
from tests.support import JSON, Team, cached, call, rows

pytestmark = pytest.mark.django_db

#: Languages that no session of these tests has, each of one person.
MARKS = ("fo-FO", "mt-MT", "cy-GB", "lb-LU", "rm-CH")


def as_reader(path: str, language: str, body: dict | None = None, token: str = "") -> dict:
    """A call as a phone makes it that reads this language."""
    headers = {"X-Psychsafety-Language": language, "Accept-Language": language}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    more = {} if body is None else {"data": json.dumps(body), "content_type": JSON}
    response = Client().generic("GET" if body is None else "POST", path, headers=headers, **more)
    assert response.status_code < 300, response.content
    return {"body": response.json() if response.content else {}, "headers": dict(response.headers)}


def everything(team: Team, language: str, number: int) -> list[dict]:
    """All that one phone does in a round, up to the reveal; its token first."""
    found = as_reader("/psychsafety/api/join", language, {"join_code": team.opened["join_code"]})
    seat = as_reader(team.api + "seats", language, {"join_code": team.opened["join_code"]})
    token = seat["body"]["token"]
    team.seats.append(token)
    texts = as_reader("/psychsafety/api/messages?for=join", language)
    return [found, seat, texts, as_reader(team.api, language, token=token)]


def test_nothing_of_it_is_stored_logged_or_told(caplog):
    caplog.set_level(logging.DEBUG)
    team = Team(languages=["da", "en"])
    replies = [each for number, mark in enumerate(MARKS) for each in everything(team, mark, number)]
    team.start()
    current = team.round["id"]
    for token, mark in zip(team.seats, MARKS, strict=True):
        answer = {"round": current, "answer": {"text": "the same in all", "share": False}}
        replies += [as_reader(team.api + "answers", mark, answer, token), as_reader(team.api, mark, token=token)]
    stored_before = str(rows())
    team.command("reveal")
    notes = team.notes()
    for token, mark in zip(team.seats, MARKS, strict=True):
        taps = {"round": current, "notes": [notes[0]["id"]]}
        replies += [as_reader(team.api + "resonance", mark, taps, token), as_reader(team.api, mark, token=token)]
    told = json.dumps([team.state(token) for token in (team.leader, team.screen, *team.seats)])
    for mark in MARKS:
        for form in (mark, mark.lower(), mark.replace("-", "_")):
            for place in (stored_before, str(rows()), str(cached()), caplog.text, told, str(replies)):
                assert form not in place


def test_a_note_and_a_seat_have_no_place_for_it():
    for model in (Note, Token):
        assert not [field.name for field in model._meta.get_fields() if "lang" in field.name]


def test_no_reply_tells_which_language_a_note_is_in():
    team = Team(languages=["da", "en"]).fill(guests=5)
    team.start()
    team.answers(["Det kræver mod", "it takes courage", "好", "شجاعة", "Mut"])
    team.command("reveal")
    for token in (team.leader, team.screen, *team.seats):
        for note in team.notes(token):
            # A group of a large wall: of notes that read alike, and here there is none.
            assert set(note) == {"id", "text", "resonance", "cluster"}
            assert note["cluster"] is None


def test_the_state_is_the_same_whatever_a_phone_reads():
    team = Team(languages=["da", "en"]).fill(guests=5)
    team.start()
    tokens = team.seats[:2]
    first, second = (as_reader(team.api, mark, token=token) for token, mark in zip(tokens, MARKS, strict=False))
    assert first["body"] == second["body"]
    assert first["headers"]["ETag"] == second["headers"]["ETag"]


def test_a_field_of_that_name_is_refused():
    team = Team(languages=["da", "en"]).fill(guests=5)
    current = team.start()
    for answer in ({"text": "x", "share": False, "language": "da"}, {"text": "x", "share": False, "lang": "da"}):
        assert team.answer(team.seats[0], answer, current).json()["error"] == "unknown_field"
    body = {"join_code": team.opened["join_code"], "language": "da"}
    assert call(team.api + "seats", body).json()["error"] == "unknown_field"
