"""The cache is down, in the two ways in which a site notices: errors (Django's client) or silence (the platform's)."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache as django_cache
from django.core.cache.backends.locmem import LocMemCache

from psychsafety_xblock.core.errors import Refused
from psychsafety_xblock.models import Ballot, Round, Session
from psychsafety_xblock.service import cache as service_cache
from psychsafety_xblock.service import course_wall, forgiving
from psychsafety_xblock.service.cache import forget_pepper
from psychsafety_xblock.service.seats import take_account_seat
from tests.agendas import PULSE, WALL, AgendaTeam, play
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db


class Cache(LocMemCache):
    """One that can be taken down. It keeps what it had, as a Redis behind a broken network does."""

    #: None while it works; else "errors" or "silence".
    down: str | None = None
    asked = 0

    def _reach(self, name, nothing, *args, **kwargs):
        Cache.asked += 1
        if Cache.down == "errors":
            raise ConnectionError(f"Error 111 connecting; {args}")
        return nothing if Cache.down else getattr(super(), name)(*args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._reach("get", default, key, default, version)

    def get_many(self, keys, version=None):
        return self._reach("get_many", {}, keys, version)

    def set(self, *args, **kwargs):
        return self._reach("set", None, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._reach("set_many", None, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._reach("add", None, *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._reach("incr", None, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._reach("delete_many", None, *args, **kwargs)


@pytest.fixture(params=["errors", "silence"])
def cut(request, settings, monkeypatch):
    """`cut()` takes the cache down, `cut(back=True)` brings it back."""
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.Cache", "LOCATION": f"{request.param}-{id(request)}"}}
    # Each call is told of the outage, and none is spared it.
    monkeypatch.setattr(forgiving, "REST_SECONDS", 0)
    monkeypatch.setattr(service_cache, "_PEPPER_TRIES", 1)
    monkeypatch.setattr(Cache, "down", None)
    return lambda back=False: setattr(Cache, "down", None if back else request.param)


def test_a_round_goes_on_without_a_cache(cut):
    team = AgendaTeam(WALL, PULSE).fill(guests=4)
    team.start()
    team.answers(["a", "b"])
    cut()
    is_refused(team.answer(team.seats[0], "twice"), 409, "already_answered")
    for seat, text in zip(team.seats[2:], "cd", strict=True):
        assert team.answer(seat, text).status_code == 202
        # Nobody is asked to come back sooner than a database can bear.
        assert team.state(seat)["poll_after"] == 5.0
    assert sorted(note["text"] for note in team.command("reveal")["round"]["results"]["notes"]) == list("abcd")
    for seat in team.seats:
        assert team.tap(seat, [team.notes()[0]["id"]]).status_code == 202
    assert team.take_down(team.seats[1], team.notes()[1]["id"]).status_code == 202
    team.command("count_resonance")
    play(team)
    assert team.command("show_summary")["summary"]
    assert team.command("close_session")["phase"] == "ended"
    assert not Ballot.objects.exists()


def test_phones_join_and_a_screen_opens_without_a_cache(cut):
    team = AgendaTeam(WALL)
    cut()
    found = call(API + "join", {"join_code": team.opened["join_code"]})
    assert found.status_code == 200
    assert team.state(team.guest())["role"] == "seat"
    assert team.state(team.screen)["role"] == "screen"
    cut(back=True)
    assert team.state(team.seats[0])["seats"]["all"] == 1


def test_an_accounts_seat_waits_for_the_cache_and_is_the_same_one(cut):
    team = Team().fill(learners=1)
    held = team.seats[0]
    code = team.opened["join_code"]
    cut()
    is_refused(handler("wall", "take_seat", {"join_code": code}, "person-0"), 503, "busy")
    is_refused(handler("wall", "take_seat", {"join_code": code}, "person-1"), 503, "busy")
    cut(back=True)
    assert team.learner("person-0") == held
    assert team.state()["seats"] == {"all": 1, "guests": 0, "tablet": 0, "generation": 1}


def test_a_session_is_opened_whole_or_not_at_all(cut):
    cut()
    is_refused(handler("wall", "open_session", {}, "leader"), 503, "busy")
    is_refused(handler("course-wall", "take_seat", {}, "person-0"), 503, "busy")
    assert not Session.objects.exists()
    cut(back=True)
    assert Team().fill(learners=1).seats


def test_a_lead_is_taken_back_without_a_cache(cut):
    team = Team().fill(guests=4)
    team.start()
    cut()
    team.leader = handler("wall", "current_session", {}, "leader").json()["token"]
    team.answers(["a", "b", "c", "d"])
    assert team.command("reveal")["round"]["phase"] == "revealed"


def test_wrong_codes_are_not_answered_uncounted(cut):
    team = AgendaTeam(WALL)
    cut()
    is_refused(call(API + "join", {"join_code": "AAAAAAAA"}), 503, "busy")
    is_refused(call(team.api + "seats", {"join_code": "AAAAAAAA"}), 503, "busy")
    # An account's are counted by account, and a wrong one of those is told as ever.
    is_refused(handler("wall", "take_seat", {"join_code": "AAAAAAAA"}, "person-0"), 404, "unknown_code")
    cut(back=True)
    is_refused(call(API + "join", {"join_code": "AAAAAAAA"}), 404, "unknown_code")


def test_a_wall_for_everybody_takes_answers_and_keeps_its_period(cut):
    seats = [handler("course-wall", "take_seat", {}, f"person-{number}").json() for number in range(3)]
    round_id = call(seats[0]["api_url"], token=seats[0]["token"]).json()["round"]["id"]
    cut()
    for number, seat in enumerate(seats):
        body = {"round": round_id, "answer": {"text": f"note {number}"}}
        assert call(seat["api_url"] + "answers", body, token=seat["token"]).status_code == 202
        is_refused(call(seat["api_url"] + "answers", body, token=seat["token"]), 409, "already_answered")
    is_refused(handler("course-wall", "take_seat", {}, "person-0"), 503, "busy")
    cut(back=True)
    assert handler("course-wall", "take_seat", {}, "person-0").json()["token"] == seats[0]["token"]
    assert Round.objects.count() == 1


def test_a_period_that_cannot_begin_leaves_the_old_ones_secret(cut, monkeypatch, travel):
    seat = handler("course-wall", "take_seat", {}, "person-0").json()
    session = Session.objects.get(id=seat["session_id"])
    travel(days=8)
    # The cache fails on the way from one period to the next.
    latest = course_wall.latest_round
    monkeypatch.setattr(course_wall, "latest_round", lambda one: cut() or latest(one))
    is_refused(handler("course-wall", "take_seat", {}, "person-0"), 503, "busy")
    monkeypatch.setattr(course_wall, "latest_round", latest)
    cut(back=True)
    session.refresh_from_db()
    assert session.seat_generation == 1
    assert course_wall.pepper_of(session)
    renewed = handler("course-wall", "take_seat", {}, "person-0").json()
    assert renewed["token"] != seat["token"]
    assert course_wall.pepper_of(session) is None, "the old period's secret goes with it"


def test_whoever_meets_the_loss_of_a_periods_secret_asks_again():
    seat = handler("course-wall", "take_seat", {}, "person-0").json()
    session = Session.objects.get(id=seat["session_id"])
    django_cache.clear()
    with pytest.raises(Refused) as refusal:
        take_account_seat(session, account="person-1")
    assert refusal.value.code == "busy"
    assert handler("course-wall", "take_seat", {}, "person-1").status_code == 200
    assert Round.objects.filter(session=session).count() == 2


def test_a_cache_that_fails_is_left_alone_for_a_moment(cut, monkeypatch, caplog):
    team = Team().fill(guests=4)
    round_id = team.start()
    monkeypatch.setattr(forgiving, "REST_SECONDS", 600)
    monkeypatch.setattr(forgiving, "_rests_until", {})
    monkeypatch.setattr(Cache, "asked", 0)
    cut()
    with caplog.at_level(logging.WARNING):
        assert team.answer(team.seats[0], "a", round_id).status_code == 202
        assert team.answer(team.seats[1], "b", round_id).status_code == 202
    if Cache.down == "errors":
        assert Cache.asked == 1, "one that hangs would hold up each request once for each key"
        assert [record.getMessage() for record in caplog.records if record.name == forgiving.__name__] == [
            "cache.failed alias=default error=ConnectionError"
        ]
        # What is revoked is tried all the same.
        forget_pepper(Session.objects.get(id=team.session_id))
        assert Cache.asked == 2
    assert "psychsafety:" not in caplog.text
