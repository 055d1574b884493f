"""What the platform's tracking log holds of a whole session: nothing; and where our patterns are missing, no answer."""

import json
import logging

import pytest
from django.core.cache import cache

from tests.agendas import AGREE, CHOICE, PULSE, SENTENCES, WALL, count_all, play
from tests.platform.people import Browser, PlatformTeam, place
from tests.support import call

pytestmark = pytest.mark.django_db(transaction=True)

ENDED = "psychsafety.session.ended"


@pytest.fixture
def tracked(caplog):
    """The events in the log `tracking`, as they stand there."""
    caplog.set_level(logging.INFO, logger="tracking")
    return lambda: [json.loads(one.getMessage()) for one in caplog.records if one.name == "tracking"]


def a_whole_session() -> set[str]:
    """A session from the unit's page to its end; gives all that must not be found anywhere."""
    usage = place("session", agenda=[WALL, PULSE, CHOICE, AGREE], complete_after_session=True)
    team = PlatformTeam(usage).fill(learners=4, guests=2)
    secrets = {team.leader, team.screen, team.opened["join_code"], *team.seats}
    offered = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()
    secrets.add(offered["code"])
    call("/psychsafety/api/drive", {"code": offered["code"]})
    call("/psychsafety/api/join", {"join_code": team.opened["join_code"]})
    call(team.api, token=team.screen)
    for kind in ("wall", "pulse", "choice", "commitments"):
        play(team)
        if kind == "wall":
            secrets |= {note["text"] for note in team.notes()} | {note["id"] for note in team.notes()}
            count_all(team)
    assert len(secrets) > 20
    team.command("close_session")
    assert team.browsers[0].call(usage, "complete", {"token": team.seats[0]}).status_code == 200
    past = team.led_by.call(usage, "past_sessions").json()["sessions"][0]
    call(past["api_url"] + "summary", token=past["token"])
    return {*secrets, past["token"], *SENTENCES}


def nobody_is_in(event: dict) -> None:
    context = {key: value for key, value in event["context"].items() if value}
    assert context == {}, context
    assert "heron" not in json.dumps(event)


def test_of_a_whole_session_it_holds_one_event_with_counts(tracked):
    a_whole_session()
    (ended,) = [event for event in tracked() if "/xblock/block-v1:" not in event["name"] or "/handler" in event["name"]]
    assert ended["name"] == ENDED
    nobody_is_in(ended)
    pages = [event for event in tracked() if event is not ended and event["name"] != ENDED]
    assert pages, "the unit's page itself is the platform's, and is tracked as every page is"
    assert {event["data"] for event in pages} == {'{"GET": {}, "POST": {}}'}


def test_where_our_patterns_are_missing_it_still_holds_no_answer_code_or_token(tracked, settings):
    settings.TRACKING_IGNORE_URL_PATTERNS = ["^/event"]
    secrets = a_whole_session()
    events = tracked()
    names = [event["name"] for event in events]
    assert sum(name.endswith("/answers") for name in names) == 6 * 4, "or nothing was tracked"
    assert any(name.endswith("/handler/take_seat") for name in names)
    everything = json.dumps(events, ensure_ascii=False)
    for secret in secrets:
        assert secret not in everything
    for event in events:
        if event["name"] != ENDED:
            assert event["data"] == '{"GET": {}, "POST": {}}', event["name"]
    # A call of the live API brings no cookie: the log knows an address and a browser there, and no account.
    live = [event["context"] for event in events if event["name"].startswith("/psychsafety/")]
    assert {(one["username"], one["user_id"], one["session"]) for one in live} == {("", None, "")}


def test_a_form_would_be_there_and_so_it_is_refused_and_ignored(tracked, settings):
    usage = place("wall")
    browser = Browser("amal")
    form = "application/x-www-form-urlencoded"
    assert browser.call(usage, "take_seat", '{"join_code": "HERON"}', content_type=form).status_code == 415
    assert "HERON" not in json.dumps(tracked())
    settings.TRACKING_IGNORE_URL_PATTERNS = []
    browser.call(usage, "take_seat", '{"join_code": "HERON"}', content_type=form)
    assert "HERON" in json.dumps(tracked()), "the middleware is the platform's, or this proves nothing"


def test_a_session_that_ends_in_somebody_elses_call_tells_nothing_of_them(tracked, travel):
    """Not even in which course and at which block they were: the platform adds that to each event of a handler."""
    PlatformTeam(place("session", agenda=[WALL])).fill(learners=3)
    run = "course-v1:Heron+Other+2026"
    other = place("session", run=run, agenda=[WALL], display_name="heron's block")
    travel(hours=13)
    # Or the next sweep would be due in a minute.
    cache.clear()
    assert Browser("heron").call(other, "open_session", run=run).status_code == 200
    (ended,) = [event for event in tracked() if event["name"] == ENDED]
    nobody_is_in(ended)
