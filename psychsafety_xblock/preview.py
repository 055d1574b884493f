"""What Studio's preview plays: the block's own agenda, and what a team that does not exist makes of it.

Nothing here is read from or written to the database. The counters are made up, but what is shown of them goes through
the same rules as a team's (`core.results`), so that an author sees what a team would see.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from . import platform_compat
from .core.activities import Cell, Definition, Kind, kind_of
from .core.errors import Refused
from .core.privacy import batch_size
from .service.clock import now
from .service.facts import minimum_of
from .session_languages import nearest
from .studio.review import sentence_with_place
from .studio.sentences import explain

#: How many people the made-up team has, unless a step needs more.
PEOPLE = 7
#: How far each of them is from what most answer; it repeats.
_AWAY = (0, -1, 1, 0, -2, 0, 1)
#: What most answer, by the item's place, as the option's place among five; it repeats.
_MOST = (3, 2, 4, 3)


def preview_data(block: Any) -> dict[str, Any]:
    """The steps with what comes of them, and the size of the team; or `problems`, why the block cannot be run."""
    try:
        definitions = block.definitions([nearest(platform_compat.language())])
    except Refused as refusal:
        return {"steps": [], "people": 0, "problems": _problems(block, refusal), "audience": block.audience}
    people = max(PEOPLE, *(minimum_of(one) + 1 for one in definitions))
    return {
        "steps": [_step(one, people) for one in definitions],
        "people": people,
        "problems": [],
        "audience": block.audience,
    }


def _problems(block: Any, refusal: Refused) -> list[str]:
    """Everything that is wrong, with the number of its step; at least what the block refused first."""
    found = block.problems_of(block.authored_fields())
    return [sentence_with_place(problem) for problem in found] or [explain(refusal)]


def _step(definition: Definition, people: int) -> dict[str, Any]:
    """One activity as it is before anything is written, and as it is once all have answered."""
    kind, minimum = kind_of(definition), minimum_of(definition)
    asked = _with_the_last_time(kind, definition, people)
    done = _written(asked)
    course = definition["audience"] == "course"
    public = kind.public(asked)
    return {
        "public": public,
        "done": kind.public(done),
        "guide": kind.guide(definition),
        "items": _items(kind, done, people, _AWAY) if kind.collects(definition) else [],
        "collects": kind.collects(definition),
        "beside": bool(definition.get("beside")),
        # What the first teams are shown of others.
        "echo": definition["echo_examples"] if public.get("share") else [],
        "needed": batch_size(minimum) if course else minimum,
    }


def _items(kind: Kind, definition: Definition, people: int, away: Sequence[int]) -> list[dict[str, Any]]:
    """What is shown of the made-up counters."""
    tally = _tally(kind.cells(definition), _turned(definition), people, away)
    minimum = minimum_of(definition)
    return kind.items(definition, tally, minimum, minimum)


def _tally(cells: list[Cell], turned: set[str], people: int, away: Sequence[int]) -> dict[Cell, int]:
    """Everybody's answer to every item, near what most answer: the same each time that an author looks."""
    options: dict[str, list[str]] = {}
    for item, option in cells:
        options.setdefault(item, []).append(option)
    tally = dict.fromkeys(cells, 0)
    for place, (item, those) in enumerate(options.items()):
        last = len(those) - 1
        middle = round(_MOST[place % len(_MOST)] * last / 4)
        if item in turned:
            middle = last - middle
        if last == 1:
            # To stand behind a sentence or not: most do, behind the later ones nearly all.
            middle = -place
        for person in range(people):
            chosen = min(last, max(0, middle + away[person % len(away)]))
            tally[item, those[chosen]] += 1
    return tally


def _turned(definition: Definition) -> set[str]:
    """Statements for which a low rating is the good one."""
    return {one["id"] for one in definition.get("statements", []) if one["reversed"]}


def _with_the_last_time(kind: Kind, definition: Definition, people: int) -> Definition:
    """With what would be found of an earlier session, where the author asks for it."""
    if definition.get("about"):
        due = (now() - datetime.timedelta(days=1)).date().isoformat()
        return {**definition, "recall": {"commitments": _sentences(), "due": due}}
    if definition.get("compare"):
        earlier = _items(kind, definition, people, [one - 1 for one in _AWAY])
        return {**definition, "before": {item["id"]: item for item in earlier}}
    return definition


def _written(definition: Definition) -> Definition:
    """With what the leader writes on behalf of the team."""
    kind = kind_of(definition)
    if not kind.leader_writes:
        return definition
    sentences = [{"id": f"c{place}", "text": text} for place, text in enumerate(_sentences(), 1)]
    due = now().date() + datetime.timedelta(days=definition.get("days", 28))
    return {**definition, "commitments": sentences, "due": due.isoformat()}


def _sentences() -> list[str]:
    return [
        _("When somebody says that they do not understand, we will thank them first."),
        _("When a plan is unclear, we will ask before we begin."),
    ]
