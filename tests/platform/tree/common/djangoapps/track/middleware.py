"""What the platform's tracking keeps of each request: common/djangoapps/track/middleware.py, in our words.

One event a request whose path is not ignored, named by the path, with what came in the query and as a form, cut to 512
characters. The context, with the user and the address in it, is entered for every request, ignored or not.
"""

import hashlib
import json
import re

from django.conf import settings
from eventtracking import tracker
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

CONTEXT_NAME = "edx.request"
LONGEST = 512
HEADERS = {
    "SERVER_NAME": "host",
    "HTTP_USER_AGENT": "agent",
    "PATH_INFO": "path",
    "HTTP_REFERER": "referer",
    "HTTP_ACCEPT_LANGUAGE": "accept_language",
}


class TrackMiddleware:
    """Before the view, as there; the context ends with the response."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        tracking = tracker.get_tracker()
        tracking.enter_context(CONTEXT_NAME, self.context(request))
        try:
            path = request.META["PATH_INFO"]
            if not any(re.match(pattern, path) for pattern in settings.TRACKING_IGNORE_URL_PATTERNS):
                sent = json.dumps({"GET": dict(request.GET), "POST": dict(request.POST)})[:LONGEST]
                server = {"username": request.user.username, "event_source": "server", "page": None}
                with tracking.context("edx.course.server", server):
                    tracking.emit(path, sent)
            return self.get_response(request)
        finally:
            tracking.exit_context(CONTEXT_NAME)

    def context(self, request):
        """Who, from where, with what, in which course."""
        session = request.session.session_key or ""
        hashed = hashlib.shake_128((settings.SECRET_KEY + session).encode()).hexdigest(16) if session else ""
        return {
            "session": hashed,
            "user_id": request.user.pk,
            "username": request.user.username,
            "ip": request.META.get("REMOTE_ADDR", ""),
            "client_id": request.COOKIES.get("_ga"),
            **{key: request.META.get(header, "") for header, key in HEADERS.items()},
            **self.course(request.build_absolute_uri()),
        }

    @staticmethod
    def course(url):
        """The course that stands in the address."""
        found = re.search(r"/courses/(?P<key>[^/+]+(?:/|\+)[^/+]+(?:/|\+)[^/?]+)", url)
        try:
            key = CourseKey.from_string(found["key"]) if found else None
        except InvalidKeyError:
            key = None
        return {"course_id": str(key or ""), "org_id": key.org if key else "", "enterprise_uuid": ""}
