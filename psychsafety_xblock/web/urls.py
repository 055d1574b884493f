"""The live API and the pages for phones and projectors, under /psychsafety/ in the LMS."""

from __future__ import annotations

from django.urls import path

from . import insights, live, pages, public, taking_along

app_name = "psychsafety_xblock"

_SESSION = "api/sessions/<str:session_id>/"

urlpatterns = [
    path("join/", pages.join, name="join"),
    path("screen/", pages.screen, name="screen"),
    path("drive/", pages.drive, name="drive"),
    path("tablet/", pages.tablet, name="tablet"),
    path("summary/", pages.summary, name="summary"),
    path("insights/", pages.insights, name="insights"),
    path("api/ping", public.ping, name="ping"),
    path("api/try.svg", public.try_qr, name="try_qr"),
    path("api/messages", public.messages, name="messages"),
    path("api/join", public.find, name="find"),
    path("api/whoami", public.whoami, name="whoami"),
    path("api/drive", public.drive, name="take_lead"),
    path("api/tablet", public.tablet, name="take_tablet"),
    path("api/insights", insights.document, name="insight_document"),
    path("api/insights.csv", insights.table, name="insight_table"),
    path(_SESSION, live.state, name="state"),
    path(_SESSION + "seats", live.seats, name="seats"),
    path(_SESSION + "answers", live.answers, name="answers"),
    path(_SESSION + "resonance", live.resonance, name="resonance"),
    path(_SESSION + "echo", live.echo, name="echo"),
    path(_SESSION + "takedowns", live.takedowns, name="takedowns"),
    path(_SESSION + "commands", live.commands, name="commands"),
    path(_SESSION + "drive", live.drive, name="offer_lead"),
    path(_SESSION + "tablet", live.tablet, name="offer_tablet"),
    path(_SESSION + "leave", live.leave, name="leave"),
    path(_SESSION + "guide", taking_along.guide, name="guide"),
    path(_SESSION + "kept", taking_along.kept, name="kept"),
    path(_SESSION + "summary", taking_along.summary, name="session_summary"),
    path(_SESSION + "tallies.csv", taking_along.tallies, name="tallies"),
    path(_SESSION + "follow-up.ics", taking_along.follow_up, name="follow_up"),
    path(_SESSION + "qr.svg", live.qr, name="qr"),
]
