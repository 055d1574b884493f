"""The language of the demo's pages: one for each persona, as an account has one in the LMS; else the browser's."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from psychsafety_xblock.demo.course import AUTHOR, PERSONAS
from psychsafety_xblock.i18n import find_locale, page_language


class PersonaLanguageMiddleware:
    """`?lang=da` at a page of the course chooses; a cookie of the persona remembers. Stands after Django's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        persona = _persona(request)
        if persona is None:
            return self.get_response(request)
        cookie = f"language-{persona}"
        asked = request.GET.get("lang", "")
        if request.method == "GET" and find_locale(asked):
            to_page = redirect(request.path)
            to_page.set_cookie(cookie, page_language(asked), samesite="Lax")
            return to_page
        chosen = request.COOKIES.get(cookie, "")
        if not find_locale(chosen):
            return self.get_response(request)
        # What comes after this one has its own idea of the language, and says so in the reply.
        with translation.override(page_language(chosen)):
            response = self.get_response(request)
            response.setdefault("Content-Language", translation.get_language() or "en")
        return response


def _persona(request: HttpRequest) -> str | None:
    """Whose page this is, or whose handler is called."""
    place = re.match(r"/(course/(?P<slug>[\w-]+)|studio)/", request.path)
    slug = request.GET.get("student") if place is None else place["slug"] or AUTHOR
    return slug if slug in PERSONAS or slug == AUTHOR else None
