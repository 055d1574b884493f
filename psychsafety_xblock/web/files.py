"""What can be taken along: the tallies as CSV, the follow-up as a calendar entry."""

from __future__ import annotations

import csv
import datetime
import io
import uuid
from collections.abc import Iterable, Sequence

import icalendar
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

#: What starts a formula, in the letters of any keyboard.
_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A reply that a browser saves as a file of this name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, by which spreadsheets know the encoding.

    A cell that a spreadsheet would run as a formula is quoted with an apostrophe: titles and sentences are people's
    own words (OWASP, "CSV injection").
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULAS else cell


def follow_up_entry(title: str, day: datetime.date) -> bytes:
    """An entry for the whole day, in the active language. Calendars are shared: it does not say what was agreed on."""
    entry = icalendar.Event()
    entry.add("uid", f"{uuid.uuid4()}@psychsafety")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", day)
    entry.add("dtend", day + datetime.timedelta(days=1))
    entry.add("summary", _("Follow-up: %(title)s") % {"title": title} if title else _("Follow-up"))
    entry.add(
        "description", _("15 minutes with the team: what we agreed on, and how it goes. The course has the agenda.")
    )
    entry.add("transp", "TRANSPARENT")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//psychsafety_xblock//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
