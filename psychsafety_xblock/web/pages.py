"""The pages for guests' phones, the projector and the leader's phone: they need no LMS page around them."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from ..i18n import is_rtl, languages, messages
from ..settings import option
from .requests import language_of


def _page(request: HttpRequest, name: str) -> HttpResponse:
    # A leader who comes from the course chose a language on this site, and the browser may speak another.
    language = language_of(request, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    with translation.override(language):
        response = render(
            request,
            f"psychsafety_xblock/{name}.html",
            {
                "api": reverse("psychsafety_xblock:ping").removesuffix("ping"),
                "language": language,
                "direction": "rtl" if is_rtl(language) else "ltr",
                "languages": json.dumps([[one.code, one.name] for one in languages()], ensure_ascii=False),
                "fetch_credentials": option("FETCH_CREDENTIALS"),
                "messages": json.dumps(messages(language, name), ensure_ascii=False),
            },
        )
    response["Content-Language"] = language
    response["Content-Security-Policy"] = content_security_policy()
    # Of its own, for sites let some of their pages be framed and loosen this for all of them.
    response["X-Frame-Options"] = "DENY"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def content_security_policy() -> str:
    """No inline script, nothing from another host, except where the site serves its static files."""
    static = urlsplit(str(settings.STATIC_URL or ""))
    files = f"'self' {static.scheme or 'https'}://{static.netloc}" if static.netloc else "'self'"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {files}",
            f"style-src {files}",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            # A unit stands in a frame of another host's page, so no frame of ours could be of use to anybody.
            "frame-ancestors 'none'",
        ]
    )


@require_GET
def join(request: HttpRequest) -> HttpResponse:
    """A guest's phone."""
    return _page(request, "join")


@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """The projector."""
    return _page(request, "screen")


@require_GET
def tablet(request: HttpRequest) -> HttpResponse:
    """The device that goes round."""
    return _page(request, "tablet")


@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The leader's summary of an ended session."""
    return _page(request, "summary")


@require_GET
def insights(request: HttpRequest) -> HttpResponse:
    """The figures over all teams, for course staff."""
    return _page(request, "insights")


@require_GET
def drive(request: HttpRequest) -> HttpResponse:
    """The leader's phone."""
    return _page(request, "drive")
