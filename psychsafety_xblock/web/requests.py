"""How the live API reads a request and answers it: no cookie, a bearer token, JSON, and every failure a sentence.

An error tracker hangs the request's body, and the values in the hands of each function, on whatever is logged or raised
meanwhile, our own words included. So the body is forgotten once it is read, and no failure leaves here with its frames.

Views are decorated with `endpoint`, which also keeps them out of the request's transaction (the platform opens one for
every view) and out of CSRF protection (there is no cookie that a foreign page could use).
"""

from __future__ import annotations

import functools
import json
import logging
import re
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from ..core.errors import Refused
from ..i18n import find_locale, page_language
from ..logs import report
from .messages import SAFE_HEADERS, detail, more_headers, status_of

log = logging.getLogger(__name__)

#: The largest body that any call needs, in bytes, with room to spare.
LARGEST_BODY = 32 * 1024

#: The longest token of a session, in characters, with room to spare.
LONGEST_TOKEN = 200

#: What `models.random_hex` makes.
_SESSION_ID = re.compile("[0-9a-f]{32}")

View = Callable[..., HttpResponse]
R = TypeVar("R")


def endpoint(*methods: str) -> Callable[[View], View]:
    """Make a view of the live API for these HTTP methods."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @transaction.non_atomic_requests
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            def answer() -> HttpResponse:
                try:
                    _check_address(request, methods, kwargs.get("session_id"))
                    return view(request, *args, **kwargs)
                finally:
                    # Also what was not read: Django logs each refusal after this.
                    forget_body(request)

            try:
                response = failing_quietly(view.__name__, answer)
            except Refused as refusal:
                response = _refused(request, refusal)
            if response.status_code == 405:
                response["Allow"] = ", ".join(methods)
            for name, value in SAFE_HEADERS.items():
                response.setdefault(name, value)
            return response

        return run

    return decorate


def _check_address(request: HttpRequest, methods: tuple[str, ...], session_id: str | None) -> None:
    if request.method not in methods:
        raise Refused("wrong_method")
    if session_id is not None and not _SESSION_ID.fullmatch(session_id):
        # No id of ours; not all caches take any key, and not all databases tell all letters apart.
        raise Refused("unknown_session")


def _refused(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """A refusal in the caller's language: no other reply holds words of ours, so no other needs it looked up."""
    with translation.override(language_of(request)):
        return refused(refusal)


def refused(refusal: Refused) -> JsonResponse:
    """A refusal as a reply."""
    body = {"error": refusal.code, "detail": detail(refusal)}
    return JsonResponse(body, status=status_of(refusal), headers=more_headers(refusal))


def failing_quietly(name: str, work: Callable[[], R]) -> R:
    """Do `work`, whose `name` may be logged; every failure becomes a refusal. Raises `Refused`.

    The refusal is `busy` or `server_error`. Of a failure it is logged where it was, and nothing of what was in hand:
    messages, values and frames could hold an answer. What ends the process (a server that has waited for too long)
    goes on, without its frames.
    """
    kind, places = "", ""
    try:
        return work()
    except Refused:
        raise
    except SuspiciousOperation as forged:
        # A forged host, say: Django refuses it, and has a log of its own for that.
        raise forged.with_traceback(None) from None
    except (OperationalError, InterfaceError):
        pass
    except Exception as error:
        kind, places = type(error).__name__, _places(error)
    except BaseException as end:
        raise end.with_traceback(None) from None
    # Only here, where whoever handles the log finds no exception that is being dealt with.
    if kind:
        report(log, logging.ERROR, "request.failed", view=name, error=kind, at=places)
        raise Refused("server_error")
    # Not which view: a line must not tell when somebody answered.
    report(log, logging.WARNING, "database.failed")
    raise Refused("busy")


def _places(error: Exception) -> str:
    frames = [f"{frame.f_code.co_filename}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)]
    return "<".join(reversed(frames))


def forget_body(request: HttpRequest) -> None:
    """Nobody reads the request's body after this. Django keeps it for whoever asks again, and has no way to tell it."""
    request._body = b""


def language_of(request: HttpRequest, chosen: str = "") -> str:
    """The language that the caller names, else `chosen`, else the browser's. No cookie is read here.

    Any that there are texts of ours in, whether or not the site offers it for its own pages: a guest of a session in
    Japanese should read Japanese, also where the site's menus are in English only.
    """
    asked = [request.headers.get("X-Psychsafety-Language", ""), chosen]
    asked += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    readable = (page_language(code) for code in asked if find_locale(code))
    return next(readable, page_language(settings.LANGUAGE_CODE))


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
    except UnreadablePostError:
        # A client that vanished in the middle of it: nobody is there to read this.
        raise Refused("bad_json") from None
    forget_body(request)
    if len(raw) > LARGEST_BODY:
        raise Refused("too_large")
    try:
        body = json.loads(raw.decode())
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if not isinstance(body, dict):
        raise Refused("bad_json")
    return body


def bearer(request: HttpRequest, longest: int = LONGEST_TOKEN) -> str:
    """The bearer token of a request, of at most so many characters. Raises `Refused` `unauthorized` without one."""
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > longest:
        raise Refused("unauthorized")
    return token.strip()
