"""The live API's replies that are read beside the state: guide, rows, summary, tallies, calendar entry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from .. import service
from .files import attachment, csv_of, follow_up_entry
from .requests import bearer, endpoint, language_of


@endpoint("GET")
def guide(request: HttpRequest, session_id: str) -> HttpResponse:
    """What the leader says and should know."""
    return JsonResponse({"activities": service.guide(service.authenticate(session_id, bearer(request)))})


@endpoint("GET")
def kept(request: HttpRequest, session_id: str) -> HttpResponse:
    """The rows of the session in the database."""
    return JsonResponse(service.kept(service.authenticate(session_id, bearer(request))))


@endpoint("GET")
def summary(request: HttpRequest, session_id: str) -> HttpResponse:
    """What was done, and what everybody saw of it."""
    return JsonResponse({"summary": service.summary(service.authenticate(session_id, bearer(request)))})


@endpoint("GET")
def tallies(request: HttpRequest, session_id: str) -> HttpResponse:
    """The tallies that were shown."""
    rows = service.tallies(service.authenticate(session_id, bearer(request)))
    return attachment(csv_of(rows), "text/csv; charset=utf-8", "tallies.csv")


@endpoint("GET")
def follow_up(request: HttpRequest, session_id: str) -> HttpResponse:
    """A calendar entry for the follow-up."""
    title, day = service.follow_up(service.authenticate(session_id, bearer(request)))
    with translation.override(language_of(request)):
        entry = follow_up_entry(title, day)
    return attachment(entry, "text/calendar; charset=utf-8", "follow-up.ics")
