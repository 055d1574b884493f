"""What may be read beside the state: the leader's guide, and the summary in its three forms."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from ..core.errors import Refused
from ..models import Session, Token
from .board import Holder
from .seats import open_session_of
from .summary import due_date, summary_of
from .team_state import guide_of

TALLY_COLUMNS = ("activity", "question", "item", "answer", "count", "total", "mean", "spread", "remark")


def guide(holder: Holder) -> dict[str, Any]:
    """What the leader says and should know, by activity. Raises `Refused` `wrong_role` or `ended`."""
    _only(holder, Token.Role.LEADER)
    open_session_of(holder.session_id)
    return guide_of(holder.session_id)


def summary(holder: Holder) -> dict[str, Any]:
    """The summary, while it is shown to all, and afterwards to whoever holds its token.

    Raises `Refused` `not_now` before it is shown.
    """
    return summary_of(_readable(holder))


def tallies(holder: Holder) -> list[tuple[object, ...]]:
    """Rows of `TALLY_COLUMNS`, the header first: what was shown of what was counted. Raises as `summary`."""
    _only(holder, Token.Role.LEADER, Token.Role.SUMMARY)
    rows: list[tuple[object, ...]] = [TALLY_COLUMNS]
    for activity in summary_of(_readable(holder))["activities"]:
        for item in activity.get("items", []):
            what = (activity["title"], activity["prompt"], _item_text(activity, item["id"]))
            rows.extend((*what, *cells) for cells in _item_rows(activity, item))
    return rows


def follow_up(holder: Holder) -> tuple[str, datetime.date]:
    """Title and date of the follow-up. Raises as `summary`, and `not_now` when no date was agreed on."""
    _only(holder, Token.Role.LEADER, Token.Role.SEAT, Token.Role.SUMMARY)
    session = _readable(holder)
    return session.title, due_date(session)


def _only(holder: Holder, *roles: str) -> None:
    if holder.role not in roles:
        raise Refused("wrong_role")


def _readable(holder: Holder) -> Session:
    if holder.role == Token.Role.SUMMARY:
        return Session.objects.get(id=holder.session_id)
    session = open_session_of(holder.session_id)
    if session.phase != Session.Phase.SUMMARY:
        raise Refused("not_now")
    return session


def _item_text(activity: dict[str, Any], item: str) -> str:
    """The statement or sentence that an item is about; the one item of a choice is its question."""
    texts = {one["id"]: one["text"] for one in [*activity.get("statements", []), *activity.get("commitments", [])]}
    return str(texts.get(item, ""))


def _item_rows(activity: dict[str, Any], item: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    options = {one["id"]: one["text"] for one in activity.get("options", [])}
    if item.get("too_few"):
        yield ("", "", "", "", "", "too few to show")
    elif "most" in item:
        yield ("; ".join(str(options.get(one, one)) for one in item["most"]), "", "", "", "", "most of us")
    else:
        for option, count in item["counts"].items():
            numbers = (count, item["total"], item.get("mean", ""), item.get("spread", ""))
            yield (options.get(option, option), *numbers, "")
