"""The figures over all teams of a course run: one frozen snapshot a day behind page, CSV, JSON and command."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction

from ..core.errors import Refused
from ..core.insights import (
    EXACT_FROM,
    FEWEST_TEAMS,
    MOST_NOTES,
    NOTE_PEOPLE,
    NOTE_TEAMS,
    Told,
    choice_told,
    sessions_told,
    shown_people,
    statement_told,
    stepped,
)
from ..models import EchoNote, EchoPool, InsightSnapshot, Session
from ..storage import retried
from .clock import now
from .insight_facts import facts_of

#: Of the document; docs/insights.md describes it.
FORMAT = 1
_SALT = "psychsafety insights"
_TOKEN_SECONDS = 3600
#: A token holds a course run, which may be long.
LONGEST_TOKEN = 600


def insight_token(course_run: str) -> str:
    """What opens the figures of a course run for an hour. It says nothing of who asked for it."""
    return signing.dumps(course_run, salt=_SALT, compress=True)


def insight_run(token: str) -> str:
    """The course run that a token opens. Raises `Refused` `unauthorized`."""
    try:
        return str(signing.loads(token, salt=_SALT, max_age=_TOKEN_SECONDS))
    except signing.BadSignature:
        raise Refused("unauthorized") from None


def has_sessions(course_run: str) -> bool:
    """Whether anything of a course run is there to be counted, or was."""
    return (
        Session.objects.filter(course_run=course_run).exists()
        or InsightSnapshot.objects.filter(course_run=course_run).exists()
    )


@retried
def insights(course_run: str) -> dict[str, Any]:
    """The document of today: whoever asks first on a day makes it, and it stays until the next day (rule 6).

    Best outside a transaction: only there it is tried again, when several who ask first stood in each other's way.
    Raises `Refused` `busy`.

    A note's text is read from its pool each time, so that one that was taken out of the echo, or deleted, is gone from
    here at once and lies in no second place.
    """
    document = _frozen(course_run)
    shown = {one["note"]: one["people"] for one in document["notes"]}
    texts = EchoNote.objects.filter(id__in=[int(note) for note in shown], live=True).values_list("id", "text")
    found = {str(note): text for note, text in texts}
    notes = [{"text": found[note], "people": people} for note, people in shown.items() if note in found]
    return {**document, "notes": notes}


def _frozen(course_run: str) -> dict[str, Any]:
    today = now().date()
    earlier = InsightSnapshot.objects.filter(course_run=course_run).first()
    if earlier is not None and earlier.made_on >= today:
        return dict(earlier.document)
    document, steps = _made(course_run, today, earlier.steps if earlier else {})
    if _put(course_run, today, earlier, document, steps):
        return document
    # Somebody else asked at the same time and was first: theirs is today's. A read that locks also finds it inside a
    # transaction that began before.
    with transaction.atomic():
        return dict(InsightSnapshot.objects.select_for_update().get(course_run=course_run).document)


def _put(
    course_run: str,
    today: datetime.date,
    earlier: InsightSnapshot | None,
    document: dict[str, Any],
    steps: dict[str, Any],
) -> bool:
    """Store today's snapshot unless another one was stored since `earlier` was read. Gives whether it was."""
    if earlier is not None:
        same = InsightSnapshot.objects.filter(id=earlier.id, made_on=earlier.made_on)
        return bool(same.update(made_on=today, document=document, steps=steps))
    try:
        with transaction.atomic():
            InsightSnapshot.objects.create(course_run=course_run, made_on=today, document=document, steps=steps)
    except IntegrityError:
        return False
    return True


