"""Rule 4: a learner's seat comes from a secret that lives in the cache only, and is never silently replaced."""

import base64
import time

import pytest
from django.core.cache import cache, caches

from psychsafety_xblock.core import codes
from psychsafety_xblock.models import Round, Session
from psychsafety_xblock.service.cache import forget_state, pepper_of
from tests.support import Team, cached, call, collecting, handler, is_refused, revealed, rows

pytestmark = pytest.mark.django_db


def peppers() -> dict[str, str]:
    return {key: value for key, value in cached().items() if "psychsafety:pepper:" in key}


def lose(team: Team) -> None:
    """The cache loses this session's pepper."""
    for key in peppers():
        cache.delete(key.removeprefix(":1:"))
    forget_state(team.session_id)


def test_it_is_nowhere_in_the_database_in_any_form():
    collecting()
    (secret,) = peppers().values()
    everything = repr(rows())
    raw = bytes.fromhex(secret)
    for form in (secret, secret.upper(), repr(raw)[2:-1], base64.b64encode(raw).decode(), str(int(secret, 16))):
        assert form not in everything
    assert len(raw) * 8 >= 128


def test_the_database_knows_its_fingerprint_only():
    team = collecting()
    session = Session.objects.get(id=team.session_id)
    (secret,) = peppers().values()
    assert session.pepper_fingerprint == codes.fingerprint(bytes.fromhex(secret))
    cache.set(f"psychsafety:pepper:{session.id}:{session.pepper_fingerprint}", "00" * 32)
    assert pepper_of(session) is None, "a value that is not the pepper is not taken for it"


def test_it_lives_as_long_as_the_session_and_no_longer(settings):
    team = Team()
    (key,) = peppers()
    lives = caches["default"]._expire_info[key] - time.time()
    assert lives == pytest.approx(12 * 3600, abs=60)
    team.command("close_session")
    assert not peppers()


def test_taking_a_seat_twice_gives_the_same_one():
    team = Team()
    first = team.learner("amal")
    assert team.learner("amal") == first
    assert team.learner("bo") != first
    assert team.state()["seats"]["all"] == 2


def test_a_token_that_is_held_is_kept():
    team = Team().fill(3, 1)
    guest = team.seats[-1]
    assert team.learner("amal", token=guest) == guest
    assert team.learner("amal", token="somebody's old token") != guest


@pytest.mark.parametrize("misses", [1, 2])
def test_a_miss_is_asked_again_before_it_is_believed(monkeypatch, misses):
    team = Team()
    before = team.learner("amal")
    asked = []
    get = type(caches["default"]).get

    def sometimes(self, key, *args, **kwargs):
        if ":pepper:" in key:
            asked.append(key)
            if len(asked) <= misses:
                return None
        return get(self, key, *args, **kwargs)

    monkeypatch.setattr(type(caches["default"]), "get", sometimes)
    assert team.learner("amal") == before
    assert len(asked) == misses + 1
    assert Session.objects.get(id=team.session_id).seat_generation == 1


def test_a_lost_one_is_not_replaced_while_a_round_collects():
    team = collecting()
    fingerprint = Session.objects.get(id=team.session_id).pepper_fingerprint
    lose(team)
    code = {"join_code": team.opened["join_code"]}
    is_refused(handler("wall", "take_seat", code, "late"), 409, "seats_paused")
    assert Session.objects.get(id=team.session_id).pepper_fingerprint == fingerprint
    assert not peppers()
    team.guest()


@pytest.mark.parametrize("where", ["lobby", "revealed", "closed"])
def test_between_rounds_everybody_can_see_that_it_was_replaced(where):
    team = Team().fill(3, 2) if where == "lobby" else revealed()
    if where == "closed":
        team.command("close_round")
    old = team.seats[0]
    lose(team)
    new = team.learner("person-0")
    assert new != old
    for token in (old, new, team.leader, team.screen):
        assert team.state(token)["seats"]["generation"] == 2
    assert len(peppers()) == 1
    assert team.learner("person-0") == new


def test_held_tokens_stay_valid():
    team = Team().fill(4, 1)
    lose(team)
    team.learner("somebody-new")
    team.start()
    for token in team.seats:
        assert team.answer(token, "still here").status_code == 202
    assert team.learner("person-0", token=team.seats[0]) == team.seats[0]


def test_a_whole_lost_cache_costs_no_answer():
    team = collecting()
    team.answers(["one", "two"])
    cache.clear()
    response = team.answer(team.seats[0], "one again")
    is_refused(response, 409, "already_answered")
    assert team.answer(team.seats[2], "three").status_code == 202
    assert team.answer(team.seats[3], "four").status_code == 202
    assert len(team.command("reveal")["round"]["results"]["notes"]) == 4


def test_the_secret_lies_in_the_cache_of_the_site_setting(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "t2-default"},
        "volatile": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "t2-volatile"},
    }
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "CACHE": "volatile"}
    Team().learner("amal")
    assert not any("psychsafety" in key for key in caches["default"]._cache)
    assert any(":pepper:" in key for key in caches["volatile"]._cache)
    caches["volatile"].clear()


def test_a_course_wall_that_lost_its_secret_begins_a_new_period():
    seat = handler("course-wall", "take_seat", {}, "amal").json()
    number = Round.objects.get().number
    for key in peppers():
        cache.delete(key.removeprefix(":1:"))
    again = handler("course-wall", "take_seat", {}, "amal").json()
    assert again["session_id"] == seat["session_id"]
    assert again["token"] != seat["token"]
    assert Round.objects.order_by("-number").first().number == number + 1
    is_refused(call(seat["api_url"], token=seat["token"]), 401, "unauthorized")
