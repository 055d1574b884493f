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

from ..i18n import messages
from ..settings import option


def _page(request: HttpRequest, name: str) -> HttpResponse:
    language = translation.get_language() or "en"
    response = render(
        request,
        f"psychsafety_xblock/{name}.html",
        {
            "api": reverse("psychsafety_xblock:ping").removesuffix("ping"),
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "fetch_credentials": option("FETCH_CREDENTIALS"),
            "messages": json.dumps(messages(language)),
        },
    )
    response["Content-Security-Policy"] = content_security_policy()
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
            "frame-ancestors 'self'",
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
def drive(request: HttpRequest) -> HttpResponse:
    """The leader's phone."""
    return _page(request, "drive")
