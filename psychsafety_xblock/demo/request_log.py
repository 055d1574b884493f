"""Logs requests as the platform's tracking does, so that the demo shows (and the tests read) what that would hold."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("psychsafety_demo.requests")


class RequestLogMiddleware:
    """One line a request with method, path and person, unless the path is on the platform's ignore list.

    Like the platform it looks at the path only, and like the platform's it never sees the body: a JSON body
    is not a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ignored = any(re.match(pattern, request.path_info) for pattern in settings.TRACKING_IGNORE_URL_PATTERNS)
        if not ignored:
            # Line breaks in a path would fake a second line.
            path = request.get_full_path().replace("\r", " ").replace("\n", " ")
            log.info("%s %s %s", request.method, path, response.status_code)
        return response
