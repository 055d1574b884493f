"""One device goes round: as many seats as the leader says, held by one tablet. Who takes which is nowhere known."""

from __future__ import annotations

from django.db import transaction

from ..core import codes
from ..core.errors import Refused
from ..models import Round, Session, Token
from ..storage import retried
from .cache import cache, forget_state, key
from .clock import RANDOMNESS
from .door import forget_seats
from .opening import issue_token
from .seats import open_session_of
from .sweeping import locked

OFFER_SECONDS = 600
MOST_SEATS = 50


def offer_tablet(session_id: str, raw_seats: object) -> str:
    """Offer so many seats to a tablet; gives the one-time code, or "" when 0 took the tablet's seats back.

    Raises `Refused` `bad_value`, `guests_not_admitted`, `door_locked`, `not_now` while answers are collected, or
    `ended`.
    """
    if isinstance(raw_seats, bool) or not isinstance(raw_seats, int) or not 0 <= raw_seats <= MOST_SEATS:
        raise Refused("bad_value", field="seats")
    session = open_session_of(session_id)
    if not session.guests_allowed:
        raise Refused("guests_not_admitted")
    if raw_seats == 0:
        _seat(session_id, 0)
        return ""
    if session.locked:
        raise Refused("door_locked")
    _refuse_while_collecting(session)
    code = codes.new_code(RANDOMNESS)
    # What was offered before a new join code is void with it.
    cache().set(_code_key(code), (session_id, raw_seats, session.join_code), OFFER_SECONDS)
    return code


def claim_tablet(raw_code: object) -> tuple[str, list[str]]:
    """A tablet shows the code; gives session id and the tokens of its seats, which replace those of an earlier one.

    Raises `Refused` `unknown_code`, `door_locked`, `not_now` or `ended`.
    """
    code = codes.normal_code(raw_code)
    offer = cache().get(_code_key(code)) if code else None
    if offer is None:
        raise Refused("unknown_code")
    session_id, seats, join_code = offer
    tokens = _seat(session_id, seats, join_code)
    cache().delete(_code_key(code))
    return session_id, tokens


@retried
def _seat(session_id: str, seats: int, join_code: str | None = None) -> list[str]:
    with transaction.atomic():
        session = locked(session_id)
        if seats and session.join_code != join_code:
            raise Refused("unknown_code")
        if seats and session.locked:
            raise Refused("door_locked")
        _refuse_while_collecting(session)
        earlier = Token.objects.filter(session=session, tablet=True)
        digests = list(earlier.values_list("hash", flat=True))
        earlier.delete()
        tokens = [issue_token(session, Token.Role.SEAT, guest=True, tablet=True) for _ in range(seats)]
    forget_seats(digests)
    forget_state(session_id)
    return tokens


def _refuse_while_collecting(session: Session) -> None:
    """New seats beside ballots that are already cast would let somebody answer twice."""
    taps_are_over = {
        "resonance__in": [Round.Resonance.NONE, Round.Resonance.COUNTED],
        "echo__in": [Round.Echo.NONE, Round.Echo.COUNTED],
    }
    if (
        Round.objects.filter(session=session, open_slot__isnull=False)
        .exclude(phase=Round.Phase.CLOSED)
        .exclude(phase=Round.Phase.REVEALED, **taps_are_over)
        .exists()
    ):
        raise Refused("not_now")


def _code_key(code: str) -> str:
    return key("tablet-code", codes.token_hash(code))
