"""The figures over all teams of a course run, as JSON and as CSV. docs/insights.md describes both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from .. import service
from .files import attachment, csv_of
from .requests import bearer, endpoint


@endpoint("GET")
def document(request: HttpRequest) -> HttpResponse:
    """The document of today."""
    return JsonResponse(_document(request), json_dumps_params={"ensure_ascii": False})


@endpoint("GET")
def table(request: HttpRequest) -> HttpResponse:
    """The same, as rows."""
    return attachment(csv_of(service.insight_rows(_document(request))), "text/csv; charset=utf-8", "insights.csv")


def _document(request: HttpRequest) -> dict[str, Any]:
    return service.insights(service.insight_run(bearer(request, service.LONGEST_TOKEN)))
