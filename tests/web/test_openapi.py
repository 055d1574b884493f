"""docs/openapi.yaml is the reference of the live API, so it is compared with what the server has and does."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from psychsafety_xblock import service
from psychsafety_xblock.core.session import COMMANDS
from psychsafety_xblock.service.commands import _ALLOWED
from psychsafety_xblock.web import urls
from psychsafety_xblock.web.messages import STATUS
from tests import contract
from tests.agendas import AGREE, CHOICE, PULSE, RUN, SENTENCES, TALK, WALL, AgendaTeam, count_all, due, play
from tests.echoes import COURAGE, EXAMPLES, EchoTeam, filled
from tests.support import API, Team, call, handler, is_refused

pytestmark = pytest.mark.django_db

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"}


@dataclass
class Recording:
    """Each exchange with the live API while it runs, as the client sent it and the server answered."""

    exchanges: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def problems(self) -> list[str]:
        """What the document says against any of it."""
        found = []
        for method, path, body, response in self.exchanges:
            if response.status_code < 400:
                found += [f"{method} {path} sent: {one}" for one in contract.problems_of_request(method, path, body)]
            found += [f"{method} {path}: {one}" for one in contract.problems_of_reply(method, path, response)]
        return found

    def statuses(self) -> set[tuple[str, int]]:
        """Which operations gave which status."""
        return {
            (contract.operation_of(method, path)[1]["operationId"], response.status_code)
            for method, path, _, response in self.exchanges
        }


@pytest.fixture
def recording(monkeypatch) -> Iterator[Recording]:
    made, generic = Recording(), Client.generic

    def recorded(self, method, path, data="", *args, **more):
        response = generic(self, method, path, data, *args, **more)
        if path.startswith(API):
            made.exchanges.append((method, path, json.loads(data) if data else None, response))
        return response

    monkeypatch.setattr(Client, "generic", recorded)
    yield made
    assert made.problems() == []


def described() -> dict[str, set[str]]:
    """The methods of each path of the document."""
    found: dict[str, set[str]] = {}
    for method, path in contract.operations():
        found.setdefault(path, set()).add(method)
    return found


def routed() -> dict[str, Any]:
    """The paths of our URLs as the document writes them, with their patterns."""
    return {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(one.pattern)): one for one in urls.urlpatterns}


def test_each_address_is_described_and_the_other_way_round():
    assert set(described()) == {path for path in routed() if path.startswith("/api/")}


def test_each_method_is_described_and_no_other_is_taken():
    for path, pattern in routed().items():
        if not path.startswith("/api/"):
            continue
        inside = {"session_id": "0" * 32} if "{" in path else {}
        address = reverse(f"psychsafety_xblock:{pattern.name}", kwargs=inside)
        taken = {method for method in METHODS if call(address, method=method).status_code != 405}
        assert taken == described()[path], path
        refused = call(address, method="PUT")
        is_refused(refused, 405, "wrong_method")
        assert set(refused["Allow"].split(", ")) == described()[path]


def test_each_error_code_is_described_with_its_status():
    assert contract.codes() == STATUS


def test_the_same_of_every_operation():
    for (method, path), operation in contract.operations().items():
        responses = operation["responses"]
        assert {"500", "503"} <= set(responses), path
        assert ("401" in responses) == (operation.get("security") != []), path
        assert ("requestBody" in operation) == (method == "POST"), path
        if method == "POST":
            assert {"400", "413", "415"} <= set(responses), path
        if "{session_id}" in path:
            assert {"404", "410"} <= set(responses), path
        assert ("429" in responses) == (operation["operationId"] in {"find", "seats", "take_lead", "take_tablet"})


def test_commands_and_their_fields():
    schemas = contract.document()["components"]["schemas"]["Command"]["oneOf"]
    found = {}
    for schema in schemas:
        named = schema["properties"]["command"]
        for command in named.get("enum", [named.get("const")]):
            found[command] = set(schema["properties"]) - {"command", "step"}
        assert schema["additionalProperties"] is False
    assert found == {command: _ALLOWED.get(command, set()) for command in COMMANDS}


@pytest.mark.parametrize(
    ("path", "body"),
    [("join", {"join_code": "ABCD2345", "x": 1}), ("join", {}), ("join", {"join_code": 7})],
)
def test_the_judge_sees_what_does_not_belong_there(path, body):
    assert contract.problems_of_request("POST", API + path, body)


def test_the_judge_sees_a_field_too_many_at_any_depth():
    team = AgendaTeam(WALL).fill(guests=4)
    play(team)
    response = call(team.api, token=team.seats[0])
    assert contract.problems_of_reply("GET", team.api, response) == []
    good = response.json()
    smuggled = [
        {**good, "author": "amal"},
        {**good, "round": {**good["round"], "answers": 4}},
        {**good, "round": {**good["round"], "started_at": None}},
        {**good, "seats": {**good["seats"], "names": []}},
        {**good, "join_code": "ABCD2345"},
        _with_note(good, {"created": "2026-11-24"}),
        {name: value for name, value in good.items() if name != "phase"},
    ]
    for body in smuggled:
        response.content = json.dumps(body).encode()
        assert contract.problems_of_reply("GET", team.api, response), body


def _with_note(state: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    first, *others = state["round"]["results"]["notes"]
    results = {**state["round"]["results"], "notes": [{**first, **more}, *others]}
    return {**state, "round": {**state["round"], "results": results}}


def look(team: Team) -> None:
    """Everybody asks for everything that they may read, and for what they may not."""
    for token in (team.leader, team.screen, team.seats[0], "wrong"):
        state = call(team.api, token=token)
        if "ETag" in state:
            call(team.api, token=token, **{"If-None-Match": state["ETag"]})
        for name in ("guide", "qr.svg", "kept", "summary", "tallies.csv", "follow-up.ics"):
            call(team.api + name, token=token)
        call(API + "whoami", token=token)


class TestAWholeSession:
    """Recorded, and each request and reply compared with the document."""

    def test_all_kinds_and_all_roles(self, recording):
        team = AgendaTeam(TALK, WALL, CHOICE, PULSE, AGREE)
        code = {"join_code": team.opened["join_code"]}
        call(API + "ping")
        call(API + "try.svg")
        call(API + "messages?for=join", **{"X-Psychsafety-Language": "da"})
        call(API + "messages?for=leader")
        call(API + "join", code)
        team.fill(guests=6)
        call(team.api + "leave", {}, token=team.guest())
        team.seats.pop()
        look(team)
        for _ in (TALK, WALL, CHOICE, PULSE, AGREE):
            play(team)
            look(team)
            if team.round["activity"]["kind"] == "wall":
                count_all(team)
                team.take_down(team.seats[0], team.notes()[0]["id"])
                team.command("hide_note", note=team.notes()[0]["id"])
                look(team)
        team.command("extend", seconds=60)
        team.command("back")
        look(team)
        team.command("next")
        team.command("close_round")
        team.command("show_summary")
        look(team)
        ended = team.command("close_session")
        token = ended["summary_token"]
        for name in ("", "summary", "tallies.csv", "follow-up.ics", "guide"):
            call(team.api + name, token=token)
        call(API + "whoami", token=token)
        look(team)
        missing = {
            (operation["operationId"], int(status))
            for operation in contract.operations().values()
            for status in operation["responses"]
            if status.startswith("2") or status == "304"
        } - recording.statuses()
        # The devices, the echo and the figures have tests of their own.
        of_their_own = {"take_lead", "take_tablet", "offer_lead", "offer_tablet", "echo"}
        assert {name for name, _ in missing} == of_their_own | {"insight_document", "insight_table"}

    def test_the_figures(self, recording, travel):
        """Of teams that met twice, and of one run of which nothing can be told yet."""
        for again in range(2):
            for number in range(4):
                team = AgendaTeam(PULSE, CHOICE, leader=f"leader {number}").fill(guests=6 + again)
                for _ in (PULSE, CHOICE):
                    play(team)
                team.command("close_session")
            travel(days=1)
        for run in (RUN, "course-v1:a+b+c"):
            for name in ("insights", "insights.csv"):
                call(API + name, token=service.insight_token(run))
                call(API + name, token="wrong")
        seen = {(name, status) for name in ("insight_document", "insight_table") for status in (200, 401)}
        assert seen <= recording.statuses()
        assert call(API + "insights", token=service.insight_token(RUN)).json()["statements"][0]["change"]

    def test_the_echo(self, recording, travel):
        wall = {**COURAGE, "echo_examples": EXAMPLES}
        look(EchoTeam("early", wall=wall).write().open())
        filled(wall=wall)
        for number in range(3):
            team = EchoTeam(f"v{number}", wall=wall).write()
            look(team)
            team.open()
            look(team)
            team.count(people=4 if number else 2)
            look(team)
        travel(days=1)
        team = EchoTeam("last", wall=wall).write().open().count([])
        look(team)
        team.command("report_note", note=team.echo["notes"][0]["id"])
        team.command("turn_screen", page=1)
        look(team)
        kinds = {str(one["people"] and one["people"]["exact"]) for one in team.echo["notes"]}
        assert kinds <= {"None", "True"}
        assert ("echo", 202) in recording.statuses()

    def test_other_forms_of_the_activities(self, recording):
        team = AgendaTeam(WALL, {**TALK, "beside": True}, WALL, PULSE, AGREE).fill(guests=4)
        team.command("begin")
        team.command("start_round", paper=True)
        for number in range(4):
            team.command("add_card", text=f"card {number}")
        team.command("reveal")
        play(team)
        look(team)
        assert team.state()["beside"]["activity"]["paper"] is True
        wall = team.state()["agenda"][2]["id"]
        team.command("skip", activity=wall)
        team.command("start_round", instead=True)
        look(team)
        team.command("start_round", instead=True)
        team.command("set_commitments", commitments=SENTENCES, due=due())
        look(team)
        team.command("start_round", activity=wall)
        team.command("extend", seconds=30, closing=True)
        for seat in team.seats:
            team.answer(seat, None)
        look(team)
        assert team.command("reveal")["round"]["results"]["too_few"] is True
        look(team)

    def test_what_was_agreed_on_comes_back(self, recording):
        first = AgendaTeam(PULSE, AGREE).fill(guests=6)
        play(first)
        play(first)
        first.command("close_session")
        again = AgendaTeam({**PULSE, "compare": True}, {**CHOICE, "about": "commitments"}, usage="another-unit").fill(
            guests=6
        )
        assert "before" in play(again)["round"]["results"]["items"][0]
        look(again)
        assert play(again)["round"]["activity"]["recall"]["commitments"] == SENTENCES
        look(again)

    def test_two_languages_and_a_rehearsal(self, recording):
        for body in ({"languages": ["en", "da"]}, {"rehearse": True}):
            team = Team("session", leader="mette", **body)
            team.seats = team.opened.get("pretend", [])
            if not team.seats:
                team.fill(guests=6)
            look(team)
            play(team)
            look(team)
        assert team.state()["join_code"] is None
        assert team.command("close_session")["summary_token"] is None

    def test_a_course_wide_wall(self, recording, travel):
        seats = [handler("course-wall", "take_seat", {}, f"person-{number}").json() for number in range(9)]
        for seat in seats:
            state = call(seat["api_url"], token=seat["token"]).json()
            body = {"round": state["round"]["id"], "answer": {"text": "a note"}}
            assert call(seat["api_url"] + "answers", body, token=seat["token"]).status_code == 202
        travel(days=1)
        from psychsafety_xblock.service.cache import forget_state

        forget_state(seats[0]["session_id"])
        state = call(seats[0]["api_url"], token=seats[0]["token"]).json()
        assert len(state["round"]["results"]["notes"]) == 9

    def test_the_devices(self, recording):
        team = AgendaTeam(WALL).fill(guests=2)
        for settle in ("confirm", "refuse"):
            code = call(team.api + "drive", {"do": "offer"}, token=team.leader).json()["code"]
            look(team)
            claim = call(API + "drive", {"code": code}).json()["claim"]
            look(team)
            call(API + "drive", {"claim": claim})
            call(team.api + "drive", {"do": settle}, token=team.leader)
            call(API + "drive", {"claim": claim})
            look(team)
        call(team.api + "drive", {"do": "take_back"}, token=team.leader)
        call(team.api + "drive", {"do": "confirm"}, token=team.leader)
        code = call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
        call(API + "tablet", {"code": code})
        call(team.api + "tablet", {"seats": 0}, token=team.leader)
        team.fill(guests=3)
        code = call(team.api + "tablet", {"seats": 3}, token=team.leader).json()["code"]
        team.start()
        call(team.api + "tablet", {"seats": 2}, token=team.leader)
        call(API + "tablet", {"code": code})
        expected = {("take_lead", 200), ("take_lead", 202), ("take_tablet", 200), ("take_tablet", 409)}
        assert expected <= recording.statuses()

    def test_the_door(self, recording):
        team = AgendaTeam(WALL).fill(guests=4)
        team.command("lock_door")
        look(team)
        refused = call(team.api + "seats", {"join_code": team.opened["join_code"]})
        assert refused.json()["error"] == "door_locked"
        team.command("unlock_door")
        look(team)
        assert team.command("new_code")["join_code"] != team.opened["join_code"]

    def test_refusals(self, recording, settings):
        settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "WRONG_CODES_PER_MINUTE": 3}
        team = AgendaTeam(WALL).fill(guests=4)
        team.start()
        # Its seat is given back on the way.
        tokens = [team.leader, team.guest(), team.screen, "wrong"]
        paths = [path for method, path in contract.operations() if method == "POST"]
        for path in paths:
            address = contract.PREFIX + path.format(session_id=team.session_id)
            for token in tokens:
                for body in ({}, {"x": 1}, {"round": "1", "answer": {}}, [], "x" * 40_000):
                    call(address, json.dumps(body), token=token)
                call(address, "{}", token=token, content_type="text/plain")
        for address in (API + "join", team.api + "seats"):
            for _ in range(5):
                call(address, {"join_code": "ZZZZ2222"})
        round_id = team.round["id"]
        for text in ("", "x" * 600, "<b>x</b>", None, None):
            team.answer(team.seats[0], text, round_id)
        team.try_command("reveal")
        team.try_command("reveal", step=99)
        team.try_command("start_round")
        look(team)
        call(API + "insights", token=team.leader)
        call(API + "insights.csv", token=team.leader)
        call(API + "messages?for=nothing")
        seen = recording.statuses()
        for operation in contract.operations().values():
            for status in ("400", "401", "413", "415", "429"):
                if status in operation["responses"] and operation["operationId"] != "take_tablet":
                    assert (operation["operationId"], int(status)) in seen, (operation["operationId"], status)
