"""A real error tracker's client in this process: Sentry's, with a transport that keeps what it would send."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import sentry_sdk
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from tests.support import JSON


class Kept(Transport):
    """Sends nothing."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__(options)
        self.envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        """Keep it instead of sending it."""
        self.envelopes.append(envelope)


class Tracker:
    """The client, and a way to call the site as a web server does, with the tracker around it."""

    def __init__(self, **options: Any) -> None:
        self.transport = Kept()
        sentry_sdk.init(dsn="http://key@127.0.0.1/1", transport=self.transport, **options)
        self.site = WSGIHandler()

    def post(self, path: str, body: object, token: str = "") -> int:
        """One request; gives the status, or 0 when the process was told to end."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = RequestFactory().generic("POST", path, json.dumps(body), content_type=JSON, headers=headers)
        status: list[int] = []

        def start(line: str, *_: object) -> None:
            status.append(int(line.split()[0]))

        # The test's transaction outlives the request, as with Django's own client.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        try:
            self.site(request.environ, start).close()
        except (SystemExit, KeyboardInterrupt):
            return 0
        finally:
            request_started.connect(close_old_connections)
            request_finished.connect(close_old_connections)
        return status[0]

    def sent(self) -> list[str]:
        """Everything that would have been sent, as it would be written.

        But for the local variables of the test itself, which knows it all and stands below each request here.
        """
        sentry_sdk.flush()
        return [json.dumps(_without_the_test(item.payload.json)) for one in self.transport.envelopes for item in one]


def _without_the_test(held: Any) -> Any:
    if isinstance(held, list):
        return [_without_the_test(one) for one in held]
    if not isinstance(held, dict):
        return held
    ours = str(held.get("module") or "").startswith(("tests.", "_pytest.", "pluggy"))
    return {key: _without_the_test(value) for key, value in held.items() if not (ours and key == "vars")}


@contextlib.contextmanager
def tracking(**options: Any) -> Iterator[Tracker]:
    """A client with these options, gone afterwards."""
    tracker = Tracker(**options)
    try:
        yield tracker
    finally:
        # One without an address does nothing.
        sentry_sdk.init()
