"""What is wrong with what an author wrote, and what is odd about it: pure functions of the fields' values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..core.activities import AUDIENCES, MOST_ACTIVITIES, Definition, asks_to_share, checked_definition, kind_of
from ..core.activities.base import check_film, number, text
from ..core.echo import ORGANISATION
from ..core.errors import Refused
from ..core.privacy import HIGHEST_MINIMUM, LOWEST_MINIMUM
from ..exercises import session_names
from .sentences import explain

LONGEST_INTRODUCTION = 20_000
LONGEST_TITLE = 120
SHORTEST_MEETING, LONGEST_MEETING = 5, 480
#: A team of this size is an ordinary one. A step that needs more is something else for most teams.
ORDINARY_TEAM = 6

Fields = Mapping[str, Any]
#: A field, or "agenda", the step's place from 0, and its field.
Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A sentence about one place in what an author wrote."""

    where: Where
    text: str


def problems_of_session(fields: Fields) -> list[Problem]:
    """Everything that keeps a team session's fields from being saved."""
    checks = _common_checks(fields)
    checks += [
        ("introduction_title", lambda: text(fields, "introduction_title", LONGEST_TITLE)),
        ("introduction_video", lambda: check_film(fields, "introduction_video")),
        ("introduction", lambda: text(fields, "introduction", LONGEST_INTRODUCTION)),
        ("planned_minutes", lambda: number(fields, "planned_minutes", 60, SHORTEST_MEETING, LONGEST_MEETING)),
        ("minimum", lambda: _minimum_or_none(fields)),
    ]
    agenda = fields.get("agenda")
    if agenda == []:
        checks.append(("ready_session", lambda: _one_of(fields, "ready_session", session_names())))
    return _failed(checks) + _problems_of_agenda(agenda)


def problems_of_wall(fields: Fields, authored: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps a wall's fields from being saved; `authored` is the activity that they make."""
    names = {"title": "display_name", "help": "help_text"}
    return _failed(_common_checks(fields)[1:]) + [
        Problem((names.get(field, field),), sentence) for field, sentence in _wrong_fields(authored)
    ]


def remarks_of_session(agenda: list[Definition], planned_minutes: int) -> list[Problem]:
    """What can be run but is odd; `agenda` as it will be run."""
    remarks = []
    total = sum(step["minutes"] for step in agenda)
    if total > planned_minutes:
        sentence = _(
            "The steps take %(total)s minutes together, and the meeting %(planned)s. Shorten or leave out some."
        )
        remarks.append(Problem(("planned_minutes",), sentence % {"total": total, "planned": planned_minutes}))
    for place, step in enumerate(agenda):
        if kind_of(step).collects(step) and step["minimum"] > ORDINARY_TEAM:
            sentence = _("Step %(n)s needs %(minimum)s answers. A team of %(team)s does something else instead.")
            numbers = {"n": place + 1, "minimum": step["minimum"], "team": ORDINARY_TEAM}
            remarks.append(Problem(("agenda", place, "minimum"), sentence % numbers))
        if not step["script"]:
            sentence = _("Step %(n)s has no words for the leader to say.") % {"n": place + 1}
            remarks.append(Problem(("agenda", place, "script"), sentence))
        remarks += [Problem(("agenda", place, field), sentence) for field, sentence in _about_sharing(step)]
    return remarks


def remarks_of_wall(definition: Definition) -> list[Problem]:
    """What can be run but is odd."""
    remarks = [Problem((field,), sentence) for field, sentence in _about_sharing(definition)]
    if definition["audience"] == "team" and definition["minimum"] > ORDINARY_TEAM:
        sentence = _("The wall needs %(minimum)s answers. A team of %(team)s never gets there.")
        numbers = {"minimum": definition["minimum"], "team": ORDINARY_TEAM}
        remarks.append(Problem(("minimum",), sentence % numbers))
    return remarks


def _about_sharing(definition: Definition) -> list[tuple[str, str]]:
    """What is odd about what other teams are shown, by field."""
    if asks_to_share(definition) and definition["echo_scope"] == ORGANISATION and not definition["exercise"]:
        sentence = _(
            "A question of your own is known in this course run only. Other runs find an exercise of the library again."
        )
        return [("echo_scope", sentence)]
    return []


def summary_of(problems: list[Problem]) -> str:
    """One sentence for all of them."""
    count = len(problems)
    return ngettext(
        "Nothing was saved: %(n)s thing needs another look.",
        "Nothing was saved: %(n)s things need another look.",
        count,
    ) % {"n": count}


def sentence_with_place(problem: Problem) -> str:
    """A problem as Studio's list on the unit's page shows it: with the number of its step."""
    if problem.where[0] == "agenda" and len(problem.where) > 1:
        return _("Step %(n)s: %(sentence)s") % {"n": int(problem.where[1]) + 1, "sentence": problem.text}
    return problem.text


Checks = list[tuple[str, Callable[[], object]]]


def _common_checks(fields: Fields) -> Checks:
    return [
        ("display_name", lambda: text({"title": fields.get("display_name")}, "title", LONGEST_TITLE)),
        ("who_may_lead", lambda: _one_of(fields, "who_may_lead", ["learner", "staff"])),
        ("guests_allowed", lambda: _is_bool(fields, "guests_allowed")),
        ("complete_after_session", lambda: _is_bool(fields, "complete_after_session")),
    ]


def _failed(checks: Checks) -> list[Problem]:
    found = []
    for name, check in checks:
        try:
            check()
        except Refused as refusal:
            found.append(Problem((name,), explain(refusal)))
    return found


def _problems_of_agenda(agenda: object) -> list[Problem]:
    if not isinstance(agenda, list) or len(agenda) > MOST_ACTIVITIES:
        return [Problem(("agenda",), explain(Refused("bad_value", field="agenda")))]
    return [
        Problem(("agenda", place, field), sentence)
        for place, step in enumerate(agenda)
        for field, sentence in _wrong_fields(step)
    ]


#: With these in place of what is wrong, the rest of an activity can be looked at.
_STAND_INS: dict[str, Any] = {"prompt": "?", "options": ["1", "2"], "statements": ["1"], "audience": AUDIENCES[0]}


def _wrong_fields(step: object) -> list[tuple[str, str]]:
    """Every field of an activity that is wrong, with its sentence: core stops at the first."""
    if not isinstance(step, Mapping):
        return [("kind", explain(Refused("bad_value", field="agenda")))]
    rest = dict(step)
    found: list[tuple[str, str]] = []
    while True:
        try:
            checked_definition(rest)
            return found
        except Refused as refusal:
            field = str(refusal.params.get("field", "kind"))
            found.append((field, explain(refusal)))
            if field == "kind":
                return found
            rest.pop(field, None)
            if field in _STAND_INS:
                rest[field] = _STAND_INS[field]


def _minimum_or_none(fields: Fields) -> None:
    if fields.get("minimum") is not None:
        number(fields, "minimum", LOWEST_MINIMUM, LOWEST_MINIMUM, HIGHEST_MINIMUM)


def _one_of(fields: Fields, field: str, values: list[str]) -> None:
    if fields.get(field) not in values:
        raise Refused("bad_value", field=field)


def _is_bool(fields: Fields, field: str) -> None:
    if not isinstance(fields.get(field), bool):
        raise Refused("bad_value", field=field)
