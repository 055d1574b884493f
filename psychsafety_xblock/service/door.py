"""The door of a team's session: who may still take a seat, and a new code when the old one has gone too far.

A locked door admits nobody new, by code, with an account or on a tablet, the leader included: as long as it is locked,
the number of seats that everybody sees cannot grow. Whoever has a seat keeps it. There is no way to take away one seat:
a new code takes all that were given by code, together, and says nothing of whose they were (rule 10).
"""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction

from ..core import codes
from ..core.errors import Refused
from ..models import Round, Session, Token
from ..storage import SHARE_LOCK, retried
from .cache import forget_holder, forget_state
from .clock import RANDOMNESS
from .opening import CODE_TRIES, issue_token


@retried
def admit(session: Session, token: str | None = None, *, guest: bool = False) -> str:
    """Give a seat to somebody who has none yet; gives its token (a random one unless it is derived).

    A seat by code that is taken while answers are collected is late: it may answer, but those who have answered already
    did not see it, so its answer does not help to reveal theirs. An account is one person whenever it comes.

    `session` is as it was read when the code was compared. Raises `Refused` `door_locked`, or `unknown_code` when there
    has been a new code since.
    """
    with transaction.atomic():
        _hold_open(session)
        # Asked after the lock is held, by a statement of its own: a round starts before this look or after the seat.
        late = guest and Round.objects.filter(session=session, phase=Round.Phase.COLLECTING).exists()
        token = issue_token(session, Token.Role.SEAT, token, guest=guest, late=late)
    # Whoever has just sat down should find themselves counted.
    forget_state(session.id)
    return token


def _hold_open(session: Session) -> None:
    """Hold the door as it is until the caller's transaction ends; raises as `admit` does.

    Shared, for many come at once: only a command of the leader waits for them, or they for it.
    """
    table = Session._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT locked, join_code FROM {table} WHERE id = %s{SHARE_LOCK[connection.vendor]}",  # noqa: S608 - ours
            [session.id],
        )
        locked, join_code = cursor.fetchone() or (False, "")
    if join_code != session.join_code:
        raise Refused("unknown_code")
    if locked:
        raise Refused("door_locked")


def gather_anew(session: Session) -> list[str]:
    """Take away all seats that were given by code, and make a new code; inside the caller's transaction.

    The door is open again and the session back in its lobby. Gives the hashes of the tokens, which are to be forgotten
    after the commit. Raises `Refused` `busy` when no code was free.
    """
    seats = Token.objects.filter(session=session, role=Token.Role.SEAT, guest=True)
    digests = list(seats.values_list("hash", flat=True))
    seats.delete()
    session.locked = False
    session.phase = Session.Phase.LOBBY
    for _ in range(CODE_TRIES):
        session.join_code = codes.new_code(RANDOMNESS)
        try:
            with transaction.atomic():
                session.save(update_fields=["join_code", "locked", "phase"])
            return digests
        except IntegrityError:
            continue
    raise Refused("busy")


def forget_seats(digests: list[str]) -> None:
    """After the commit: what is cached of these tokens no longer holds."""
    for digest in digests:
        forget_holder(digest)
