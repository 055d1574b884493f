"""What an earlier session of the same leader in this course run left for a follow-up: counts and commitments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..core.activities import ABOUT_COMMITMENTS, Definition, kind_of
from ..models import Round, Session
from ..storage import tally_of
from .retention import is_kept


def with_earlier(session: Session, definition: Definition) -> Definition:
    """The definition with what it recalls of an earlier session, frozen when its round starts.

    A choice about commitments recalls them, a pulse that compares the items of the same statements as they were shown
    then: where that group was too small, nothing is known here either.
    """
    if definition.get("about") == ABOUT_COMMITMENTS:
        return {**definition, "recall": _commitments(session)}
    if definition.get("compare"):
        return {**definition, "before": _items(session, definition)}
    return definition


def shown_items(one: Round) -> list[dict[str, Any]]:
    """The items of a revealed round as people saw them."""
    # The floor of the reveal: a leader who takes a seat later does not change what was shown.
    floor = one.floor or one.minimum
    return kind_of(one.definition).items(one.definition, tally_of(one.id), floor, one.minimum)


def _rounds(session: Session, kind: str) -> Iterator[Round]:
    """Rounds of a kind in the leader's ended sessions, the latest session first."""
    if not session.leader_mark:
        return
    sessions = Session.objects.filter(
        course_run=session.course_run, leader_mark=session.leader_mark, phase=Session.Phase.ENDED, rehearsal=False
    ).exclude(id=session.id)
    for ended in filter(is_kept, sessions.order_by("-ended_on", "id")):
        for one in Round.objects.filter(session=ended).order_by("-number"):
            if one.definition["kind"] == kind:
                yield one


def _commitments(session: Session) -> dict[str, Any] | None:
    for one in _rounds(session, "commitments"):
        if one.definition.get("commitments") and (one.answered is not None or not one.definition.get("counted", True)):
            texts = [sentence["text"] for sentence in one.definition["commitments"]]
            return {"commitments": texts, "due": one.definition["due"]}
    return None


def _items(session: Session, definition: Definition) -> dict[str, dict[str, Any]]:
    wanted = {said: one for one, all_said in _statements(definition).items() for said in all_said}
    for one in _rounds(session, "pulse"):
        if one.answered is None:
            continue
        known_as = _statements(one.definition).items()
        now_called = {then: wanted[said] for then, all_said in known_as for said in all_said if said in wanted}
        found = {
            now_called[item["id"]]: {field: value for field, value in item.items() if field != "before"}
            for item in shown_items(one)
            if item["id"] in now_called and not item.get("too_few")
        }
        if found:
            return found
    return {}


def _statements(definition: Definition) -> dict[str, list[tuple[str, bool]]]:
    """Each statement by its id, in every language that it was shown in: one of them is enough to know it again."""
    lists = [definition["statements"]]
    lists += [texts["statements"] for texts in definition.get("translations", {}).values() if "statements" in texts]
    return {
        one["id"]: [(said[place]["text"], one["reversed"]) for said in lists]
        for place, one in enumerate(definition["statements"])
    }
