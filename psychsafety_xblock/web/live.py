"""The live API of a session: thin views over the service. docs/api.md, section 2."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from .. import service
from ..core.errors import Refused
from ..service.links import drive_url, tablet_url
from . import qr as qr_code
from .requests import bearer, endpoint, json_body, json_object
from .throttle import wrong_code


@endpoint("GET")
def state(request: HttpRequest, session_id: str) -> HttpResponse:
    """The state for the holder of a token; 304 when it has not changed."""
    token = bearer(request)
    asked = request.META.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/").strip('"')
    if asked and service.unchanged(session_id, token, asked):
        return _not_modified(asked)
    version, body = service.state_for(service.authenticate(session_id, token))
    if asked == version:
        return _not_modified(version)
    return _state(request, version, body)


def _state(request: HttpRequest, version: str, body: dict[str, Any]) -> HttpResponse:
    for name in ("join_url", "screen_url", "summary_url"):
        if body.get(name):
            # Without a configured root the address that this request came to is the one that phones can reach.
            body[name] = request.build_absolute_uri(body[name])
    response = JsonResponse(body)
    if version:
        response["ETag"] = f'"{version}"'
    return response


def _not_modified(version: str) -> HttpResponse:
    response = HttpResponse(status=304)
    response["ETag"] = f'"{version}"'
    return response


@endpoint("POST")
def seats(request: HttpRequest, session_id: str) -> HttpResponse:
    """A guest seat for the code."""
    body = json_body(request, "join_code")
    try:
        token = service.take_guest_seat(session_id, body["join_code"])
    except Refused as refusal:
        raise wrong_code(request, refusal) if refusal.code == "unknown_code" else refusal from None
    return JsonResponse({"token": token}, status=201)


@endpoint("POST")
def answers(request: HttpRequest, session_id: str) -> HttpResponse:
    """Count an answer. The body is read first, so that token and round are looked up together."""
    token = bearer(request)
    body = json_body(request, "round", "answer")
    holder = service.authenticate(session_id, token, answering=body["round"])
    service.submit_answer(holder, body["round"], body["answer"])
    return JsonResponse({"counted": True}, status=202)


@endpoint("POST")
def resonance(request: HttpRequest, session_id: str) -> HttpResponse:
    """Count which notes a seat could have written."""
    holder = service.authenticate(session_id, bearer(request))
    body = json_body(request, "round", "notes")
    service.submit_resonance(holder, body["round"], body["notes"])
    return JsonResponse({"counted": True}, status=202)


@endpoint("POST")
def echo(request: HttpRequest, session_id: str) -> HttpResponse:
    """Count which notes of other teams a seat could have written."""
    holder = service.authenticate(session_id, bearer(request))
    body = json_body(request, "round", "notes")
    service.submit_echo(holder, body["round"], body["notes"])
    return JsonResponse({"counted": True}, status=202)


@endpoint("POST")
def takedowns(request: HttpRequest, session_id: str) -> HttpResponse:
    """Take a note down."""
    holder = service.authenticate(session_id, bearer(request))
    body = json_body(request, "round", "note")
    service.submit_takedown(holder, body["round"], body["note"])
    return JsonResponse({"taken_down": True}, status=202)


@endpoint("POST")
def commands(request: HttpRequest, session_id: str) -> HttpResponse:
    """Do what the leader says; gives the new state."""
    holder = service.authenticate(session_id, bearer(request))
    return _state(request, *service.run_command(holder, json_object(request)))


@endpoint("POST")
def drive(request: HttpRequest, session_id: str) -> HttpResponse:
    """Offer the lead to another device or a colleague, confirm or refuse it, take it back."""
    holder = service.authenticate(session_id, bearer(request))
    if holder.role != "leader":
        raise Refused("wrong_role")
    body = json_body(request, "do")
    if body["do"] in service.OFFERS:
        code = service.offer_lead(session_id, body["do"])
        return JsonResponse({"code": code, "drive_url": request.build_absolute_uri(drive_url(code))})
    service.settle_lead(session_id, str(body["do"]))
    return JsonResponse({"done": True})


@endpoint("POST")
def tablet(request: HttpRequest, session_id: str) -> HttpResponse:
    """Offer seats to the device that goes round, or take them back."""
    holder = service.authenticate(session_id, bearer(request))
    if holder.role != "leader":
        raise Refused("wrong_role")
    code = service.offer_tablet(session_id, json_body(request, "seats")["seats"])
    if not code:
        return JsonResponse({"done": True})
    return JsonResponse({"code": code, "tablet_url": request.build_absolute_uri(tablet_url(code))})


@endpoint("POST")
def leave(request: HttpRequest, session_id: str) -> HttpResponse:
    """Give a seat back."""
    holder = service.authenticate(session_id, bearer(request))
    json_body(request)
    service.leave_seat(session_id, holder.token)
    return JsonResponse({"left": True}, status=202)


@endpoint("GET")
def qr(request: HttpRequest, session_id: str) -> HttpResponse:
    """The join link as a QR code."""
    holder = service.authenticate(session_id, bearer(request))
    if holder.role == "seat":
        raise Refused("wrong_role")
    _, body = service.state_for(holder)
    return qr_code.svg(request.build_absolute_uri(body["join_url"]))
