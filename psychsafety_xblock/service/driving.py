"""The lead moves to another device: a one-time code, confirmed on the laptop by two digits that both show.

The leader's phone or a private window of the laptop takes the controls, or a colleague takes the lead.

An offer lives in the cache for two minutes; losing it costs a second try. That a phone drives is a row: its token.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import QuerySet

from ..core import codes
from ..core.errors import Refused
from ..models import Session, Token
from .cache import cache, forget_holder, forget_state, key
from .clock import RANDOMNESS
from .opening import issue_token
from .seats import open_session_of

OFFER_SECONDS = 120


#: To whom the lead can be offered.
PHONE, WINDOW, COLLEAGUE = "offer", "window", "hand_over"
OFFERS = (PHONE, WINDOW, COLLEAGUE)


def offer_lead(session_id: str, whom: str = PHONE) -> str:
    """Offer the lead (one of `OFFERS`); gives the one-time code. An earlier offer is void. Raises `Refused` `ended`."""
    open_session_of(session_id)
    code = codes.new_code(RANDOMNESS)
    cache().set(_code_key(code), session_id, OFFER_SECONDS)
    _put(session_id, {"phase": "offered", "code": codes.token_hash(code), "whom": whom})
    return code


def claim_lead(raw_code: object) -> tuple[str, str]:
    """A phone shows the code; gives its claim (a secret) and the two digits to compare. Raises `unknown_code`."""
    code = codes.normal_code(raw_code)
    session_id = cache().get(_code_key(code)) if code else None
    offer = _get(session_id) if session_id else None
    if session_id is None or offer is None or offer.get("code") != codes.token_hash(code):
        raise Refused("unknown_code")
    cache().delete(_code_key(code))
    claim = secrets.token_urlsafe(codes.TOKEN_BYTES)
    check = f"{RANDOMNESS.randrange(10, 100)}"
    cache().set(_claim_key(claim), session_id, OFFER_SECONDS)
    # A window of the laptop itself was opened by whoever would have to confirm it.
    phase = "confirmed" if offer["whom"] == WINDOW else "claimed"
    _put(session_id, {"phase": phase, "claim": codes.token_hash(claim), "check": check, "whom": offer["whom"]})
    return claim, check


def settle_lead(session_id: str, what: str) -> None:
    """The laptop's word: "confirm" or "refuse" a claim, or "take_back" the controls.

    Raises `Refused` `bad_value`, `not_now` or `ended`.
    """
    open_session_of(session_id)
    offer = _get(session_id)
    if what == "confirm":
        if offer is None or offer["phase"] != "claimed":
            raise Refused("not_now")
        _put(session_id, {**offer, "phase": "confirmed"})
    elif what == "refuse":
        cache().delete(key("drive", session_id))
    elif what == "take_back":
        cache().delete(key("drive", session_id))
        _revoke_phones(session_id)
    else:
        raise Refused("bad_value", field="do")
    forget_state(session_id)


def collect_lead(claim: object) -> tuple[str, str] | None:
    """The phone asks whether it may drive; gives session id and token, None while nobody has confirmed.

    Raises `Refused` `unknown_code` when it was refused or took too long.
    """
    session_id = cache().get(_claim_key(claim)) if isinstance(claim, str) else None
    offer = _get(session_id) if session_id else None
    if session_id is None or offer is None or offer.get("claim") != codes.token_hash(str(claim)):
        raise Refused("unknown_code")
    if offer["phase"] != "confirmed":
        return None
    session = Session.objects.filter(id=session_id).exclude(phase=Session.Phase.ENDED).first()
    if session is None:
        raise Refused("ended")
    cache().delete_many([_claim_key(str(claim)), key("drive", session_id)])
    if offer["whom"] == COLLEAGUE:
        _revoke(Token.objects.filter(session_id=session_id, role=Token.Role.LEADER))
        # Whether the colleague has a seat is not known, so it is taken that somebody who leads knows one answer.
        Session.objects.filter(id=session_id).update(leader_seated=True)
    else:
        _revoke_phones(session_id)
    token = issue_token(session, Token.Role.LEADER, phone=True)
    forget_state(session_id)
    return session_id, token


def lead_state(session_id: str, driving: bool) -> dict[str, Any] | None:
    """What the leader's devices are told of it (docs/api.md, "drive"). `driving`: another device has the controls."""
    offer = _get(session_id)
    if offer is not None and offer["phase"] == "claimed":
        return {"phase": "claimed", "check": offer["check"]}
    if offer is not None and offer["phase"] == "offered":
        return {"phase": "offered"}
    return {"phase": "driving"} if driving else None


def _revoke_phones(session_id: str) -> None:
    _revoke(Token.objects.filter(session_id=session_id, role=Token.Role.LEADER, phone=True))


def _revoke(tokens: QuerySet[Token]) -> None:
    digests = list(tokens.values_list("hash", flat=True))
    tokens.delete()
    for digest in digests:
        forget_holder(digest)


def _get(session_id: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = cache().get(key("drive", session_id))
    return found


def _put(session_id: str, offer: dict[str, Any]) -> None:
    cache().set(key("drive", session_id), offer, OFFER_SECONDS)
    forget_state(session_id)


def _code_key(code: str) -> str:
    return key("drive-code", codes.token_hash(code))


def _claim_key(claim: object) -> str:
    return key("drive-claim", codes.token_hash(str(claim)))
