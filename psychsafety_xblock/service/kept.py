"""What is kept: the rows of one session, as they are in the database, for those who have a seat in it.

Rows are read from the models' own fields, so that a column that is added later is shown without a line here. Of answers
nothing is told that a seat's state does not tell at the same moment; what is withheld is named, with a reason. Nothing
here differs by what others have answered: not a row, not a number, not a reason (rules 5 and 6).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from ..core import codes
from ..core.activities import kind_of
from ..core.errors import Refused
from ..models import Activity, Ballot, Note, Round, Session, Tally, Token
from ..settings import option
from .board import Holder
from .course_wall import course_state, publish_when_due
from .seats import open_session_of
from .team_state import team_states

#: Columns that nobody is shown, with the reason. All others are shown, in whole or as far as a row allows.
WITHHELD: Mapping[type[models.Model], Mapping[str, str]] = {
    # A new code is made to keep somebody out, and it stands on the screen anyway.
    Session: {"open_slot": "leader", "leader_mark": "leader", "team": "team", "join_code": "code"},
    # With it, passes could be counted exactly.
    Round: {"answered": "number"},
    # Whoever knows who shares and who does not could tell notes apart.
    Note: {"share": "share"},
}
#: What an author wrote and is no secret, beside what every seat is shown. What is neither is for the leader alone, or
#: comes from an earlier session.
_OPEN_KEYS = {
    "about",
    "audience",
    "beside",
    "compare",
    "counted",
    "echo",
    "echo_scope",
    "exercise",
    "guests",
    "minimum",
    "paper",
}
#: What the agenda tells of an activity that has not begun.
_AGENDA_KEYS = {"kind", "title", "minutes"}

#: What is shown of a row, and which of its columns are withheld for which reason.
Row = tuple[dict[str, Any], dict[str, str]]


@dataclass
class _Shown:
    """What a seat's state tells of answers at this moment."""

    #: The taps of each note that hangs, None where they are not told.
    notes: dict[int, int | None] = field(default_factory=dict)
    #: Rounds whose results are shown, and which of their items are told in numbers.
    rounds: set[int] = field(default_factory=set)
    counted: set[tuple[int, str]] = field(default_factory=set)


def kept(holder: Holder) -> dict[str, Any]:
    """The tables of the holder's session (docs/api.md, section 10); the same for the leader as for a seat.

    Raises `Refused` `wrong_role` (a screen is nobody's), `ended` or `unknown_session`.
    """
    if holder.role not in (Token.Role.SEAT, Token.Role.LEADER):
        raise Refused("wrong_role")
    session = open_session_of(holder.session_id)
    # First: what is revealed a moment later is then a row too many to show, never one that nobody was shown.
    shown = _shown(session)
    rounds = list(Round.objects.filter(session=session).order_by("number"))
    begun = {one.activity_id for one in rounds}
    phases = {one.id: one.phase for one in rounds}
    own_seat = Token.objects.filter(id=codes.key_of(codes.token_hash(holder.token)))
    hanging = Note.objects.filter(round__in=rounds, shown=True).order_by("id")
    counters = Tally.objects.filter(round__in=rounds).order_by("round_id", "item", "option")
    agenda = Activity.objects.filter(session=session).order_by("position")
    team = session.kind == Session.Kind.TEAM
    return {
        "retention_days": option("RETENTION_DAYS") if team else None,
        "tables": [
            _table(Token, (_row(one) for one in own_seat), others="seats"),
            _table(Ballot, (_row(one) for one in _own_ballots(rounds, holder.token)), others="ballots"),
            _table(Note, (_note(one, shown) for one in hanging), others="unrevealed"),
            _table(Tally, (_tally(one, shown, phases) for one in counters)),
            # Read anew: the session may have moved on while its state was made.
            _table(Session, (_row(one) for one in Session.objects.filter(id=session.id))),
            _table(Round, (_authored(one) for one in rounds)),
            _table(Activity, (_authored(one, begun=one.id in begun) for one in agenda)),
        ],
    }


def _shown(session: Session) -> _Shown:
    if session.kind == Session.Kind.COURSE:
        publish_when_due(session)
        state = course_state(session)
    else:
        state = team_states(session)[Token.Role.SEAT.value]
    found = _Shown()
    # On a course-wide wall the notes of all its periods hang in the one round that is told.
    for current in (state["round"], state["beside"]):
        if current is None or current["results"] is None:
            continue
        round_id = int(current["id"])
        found.rounds.add(round_id)
        found.notes |= {int(note["id"]): note["resonance"] for note in current["results"]["notes"]}
        items = current["results"].get("items", [])
        found.counted |= {(round_id, item["id"]) for item in items if "counts" in item}
    return found


def _own_ballots(rounds: Iterable[Round], token: str) -> models.QuerySet[Ballot]:
    """The marks of this token: computed from it, so that nobody's else are looked at."""
    keys = [codes.ballot_key(one.id, purpose, token) for one in rounds for purpose in Ballot.Purpose.values]
    return Ballot.objects.filter(id__in=keys).order_by("id")


def _table(model: type[models.Model], rows: Iterable[Row], *, others: str = "") -> dict[str, Any]:
    """A table in the reply; `others`: why it may hold rows that are not told, and how many."""
    shown: list[dict[str, Any]] = []
    reasons: dict[tuple[str, str], None] = {}
    for values, hidden in rows:
        shown.append(values)
        reasons.update(dict.fromkeys(hidden.items()))
    withheld: list[dict[str, Any]] = [{"column": column, "reason": reason} for column, reason in reasons]
    if others:
        withheld.append({"column": None, "reason": others})
    columns = [one.column for one in model._meta.concrete_fields]
    return {"name": model._meta.db_table, "columns": columns, "rows": shown, "withheld": withheld}


def _row(row: models.Model, hidden: Mapping[str, str] | None = None) -> Row:
    """A row by the real names of its columns, without those that are `hidden` or never told."""
    left_out = {**WITHHELD.get(type(row), {}), **(hidden or {})}
    fields = [one for one in row._meta.concrete_fields if one.column not in left_out]
    return {str(one.column): _plain(one, getattr(row, one.attname)) for one in fields}, left_out


def _plain(column: models.Field[Any, Any], value: Any) -> Any:
    """A value as JSON can hold it; what may be longer than a browser's numbers as a string, as all ids of the API."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(column, models.BigIntegerField | models.ForeignKey) and value is not None:
        return str(value)
    return value


def _note(note: Note, shown: _Shown) -> Row:
    if note.id not in shown.notes:
        return _row(note, {"text": "earlier", "resonance": "earlier"})
    return _row(note, {} if shown.notes[note.id] is not None else {"resonance": "taps"})


def _tally(tally: Tally, shown: _Shown, phases: Mapping[int, str]) -> Row:
    if (tally.round_id, tally.item) in shown.counted:
        return _row(tally)
    if tally.round_id in shown.rounds:
        return _row(tally, {"n": "floor"})
    open_yet = phases[tally.round_id] in (Round.Phase.COLLECTING, Round.Phase.SEALED)
    return _row(tally, {"n": "unrevealed" if open_yet else "earlier"})


def _authored(row: Activity | Round, *, begun: bool = True) -> Row:
    """A row with what its author wrote, as far as all may read it now."""
    values, hidden = _row(row)
    written = row.definition
    public = {*kind_of(written).public(written), *_OPEN_KEYS} if begun else _AGENDA_KEYS
    values["definition"] = {key: value for key, value in written.items() if key in public}
    if len(values["definition"]) < len(written):
        hidden["definition"] = "guide" if begun else "later"
    return values, hidden
