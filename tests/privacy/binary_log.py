"""What MariaDB's row-based binary log tells, as `mariadb-binlog --verbose` writes it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from psychsafety_xblock.models import Ballot, Note, Tally


@dataclass
class Event:
    """One change of a row in the binary log: `values` are the columns in their order, of an update the new ones."""

    kind: str
    table: str
    values: list[str] = field(default_factory=list)


@dataclass
class Transaction:
    """What the binary log holds between two commits, and the second in which it was made."""

    second: str = ""
    events: list[Event] = field(default_factory=list)

    def inserted(self, model: type) -> list[list[str]]:
        """The rows that were inserted into a model's table."""
        table = model._meta.db_table
        return [one.values for one in self.events if one.kind == "INSERT" and one.table == table]


_AT = re.compile(r"#(\d{6} +\d+:\d\d:\d\d) server id")
_CHANGE = re.compile(r"### (INSERT INTO|UPDATE|DELETE FROM) `[^`]+`\.`([^`]+)`")
_VALUE = re.compile(r"###   @\d+=(.*)")


def transactions(told: str) -> Iterator[Transaction]:
    """What was committed, in that order."""
    current = Transaction()
    for line in told.splitlines():
        if found := _AT.match(line):
            current.second = found[1]
        elif found := _CHANGE.match(line):
            current.events.append(Event(found[1].split()[0], found[2]))
        elif line == "### SET" and current.events:
            current.events[-1].values.clear()
        elif (found := _VALUE.match(line)) and current.events:
            current.events[-1].values.append(_plain(found[1]))
        elif line.startswith("COMMIT"):
            yield current
            current = Transaction()


def _plain(value: str) -> str:
    """A value without its quotes; large numbers stand with their unsigned reading in brackets."""
    if value.startswith("'"):
        return value[1:-1].replace("\\'", "'")
    return value.split(" ")[0]


Columns = dict[type, list[str]]


def columns() -> Columns:
    """In which order the columns of our tables lie, which the log numbers only: anybody can look it up."""
    found: Columns = {}
    with connection.cursor() as cursor:
        for model in (Ballot, Note, Tally):
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
            found[model] = [column.name for column in described]
    return found


@dataclass(frozen=True)
class Answer:
    """What one transaction tells: its second, its ballot, its round, and the text or the ratings that came with it."""

    second: str
    ballot: int
    round_id: int
    text: str
    ratings: dict[str, str]


def answers_in(log: list[Transaction], named: Columns) -> list[Answer]:
    """The answers, in the order of their arrival."""

    def of(model: type, values: list[str]) -> dict[str, str]:
        return dict(zip(named[model], values, strict=True))

    counters: dict[str, dict[str, str]] = {}
    found: list[Answer] = []
    for one in log:
        for values in one.inserted(Tally):
            counters[of(Tally, values)["id"]] = of(Tally, values)
        moved = [
            counters[of(Tally, event.values)["id"]]
            for event in one.events
            if event.kind == "UPDATE" and event.table == Tally._meta.db_table
        ]
        for values in one.inserted(Ballot):
            ballot = of(Ballot, values)
            if ballot["purpose"] == Ballot.Purpose.ANSWER:
                text = "".join(of(Note, note)["text"] for note in one.inserted(Note))
                ratings = {row["item"]: row["option"] for row in moved}
                found.append(Answer(one.second, int(ballot["id"]), int(ballot["round_id"]), text, ratings))
    return found
