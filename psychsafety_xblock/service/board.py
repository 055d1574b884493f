"""What each role sees of a session, computed at most once a second and handed out from the cache.

The shared part of a state is the same for everybody of a role; what concerns one seat alone (has it answered?) is
added to a reply and never cached. A version is a digest of what the role sees, so nobody learns from it that somebody
has just answered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core import codes
from ..core.errors import Refused
from ..models import Ballot, Round, Session, Token
from .cache import FRESH_SECONDS, cache, forget_holder, holder_key, key, round_key
from .course_wall import course_state, publish_when_due
from .facts import mark_of
from .links import screen_url
from .opening import screen_token
from .retention import may_be_read
from .seats import open_session_of, token_row
from .sweeping import sweep
from .team_state import team_states

_HOLDER_SECONDS = 60
_BODY_SECONDS = 30
_BASIS_SECONDS = 5
#: A leader who has not asked for this long is not there, and phones ask less often.
LEADER_SEEN_SECONDS = 30


@dataclass(frozen=True)
class Holder:
    """Who asks: a token's role in a session. `token` is in memory only, for ballots.

    `late` may be cached from before the round that the seat came late for was closed; it never says too little.
    `at_hand` is what the cache gave along with the holder, by cache key, so that it need not be asked twice.
    """

    session_id: str
    role: str
    guest: bool
    phone: bool
    token: str
    late: bool = False
    at_hand: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def authenticate(session_id: str | None, token: str, *, answering: object = None) -> Holder:
    """The holder of a bearer token in a session, or in any session with None.

    `answering` is the round that an answer is about to go to, as the client wrote it: what is cached of it comes in the
    same round trip. Raises `Refused`: `unauthorized`, and for a session that is gone `unknown_session` or `ended`.
    """
    if session_id is None:
        # Asked once by a page that opens, and nothing follows that would notice that the session has ended.
        return _stored_holder(None, token)
    whose = holder_key(codes.token_hash(token))
    if isinstance(answering, str) and answering.isascii() and answering.isdigit():
        found = cache().get_many([whose, round_key(session_id, int(answering[:19]))])
    else:
        found = {whose: cache().get(whose)}
    cached = found.pop(whose, None)
    if cached is None or cached[0] != session_id:
        return _stored_holder(session_id, token)
    session, role, guest, phone, late = cached
    return Holder(session_id=session, role=role, guest=guest, phone=phone, token=token, late=late, at_hand=found)


def _stored_holder(session_id: str | None, token: str) -> Holder:
    row = token_row(token) if token else None
    if row is None or (session_id is not None and row.session_id != session_id):
        if session_id is not None:
            open_session_of(session_id)
        raise Refused("unauthorized")
    if row.role == Token.Role.SUMMARY:
        # It opens a session that has ended, and is never cached: the retention time ends on a day. Nobody who reads
        # after that day finds what a sweep has not come to yet.
        if not may_be_read(row.session):
            raise Refused("ended")
        return Holder(row.session_id, row.role, row.guest, row.phone, token)
    open_session_of(row.session_id)
    cache().set(holder_key(row.hash), (row.session_id, row.role, row.guest, row.phone, row.late), _HOLDER_SECONDS)
    if not Token.objects.filter(id=row.id).exists():
        # It was taken away in between, and who did that may have forgotten it before it was kept.
        forget_holder(row.hash)
        raise Refused("unauthorized")
    return Holder(row.session_id, row.role, row.guest, row.phone, token, row.late)


def unchanged(session_id: str, token: str, version: str) -> bool:
    """Whether the holder's state still is `version`, as far as the cache alone can tell: the quick path of a poll."""
    whose, now_key = holder_key(codes.token_hash(token)), key("now", session_id)
    found = cache().get_many([whose, now_key])
    cached = found.get(whose)
    if cached is None or cached[0] != session_id:
        return False
    if cached[1] == Token.Role.LEADER:
        _leader_is_there(session_id)
    return bool(found.get(now_key, {}).get(cached[1]) == version)


def _leader_is_there(session_id: str) -> None:
    cache().set(key("leader", session_id), 1, LEADER_SEEN_SECONDS)


