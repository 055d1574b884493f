"""The live API under requests made up from its own description, good and bad ones, in every state of a session.

Seeded, and short here: PSYCHSAFETY_FUZZ_EXAMPLES in the environment is how many good and how many bad requests each
call gets in each state. Each of them is undone, so that the next one finds the session as it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import contract
from tests.abuse.scenes import SCENES, Scene, undone
from tests.support import rows

pytestmark = [pytest.mark.django_db, pytest.mark.attack]

EXAMPLES = int(os.environ.get("PSYCHSAFETY_FUZZ_EXAMPLES", "2"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(contract.document())
SCHEMA.app = WSGIHandler()
WHO = dict.fromkeys(["state", "commands", "offer_lead", "offer_tablet", "guide", "qr", "tallies"], "leader")
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


@pytest.fixture(params=SCENES)
def scene(request, settings) -> Iterator[Scene]:
    settings.ALLOWED_HOSTS = ["*"]
    # A fuzzer's wrong codes are its business here.
    settings.PSYCHSAFETY = {**settings.PSYCHSAFETY, "WRONG_CODES_PER_MINUTE": 10_000}
    made = SCENES[request.param]()
    # As Django's own client does while it asks: the connection is the test's, and holds its transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield made
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_fuzzed():
    assert {(one.method.upper(), one.path) for one in OPERATIONS} == set(contract.operations())


def test_made_up_requests(scene):
    done: set[str] = set()
    for operation in OPERATIONS:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _fuzz(scene, operation, mode, done)
    assert scene.reach <= done, "what is meant to be reached was not"


def _fuzz(scene: Scene, operation: Any, mode: GenerationMode, done: set[str]) -> None:
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
        return
    # Mostly who may ask, and of the others each.
    name = operation.definition.raw["operationId"]
    who = "summary" if "summary" in scene.tokens else WHO.get(name, "seat")
    roles = [who] * 4 + [*scene.tokens, "nobody", "wrong"]

    @hypothesis.seed(20261124)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        role = data.draw(st.sampled_from(roles))
        if "session_id" in case.path_parameters and data.draw(st.integers(0, 9)) < 9:
            case.path_parameters["session_id"] = scene.team.session_id
        case.body = _steered(case.body, scene, data)
        case.query = _steered(case.query, scene, data)
        case.headers = {name: value for name, value in (case.headers or {}).items() if name != "Authorization"}
        if role != "nobody":
            case.headers["Authorization"] = f"Bearer {scene.tokens.get(role, 'wrong')}"
        with undone():
            if _send(case, operation, scene, role) < 400:
                done.add(name)

    run()


def _steered(body: Any, scene: Scene, data: st.DataObject) -> Any:
    """A body with real ids, steps and codes in most places where it has any, so that it comes further."""
    if isinstance(body, list):
        return [_steered(one, scene, data) for one in body]
    if not isinstance(body, dict):
        return body
    return {
        name: data.draw(st.sampled_from(scene.known[name]))
        if name in scene.known and data.draw(st.integers(0, 4)) < 4
        else _steered(value, scene, data)
        for name, value in body.items()
    }


def _send(case: Any, operation: Any, scene: Scene, role: str) -> int:
    """Send one request, judge the reply, and give its status."""
    before = rows()
    response = case.call()
    # Any refusal will do for what is not described; the check itself does not know all of ours.
    case.validate_response(response, checks=CHECKS + [negative_data_rejection] * (response.status_code < 400))
    reply = _as_django(response)
    method, path = operation.method.upper(), contract.PREFIX + case.formatted_path
    assert contract.problems_of_reply(method, _known_path(case, operation), reply) == [], path
    text = reply.content.decode()
    assert [secret for secret in scene.secrets_from(role) if secret in text] == []
    if reply.status_code >= 400:
        assert rows() == before
    elif operation.definition.raw.get("security") != []:
        for header in ({}, {"Authorization": "Bearer wrong"}):
            del case.headers["Authorization"]
            case.headers.update(header)
            assert case.call().status_code in (401, 410)
            case.headers["Authorization"] = ""
    return reply.status_code


def _known_path(case: Any, operation: Any) -> str:
    """The address with an id in the place of one: what stands in it may be anything."""
    return contract.PREFIX + operation.path.replace("{session_id}", "0" * 32)


def _as_django(response: Any) -> HttpResponse:
    headers = {name.title(): values[0] for name, values in response.headers.items()}
    made = HttpResponse(response.content, status=response.status_code)
    for name, value in headers.items():
        made[name] = value
    return made
