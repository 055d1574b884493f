"""What the platform's tracking does with each request, by the same library: a context, and an event unless ignored."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from eventtracking import tracker


class TrackMiddleware:
    """Enters the request's context for every request, and emits an event for those that are not ignored."""

    LONGEST = 512

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta, user = request.META, request.user
        session = request.session.session_key or ""
        context = {
            "username": user.username,
            "user_id": user.pk,
            "session": hashlib.sha256(session.encode()).hexdigest() if session else "",
            "ip": meta.get("REMOTE_ADDR", ""),
            "agent": meta.get("HTTP_USER_AGENT", ""),
            "host": meta.get("SERVER_NAME", ""),
            "referer": meta.get("HTTP_REFERER", ""),
            "accept_language": meta.get("HTTP_ACCEPT_LANGUAGE", ""),
            "path": request.path_info,
        }
        found = tracker.get_tracker()
        with found.context("edx.request", context):
            if not any(re.match(one, request.path_info) for one in settings.TRACKING_IGNORE_URL_PATTERNS):
                sent = json.dumps({"GET": dict(request.GET), "POST": dict(request.POST)})
                found.emit(request.path_info, {"event": sent[: self.LONGEST]})
            return self._get_response(request)