def _made(course_run: str, today: datetime.date, steps: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a day, and what the next one must know of it. Today's sessions wait until the day is over."""
    until = today - datetime.timedelta(days=1)
    facts = facts_of(course_run, until)
    cells = {name: Told.read(stored) for name, stored in steps.get("cells", {}).items()}
    taken = {name: datetime.date.fromisoformat(day) for name, day in steps.get("taken", {}).items()}
    cells, taken = stepped(cells, facts.parts, taken, until)
    questions = {**steps.get("questions", {}), **{one.name: one.stored() for one in facts.questions.values()}}
    document = {
        "format": FORMAT,
        "course_run": course_run,
        "made_on": today.isoformat(),
        "until": until.isoformat(),
        "fewest_teams": FEWEST_TEAMS,
        "sessions": sessions_told(cells),
        **_questions_told(questions, cells),
        "notes": _notes(course_run),
    }
    told = {name for name in questions if any(cell.split("|")[1] == name for cell in cells)}
    return document, {
        "cells": {name: cell.stored() for name, cell in cells.items()},
        "taken": {name: day.isoformat() for name, day in taken.items()},
        "questions": {name: questions[name] for name in sorted(told)},
    }


def _questions_told(questions: Mapping[str, Any], cells: Mapping[str, Told]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"statements": [], "choices": [], "commitments": []}
    # Those of the library by exercise, then the authors' own.
    for question in sorted(questions.values(), key=lambda one: (not one["place"][0], *one["place"], one["text"])):
        about = {"text": question["text"], "texts": question["texts"]}
        if question["kind"] == "statement":
            told = statement_told(question["name"], cells)
            if told is not None:
                found["statements"].append({**about, "reversed": question["reversed"], **told})
            continue
        told = choice_told(question["name"], [one["id"] for one in question["options"]], cells)
        if told is not None:
            options = [
                {"text": one["text"], "texts": one["texts"], "count": told["counts"][one["id"]]}
                for one in question["options"]
            ]
            part = "commitments" if question["kind"] == "commitments" else "choices"
            found[part].append({**about, "options": options, "total": told["total"]})
    return found


def _notes(course_run: str) -> list[dict[str, Any]]:
    """The notes of the run's own pools that most people could have written; by their ids below ten, in no other order.

    Which of those below ten are among so many follows from their ids too: else the last one would say how many at most
    the others have.
    """
    told = EchoNote.objects.filter(live=True, teams__gte=NOTE_TEAMS)
    columns = ("people", "id", "teams")
    exact: list[tuple[int, int, int]] = []
    # One pool at a time is read along its index, however many notes it holds.
    for pool in EchoPool.objects.filter(scope=course_run).values_list("id", flat=True).order_by("id"):
        most = told.filter(pool=pool, people__gte=EXACT_FROM).order_by("-people", "-id")
        exact += most.values_list(*columns)[:MOST_NOTES]
    found = sorted(exact, reverse=True)[:MOST_NOTES]
    if len(found) < MOST_NOTES:
        fewer = told.filter(pool__scope=course_run, people__gte=NOTE_PEOPLE, people__lt=EXACT_FROM).order_by("id")
        found += fewer.values_list(*columns)[: MOST_NOTES - len(found)]
    return [{"note": str(note), "people": shown_people(people, teams)} for people, note, teams in found]


#: What a row of the CSV says. Names are the same in every language: programs read them.
COLUMNS = ("part", "month", "question", "answer", "count", "people", "teams", "mean", "remark")
_TOO_FEW = "too few to tell"


def insight_rows(document: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """Rows of `COLUMNS`, the header first: what the document says, and nothing else."""
    return [COLUMNS, *_session_rows(document["sessions"]), *_question_rows(document), *_note_rows(document["notes"])]


def _session_rows(sessions: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    for month in sessions["months"]:
        for outcome in ("completed", "abandoned", "unknown"):
            cell = month[outcome]
            if cell:
                yield ("sessions", month["month"], "", outcome, cell["sessions"], cell["people"], "", "", "")


def _question_rows(document: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    for one in document["statements"]:
        for rating, count in one["counts"].items():
            yield ("statements", "", one["text"], rating, *_count(count))
        yield ("statements", "", one["text"], "all", one["total"], "", "", one["mean"], "")
        if one["change"]:
            for direction in ("higher", "same", "lower"):
                teams = one["change"][direction]
                remark = "" if teams else _TOO_FEW
                yield ("changes", "", one["text"], direction, "", "", teams or "", "", remark)
            yield ("changes", "", one["text"], "all", "", "", "", one["change"]["mean"], "")
    for part in ("choices", "commitments"):
        for one in document[part]:
            for option in one["options"]:
                yield (part, "", one["text"], option["text"], *_count(option["count"]))


def _count(count: int | None) -> tuple[object, ...]:
    return ("", "", "", "", _TOO_FEW) if count is None else (count, "", "", "", "")


def _note_rows(notes: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    for note in notes:
        people = note["people"]
        remark = "" if people["exact"] else "at least"
        yield ("notes", "", "", note["text"], "", people["people"], people["teams"], "", remark)
