"""When an account is retired: what could be led back to it is found by computing it again, for nothing names it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings

from ..core import codes
from ..logs import report
from ..models import Session, Token
from .cache import cache, forget_holder, forget_state, key, pepper_of
from .echo_retention import forget_leader
from .opening import leader_mark
from .sweeping import end_session

log = logging.getLogger(__name__)


def forget_account(account: str) -> dict[str, int]:
    """Forget an account in all course runs; gives how many of each kind were found.

    Sessions that it leads, open ones and rehearsals, end. The mark by which it finds those that it led goes, also one
    that was made with a key in `SECRET_KEY_FALLBACKS`, and with it those of its team in the echo. A seat that it holds
    in a session that is open goes; an answer given from there counts on, since nothing tells which it was.
    """
    runs = list(Session.objects.order_by().values_list("course_run", flat=True).distinct())
    slots = [codes.slot(role, run, account) for run in runs for role in ("lead", "rehearse")]
    led = list(Session.objects.filter(open_slot__in=slots).values_list("id", flat=True))
    for session_id in led:
        end_session(session_id)
    keys = [None, *getattr(settings, "SECRET_KEY_FALLBACKS", [])]
    marks_in = {run: [leader_mark(run, account, secret) for secret in keys] for run in runs}
    marks = [mark for of_run in marks_in.values() for mark in of_run]
    found = Session.objects.filter(leader_mark__in=marks)
    marked = list(found.values_list("id", flat=True))
    # What opens the summary was for the leader alone.
    Token.objects.filter(session__in=marked, role=Token.Role.SUMMARY).delete()
    found.update(leader_mark="")
    pools = forget_leader(marks_in, keys)
    seats = _give_back_seats(account, Session.objects.exclude(phase=Session.Phase.ENDED))
    cache().delete(key("wrong-codes", codes.slot(account)))
    report(log, logging.INFO, "account.forgotten", ended=len(led), marks=len(marked), pools=pools, seats=seats)
    return {"open sessions ended": len(led), "leader's marks": len(marked), "echoes": pools, "seats": seats}


def _give_back_seats(account: str, sessions: Iterable[Session]) -> int:
    gone = 0
    for session in sessions:
        pepper = pepper_of(session)
        if pepper is None:
            # Without the secret nobody can tell any more whose seat is whose, we neither.
            continue
        digest = codes.token_hash(codes.learner_token(pepper, session.id, f"seat:{account}"))
        deleted, _ = Token.objects.filter(id=codes.key_of(digest), hash=digest).delete()
        if deleted:
            gone += 1
            forget_holder(digest)
            forget_state(session.id)
    return gone
