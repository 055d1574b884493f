"""How a handler of a block reads a request and answers it: POST, JSON, and every refusal a sentence."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from webob import Request, Response
from xblock.core import XBlock

from . import platform_compat
from .core.errors import Refused
from .web.messages import SAFE_HEADERS, detail, more_headers, status_of
from .web.requests import failing_quietly, forget_body

#: A method of a block that takes the body, and gives the reply or its HTTP status and the reply.
Handler = Callable[..., dict[str, Any] | tuple[int, dict[str, Any]]]

#: The largest body that a handler takes unless it says otherwise, in bytes.
LARGEST_BODY = 4096


def json_handler(*fields: str, largest: int = LARGEST_BODY) -> Callable[[Handler], Callable[..., Response]]:
    """Make an XBlock handler of a method that takes a JSON object with some of these fields.

    POST and `application/json` only: the platform logs what is sent as a form, next to the user's name, and a foreign
    site cannot send JSON across without asking first. Where the platform checks neither user nor origin, nobody is
    signed in for us. `largest` is the longest body in bytes.
    """

    def decorate(method: Handler) -> Callable[..., Response]:
        @XBlock.handler
        @functools.wraps(method)
        def run(self: Any, request: Request, suffix: str = "") -> Response:
            try:
                if not platform_compat.is_vouched_for(request):
                    raise Refused("anonymous")
                if request.method != "POST":
                    raise Refused("wrong_method")
                if request.content_type != "application/json":
                    raise Refused("not_json")
                # What is in hand here is a person, with a code or a token: an error tracker would be sent all of it.
                reply = failing_quietly(method.__name__, lambda: method(self, _taken_body(request, fields, largest)))
                status, body = reply if isinstance(reply, tuple) else (200, reply)
                return _json(_absolute(request, body), status)
            except Refused as refusal:
                refused = _json({"error": refusal.code, "detail": detail(refusal)}, status_of(refusal))
                refused.headers.update(more_headers(refusal))
                return refused

        return run

    return decorate


def _taken_body(request: Request, fields: tuple[str, ...], largest: int) -> dict[str, Any]:
    """The body, which nobody else finds afterwards: the runtime's request stands on one of Django's."""
    try:
        return _body(request, fields, largest)
    finally:
        below = getattr(request, "_request", None)
        if below is not None:
            forget_body(below)


def _body(request: Request, fields: tuple[str, ...], largest: int) -> dict[str, Any]:
    if (request.content_length or 0) > largest or len(request.body) > largest:
        raise Refused("too_large")
    try:
        body = json.loads(request.body.decode() or "{}")
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if not isinstance(body, dict):
        raise Refused("bad_json")
    for field in body:
        if field not in fields:
            raise Refused("unknown_field", field=str(field)[:40])
    return body


def _json(body: dict[str, Any], status: int = 200) -> Response:
    response = Response(json.dumps(body), status=status, content_type="application/json", charset="UTF-8")
    # Replies hold tokens, and words that somebody else wrote.
    response.headers.update(SAFE_HEADERS)
    return response


def _absolute(request: Request, reply: dict[str, Any]) -> dict[str, Any]:
    """Without a configured root, links that phones open use the address that this request came to."""
    for one in (reply, *reply.get("sessions", [])):
        for name in ("join_url", "screen_url", "summary_url", "insights_url"):
            if name in one:
                one[name] = urljoin(request.host_url, one[name])
    return reply
