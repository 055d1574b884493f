"""Finding a session by its code, and taking a seat in it."""

from __future__ import annotations

import datetime
import hmac
import logging

from django.db import transaction

from ..core import codes
from ..core.errors import Refused
from ..logs import report
from ..models import Ballot, Round, Session, Token
from ..settings import option
from ..storage import retried
from .cache import cache, forget_holder, forget_state, key, new_pepper, pepper_of
from .clock import now
from .door import admit
from .sweeping import end_session, is_over, locked, sweep

log = logging.getLogger(__name__)


def find_session(raw_code: object) -> Session:
    """The open session with this join code, however it was typed. Raises `Refused` `unknown_code`."""
    sweep()
    code = codes.normal_code(raw_code)
    session = Session.objects.filter(join_code=code).first() if code else None
    if session is None:
        raise Refused("unknown_code")
    if is_over(session):
        end_session(session.id)
        raise Refused("unknown_code")
    return session


def find_session_for(account: str, raw_code: object) -> Session:
    """As `find_session`, for an account: wrong codes are counted by account, for its handler calls share no address.

    Raises `Refused` `unknown_code`, or `too_many_wrong_codes` after too many of them within a minute. A right code
    always works.
    """
    try:
        return find_session(raw_code)
    except Refused:
        where = key("wrong-codes", codes.slot(account))
        cache().add(where, 0, 60)
        if cache().incr(where) > option("WRONG_CODES_PER_MINUTE"):
            raise Refused("too_many_wrong_codes") from None
        raise


def open_session_of(session_id: str) -> Session:
    """A session by its id. Raises `Refused` `unknown_session` or `ended`."""
    session = Session.objects.filter(id=session_id).first()
    if session is None:
        raise Refused("unknown_session")
    if is_over(session):
        if session.phase != Session.Phase.ENDED:
            end_session(session.id)
        raise Refused("ended")
    return session


def token_row(token: str) -> Token | None:
    """The row of a token, found by the first bits of its hash and compared whole in constant time."""
    digest = codes.token_hash(token)
    row = Token.objects.filter(id=codes.key_of(digest)).first()
    return row if row is not None and hmac.compare_digest(row.hash, digest) else None


def take_guest_seat(session_id: str, raw_code: object) -> str:
    """A seat for whoever holds the code; gives its token. A guest seat is a device, not a person.

    Raises `Refused` `unknown_session`, `ended`, `unknown_code`, `guests_not_admitted` or `door_locked`.
    """
    session = open_session_of(session_id)
    if not hmac.compare_digest(codes.normal_code(raw_code), session.join_code or "-"):
        raise Refused("unknown_code")
    if not session.guests_allowed:
        raise Refused("guests_not_admitted")
    return admit(session, guest=True)


def take_account_seat(session: Session, *, account: str, held: str | None = None) -> str:
    """The one seat of an account in a session; gives its token, the same one each time (rule 4).

    A token that the browser still holds is kept. `account` goes into the derivation and nowhere else. Raises `Refused`
    `door_locked` for an account that has no seat yet; `seats_paused` when the cache lost the secret while a round
    collects: then seats are given from the next round on; `busy` while there is no cache.
    """
    row = token_row(held) if held else None
    if held and row is not None and row.session_id == session.id and row.role == Token.Role.SEAT:
        token = held
    else:
        pepper = pepper_of(session)
        if pepper is None and session.locked:
            # Nobody can tell any more who had a seat, and a new generation of seats would let everybody in.
            raise Refused("door_locked")
        if pepper is None:
            session = renew_seats(session.id, session.pepper_fingerprint)
            pepper = pepper_of(session)
        if pepper is None:
            raise Refused("busy")
        token = codes.learner_token(pepper, session.id, f"seat:{account}")
        own = Token.objects.filter(id=codes.key_of(codes.token_hash(token)))
        if own.exists():
            # Whoever left and comes back sits on the same seat.
            own.filter(left=True).update(left=False)
            forget_state(session.id)
        else:
            admit(session, token)
    if session.kind == Session.Kind.TEAM and session.open_slot == codes.slot("lead", session.course_run, account):
        # Known of the leader's account only, so that a reveal waits for one more: not which seat is the leader's.
        Session.objects.filter(id=session.id, leader_seated=False).update(leader_seated=True)
        forget_state(session.id)
    return token


@retried
def renew_seats(session_id: str, lost_fingerprint: str) -> Session:
    """Begin a new generation of seats after the cache lost the old one's secret; everybody can see that it happened.

    Held tokens stay valid, so somebody may hold two seats from here on, which the state says. Raises `Refused`
    `seats_paused` while a round of a team collects, `busy` while there is no cache, `ended` or `unknown_session`.
    """
    with transaction.atomic():
        session = locked(session_id)
        if session.pepper_fingerprint != lost_fingerprint:
            return session
        if session.kind == Session.Kind.COURSE:
            # The secret went between the look for it and this. Whoever asks again finds the next period begun.
            raise Refused("busy")
        if Round.objects.filter(session=session, phase=Round.Phase.COLLECTING).exists():
            raise Refused("seats_paused")
        seconds = (session.expires_at - now()) / datetime.timedelta(seconds=1)
        session.pepper_fingerprint = new_pepper(session.id, seconds)
        session.seat_generation += 1
        session.save(update_fields=["pepper_fingerprint", "seat_generation"])
    report(log, logging.WARNING, "seats.renewed", generation=session.seat_generation)
    forget_state(session.id)
    return session


def leave_seat(session_id: str, token: str) -> None:
    """Give a seat back. One that has an answer or a tap in what is being collected goes when that is closed.

    Otherwise its holder could take another seat and answer again, and nobody would see one seat more. Raises `Refused`
    `wrong_role` or `ended`.
    """
    open_session_of(session_id)
    row = token_row(token)
    if row is None or row.session_id != session_id or row.role != Token.Role.SEAT:
        raise Refused("wrong_role")
    rounds = Round.objects.filter(session_id=session_id, open_slot__isnull=False).values_list("id", flat=True)
    keys = [codes.ballot_key(one, purpose, token) for one in rounds for purpose in Ballot.Purpose.values]
    if Ballot.objects.filter(id__in=keys).exists():
        Token.objects.filter(id=row.id).update(left=True)
    else:
        row.delete()
    forget_holder(row.hash)
    forget_state(session_id)


def release_left_seats(session_id: str) -> None:
    """Take away the seats that were given back; inside the transaction that destroys their ballots."""
    Token.objects.filter(session_id=session_id, left=True).delete()


def admit_latecomers(session_id: str) -> None:
    """Let seats that were late count from the next round on; inside the transaction that closes or starts one."""
    Token.objects.filter(session_id=session_id, late=True).update(late=False)


def was_seated(token: str) -> bool:
    """Whether a token held a seat in a session that has ended. Raises `Refused` `not_now` or `unauthorized`."""
    row = token_row(token)
    if row is None or row.role != Token.Role.SEAT or row.session.rehearsal:
        raise Refused("unauthorized")
    session = row.session
    if not is_over(session):
        raise Refused("not_now")
    if session.phase != Session.Phase.ENDED:
        end_session(session.id)
    return True