def state_for(holder: Holder, at_least: int = 0) -> tuple[str, dict[str, Any]]:
    """The version and the state for a holder, not from before step `at_least`. Raises `Refused` `ended` or
    `unknown_session`."""
    if holder.role == Token.Role.SUMMARY:
        raise Refused("ended")
    if holder.role == Token.Role.LEADER:
        _leader_is_there(holder.session_id)
    versions = cache().get(key("now", holder.session_id)) or _same_as_before(holder.session_id)
    body = None
    if versions is not None:
        body = cache().get(key("body", holder.session_id, holder.role, versions[holder.role]))
    if versions is None or body is None:
        versions, bodies = _refresh(holder.session_id)
        body = bodies[holder.role]
    version, shared = versions[holder.role], json.loads(body)
    if shared["step"] < at_least:
        # Somebody's refresh had read before the command and was kept after it.
        versions, bodies = _refresh(holder.session_id)
        version, shared = versions[holder.role], json.loads(bodies[holder.role])
    return version, {"version": version, **shared, **_personal(holder, shared)}


def _same_as_before(session_id: str) -> dict[str, str] | None:
    """The versions of the last refresh, if one query finds that nothing has happened since; else None.

    A command, a seat or a note taken down makes the basis void at once. What remains is a count of ballots, and for a
    few seconds whatever a refresh that raced with a command may have kept.
    """
    basis = cache().get(key("basis", session_id))
    if basis is None:
        return None
    if not cache().add(key("looking", session_id), 1, FRESH_SECONDS):
        # Somebody looks at this very moment, and what they find is told from the next poll on.
        versions: dict[str, str] = basis["versions"]
        return versions
    if basis["mark"] != _mark(session_id):
        return None
    cache().set(key("now", session_id), basis["versions"], FRESH_SECONDS)
    return dict(basis["versions"])


def _mark(session_id: str) -> list[Any]:
    """What tells that a team's state is still the same: numbers of its rows, and whether its leader is there."""
    return [*mark_of(session_id), cache().get(key("leader", session_id)) is None]


def _refresh(session_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """Read the session, and cache for each role its body and, for a second, its version."""
    sweep()
    session = open_session_of(session_id)
    mark = None
    if session.kind == Session.Kind.COURSE:
        publish_when_due(session)
        states = {Token.Role.SEAT.value: course_state(session)}
    else:
        # Before the state is read: what happens in between shows as a difference the next time.
        mark = _mark(session_id)
        states = team_states(session)
    bodies = {role: json.dumps(state, ensure_ascii=False) for role, state in states.items()}
    versions = {role: hashlib.sha256(body.encode()).hexdigest()[:20] for role, body in bodies.items()}
    held = {key("body", session_id, role, versions[role]): body for role, body in bodies.items()}
    cache().set_many(held, _BODY_SECONDS)
    if mark is not None:
        cache().set(key("basis", session_id), {"mark": mark, "versions": versions}, _BASIS_SECONDS)
    cache().set(key("now", session_id), versions, FRESH_SECONDS)
    return versions, bodies


def _personal(holder: Holder, body: dict[str, Any]) -> dict[str, Any]:
    """What only this holder is told."""
    if holder.role == Token.Role.LEADER:
        # Here and not in the shared part, for what is cached holds no token, not even the screen's.
        screen = screen_token(open_session_of(holder.session_id))
        return {
            "role": holder.role,
            "device": "phone" if holder.phone else "block",
            "screen_url": screen_url(screen) if screen else None,
        }
    if holder.role != Token.Role.SEAT or body["round"] is None:
        return {"role": holder.role}
    current = body["round"]
    round_id = int(current["id"])
    marks = {purpose: codes.ballot_key(round_id, purpose, holder.token) for purpose in Ballot.Purpose.values}
    cast = set(Ballot.objects.filter(id__in=marks.values()).values_list("id", flat=True))
    own = {
        "answered": marks[Ballot.Purpose.ANSWER] in cast if current["phase"] == Round.Phase.COLLECTING else None,
        "resonated": marks[Ballot.Purpose.RESONANCE] in cast,
        "echoed": marks[Ballot.Purpose.ECHO] in cast,
        "took_down": marks[Ballot.Purpose.TAKEDOWN] in cast,
        "may_answer": current["activity"]["guests"] or not holder.guest,
    }
    return {"role": holder.role, "round": {**current, **own}}
