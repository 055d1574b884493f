"""The calls that need no session yet. docs/api.md, section 2."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from .. import i18n, service
from ..core.errors import Refused
from ..service.links import api_url, join_url
from . import qr as qr_code
from .requests import bearer, endpoint, json_body, language_of
from .throttle import wrong_code


@endpoint("GET")
def ping(request: HttpRequest) -> HttpResponse:
    """The self-test: whoever reads this JSON can reach the live API."""
    return JsonResponse({"psychsafety": "ok"})


@endpoint("GET")
def try_qr(request: HttpRequest) -> HttpResponse:
    """A QR code that a phone can be tried with before there is a session. Holds no secret."""
    return qr_code.svg(request.build_absolute_uri(join_url("try")))


@endpoint("GET")
def messages(request: HttpRequest) -> HttpResponse:
    """The texts of one script in the language that the header names.

    Not in the address: a server's log would then know who reads which language, and a wall shows in which a note is.
    """
    entry = request.GET.get("for", "")
    if entry not in i18n.entries():
        raise Refused("bad_value", field="for")
    code = language_of(request)
    response = JsonResponse(
        {
            "language": code,
            "direction": "rtl" if i18n.is_rtl(code) else "ltr",
            "messages": i18n.messages(code, entry),
        },
        json_dumps_params={"ensure_ascii": False},
    )
    # Short, so that an upgrade of the plugin is not shown with the texts of the last version for long.
    response["Cache-Control"] = "public, max-age=600"
    response["Vary"] = "X-Psychsafety-Language, Accept-Language"
    return response


@endpoint("POST")
def find(request: HttpRequest) -> HttpResponse:
    """Which session a code belongs to, and in which languages it is held."""
    body = json_body(request, "join_code")
    try:
        session = service.find_session(body["join_code"])
    except Refused as refusal:
        raise wrong_code(request, refusal) if refusal.code == "unknown_code" else refusal from None
    found = {"session_id": session.id, "api_url": api_url(session.id), "languages": session.languages}
    return JsonResponse(found)


@endpoint("GET")
def whoami(request: HttpRequest) -> HttpResponse:
    """Which session a token belongs to, and its role there."""
    holder = service.authenticate(None, bearer(request))
    return JsonResponse({"session_id": holder.session_id, "api_url": api_url(holder.session_id), "role": holder.role})


@endpoint("POST")
def drive(request: HttpRequest) -> HttpResponse:
    """A phone asks for the lead: first with the code, then with its claim until the laptop has confirmed."""
    body = json_body(request, optional=("code", "claim"))
    if len(body) > 1:
        raise Refused("unknown_field", field="code")
    if "claim" in body:
        lead = service.collect_lead(body["claim"])
        if lead is None:
            return JsonResponse({"waiting": True}, status=202)
        session_id, token = lead
        return JsonResponse({"session_id": session_id, "api_url": api_url(session_id), "token": token})
    try:
        claim, check = service.claim_lead(body.get("code"))
    except Refused as refusal:
        raise wrong_code(request, refusal) from None
    return JsonResponse({"claim": claim, "check": check})


@endpoint("POST")
def tablet(request: HttpRequest) -> HttpResponse:
    """A tablet takes the seats that the leader set, with the one-time code."""
    try:
        session_id, tokens = service.claim_tablet(json_body(request, "code")["code"])
    except Refused as refusal:
        raise wrong_code(request, refusal) if refusal.code == "unknown_code" else refusal from None
    return JsonResponse({"session_id": session_id, "api_url": api_url(session_id), "tokens": tokens})
