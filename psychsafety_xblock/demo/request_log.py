"""Logs requests as the platform's tracking does, so that the demo shows (and the tests read) what that would hold."""

import json
import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("psychsafety_demo.requests")


class RequestLogMiddleware:
    """One line a request, unless its path is on the platform's ignore list.

    Like the platform's tracking it holds the path with the person in it, the query, and what came as a form, cut to 512
    characters. A JSON body is no form, so it is not there; an answer sent as a form would be, next to a name.
    """

    LONGEST = 512

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before the view, as there: afterwards a body that was read otherwise would look empty.
        sent = json.dumps({"GET": dict(request.GET), "POST": dict(request.POST)})[: self.LONGEST]
        response = self.get_response(request)
        ignored = any(re.match(pattern, request.path_info) for pattern in settings.TRACKING_IGNORE_URL_PATTERNS)
        if not ignored:
            # Line breaks in a path would fake a second line.
            path = request.get_full_path().replace("\r", " ").replace("\n", " ")
            log.info("%s %s %s %s", request.method, path, sent, response.status_code)
        return response
