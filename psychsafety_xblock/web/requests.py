"""How the live API reads a request and answers it: no cookie, a bearer token, JSON, and every failure a sentence.

Views are decorated with `endpoint`, which also keeps them out of the request's transaction (the platform opens one for
every view) and out of CSRF protection (there is no cookie that a foreign page could use).
"""

from __future__ import annotations

import functools
import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from ..core.errors import Refused
from .messages import detail, status_of

log = logging.getLogger(__name__)

#: The largest body that any call needs, in bytes, with room to spare.
LARGEST_BODY = 32 * 1024

View = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[View], View]:
    """Make a view of the live API for these HTTP methods."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @transaction.non_atomic_requests
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Refused("wrong_method")
                if not kwargs.get("session_id", "0").isalnum():
                    # No id of ours, and not all caches take such a key.
                    raise Refused("unknown_session")
                response = view(request, *args, **kwargs)
            except Refused as refusal:
                response = _refused(request, refusal)
            except OperationalError:
                response = _refused(request, Refused("busy"))
            except Exception as error:
                _report(view, error)
                response = _refused(request, Refused("server_error"))
            response["Cache-Control"] = "no-store"
            response["X-Content-Type-Options"] = "nosniff"
            response["Referrer-Policy"] = "no-referrer"
            return response

        return run

    return decorate


def _refused(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """A refusal in the caller's language: no other reply holds words of ours, so no other needs it looked up."""
    with translation.override(language_of(request)):
        return refused(refusal)


def refused(refusal: Refused) -> JsonResponse:
    """A refusal as a reply."""
    response = JsonResponse({"error": refusal.code, "detail": detail(refusal)}, status=status_of(refusal))
    if refusal.code == "too_many_wrong_codes":
        response["Retry-After"] = "60"
    if refusal.code == "busy":
        response["Retry-After"] = "1"
    return response


def _report(view: View, error: Exception) -> None:
    """Log where it failed, and nothing of what was in hand: messages, values and frames could hold an answer."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("%s failed with %s at %s", view.__name__, type(error).__name__, " < ".join(reversed(places)))


def language_of(request: HttpRequest) -> str:
    """The language that the caller names, else the browser's. Not the platform's cookie, for none is read here."""
    asked = [request.headers.get("X-Psychsafety-Language", "")]
    asked += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    for code in asked:
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def json_body(request: HttpRequest, *fields: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """The body, an object with all of `fields` and perhaps some of `optional`.

    Raises `Refused` `not_json`, `too_large`, `bad_json`, `unknown_field` or `missing_field`.
    """
    body = json_object(request)
    for field in body:
        if field not in fields and field not in optional:
            raise Refused("unknown_field", field=str(field)[:40])
    for field in fields:
        if field not in body:
            raise Refused("missing_field", field=field)
    return body


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The body, an object with any fields: for calls whose fields the service checks.

    Raises `Refused` `not_json`, `too_large` or `bad_json`.
    """
    if request.content_type != "application/json":
        raise Refused("not_json")
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            raise Refused("too_large")
        raw = request.body
    except (RequestDataTooBig, ValueError):
        raise Refused("too_large") from None
    if len(raw) > LARGEST_BODY:
        raise Refused("too_large")
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if not isinstance(body, dict):
        raise Refused("bad_json")
    return body


def bearer(request: HttpRequest) -> str:
    """The bearer token of a request. Raises `Refused` `unauthorized` when there is none."""
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > 200:
        raise Refused("unauthorized")
    return token.strip()
