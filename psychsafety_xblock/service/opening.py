"""Opening a session and attaching what a block's author wrote."""

from __future__ import annotations

import datetime
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from ..core import codes
from ..core.activities import Definition
from ..core.errors import Refused
from ..logs import report
from ..models import Activity, Session, Token, random_hex
from ..settings import option
from ..storage import retried
from .cache import forget_state, new_pepper, pepper_of
from .clock import RANDOMNESS, now
from .sweeping import end_session, is_over, sweep

log = logging.getLogger(__name__)

CODE_TRIES = 5
#: Enough for any minimum that an author is likely to set, and for a wall worth looking at.
_PRETEND_SEATS = 6
#: A pretend team answers for a whole hall too; the leader's own seat may make it one more.
_PRETEND_MINIMUM = _PRETEND_SEATS - 1
_REHEARSAL_HOURS = 2


@dataclass(frozen=True, kw_only=True)
class Source:
    """The block that asks: its course run, its usage key, and the opaque id that its browser views know it by."""

    course_run: str
    usage_key: str
    block: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a leader gets. Tokens are known to the caller only; the database holds their hashes."""

    session_id: str
    join_code: str
    token: str
    screen_token: str
    attached: list[str] = field(default_factory=list)
    #: The seats of a rehearsal's pretend team.
    pretend: list[str] = field(default_factory=list)


def open_session(
    *,
    source: Source,
    leader: str,
    definitions: Sequence[Definition],
    title: str,
    languages: Sequence[str],
    guests_allowed: bool,
    fresh: bool = False,
) -> Opened:
    """Lead a session in this course run, the one that is open or a new one, and attach a block's activities to it.

    `leader` identifies the account; it is stored only as a hash, and only while the session is open. `definitions` are
    checked by core. `languages` are one or two, the main one first; a session that is open keeps its own
    (`languages_of_open`). With `fresh`, a session that is open is ended first.
    """
    sweep()
    slot = codes.slot("lead", source.course_run, leader)
    session = _open_one(slot)
    if session is not None and fresh:
        end_session(session.id)
        session = None
    if session is None:
        session = _create(slot, source, leader, title=title, languages=languages, guests_allowed=guests_allowed)
    attached = attach(session, source, definitions, guests_allowed=guests_allowed)
    return _opened(session, attached)


def open_rehearsal(
    *, source: Source, leader: str, definitions: Sequence[Definition], title: str, languages: Sequence[str]
) -> Opened:
    """A session with a pretend team that nobody can join: a session of its own beside the leader's real one.

    An earlier rehearsal of this leader is deleted. Raises `Refused` `busy`.
    """
    sweep()
    slot = codes.slot("rehearse", source.course_run, leader)
    earlier = Session.objects.filter(open_slot=slot).first()
    if earlier is not None:
        end_session(earlier.id)
    session = Session(
        kind=Session.Kind.TEAM,
        course_run=source.course_run,
        title=title,
        **_columns(languages),
        open_slot=slot,
        guests_allowed=False,
        rehearsal=True,
        expires_at=now() + datetime.timedelta(hours=min(_REHEARSAL_HOURS, option("SESSION_HOURS"))),
    )
    session.pepper_fingerprint = new_pepper(session.id, _REHEARSAL_HOURS * 3600)
    if not _insert_if_free(session):
        raise Refused("busy")
    within_reach = [{**one, "minimum": min(one["minimum"], _PRETEND_MINIMUM)} for one in definitions]
    attached = attach(session, source, within_reach, guests_allowed=True)
    pretend = [issue_token(session, Token.Role.SEAT) for _ in range(_PRETEND_SEATS)]
    return replace(_opened(session, attached), pretend=pretend)


def current_session(*, course_run: str, leader: str) -> Opened | None:
    """The open session that this account leads in the course run, with a new leader token; None if there is none."""
    session = _open_one(codes.slot("lead", course_run, leader))
    return None if session is None else _opened(session, [])


def _open_one(slot: str) -> Session | None:
    session = Session.objects.filter(open_slot=slot).first()
    if session is not None and is_over(session):
        end_session(session.id)
        return None
    return session


def languages_of_open(*, course_run: str, leader: str) -> list[str] | None:
    """The languages of the open session that this account leads in the course run; None if there is none."""
    session = _open_one(codes.slot("lead", course_run, leader))
    return None if session is None else session.languages


def _columns(languages: Sequence[str]) -> dict[str, str]:
    return {"language": languages[0], "second_language": languages[1] if len(languages) > 1 else ""}


def _create(
    slot: str, source: Source, leader: str, *, title: str, languages: Sequence[str], guests_allowed: bool
) -> Session:
    seconds = option("SESSION_HOURS") * 3600
    mark = leader_mark(source.course_run, leader)
    for _ in range(CODE_TRIES):
        session = Session(
            kind=Session.Kind.TEAM,
            course_run=source.course_run,
            title=title,
            **_columns(languages),
            open_slot=slot,
            leader_mark=mark,
            team=_team_of(source.course_run, mark),
            join_code=codes.new_code(RANDOMNESS),
            guests_allowed=guests_allowed,
            expires_at=now() + datetime.timedelta(seconds=seconds),
        )
        session.pepper_fingerprint = new_pepper(session.id, seconds)
        if _insert_if_free(session):
            report(log, logging.INFO, "session.opened", kind=session.kind, guests=session.guests_allowed)
            return session
        # Somebody opened at the same moment (then theirs is ours too), or the code is taken (then another one).
        existing = _open_one(slot)
        if existing is not None:
            return existing
    raise Refused("busy")


def _team_of(course_run: str, mark: str) -> str:
    """The mark of the team that this leader's earlier sessions were of, if one of them is still known; else a new one.

    A random one, so that it says nothing once nobody can tell any more who led.
    """
    earlier = Session.objects.filter(course_run=course_run, leader_mark=mark).exclude(team="")
    return earlier.order_by("ended_on", "id").values_list("team", flat=True).first() or random_hex()


@retried
def _insert_if_free(session: Session) -> bool:
    """Store a new session; gives False when its slot or its code is taken.

    Those who insert the same slot at once wait for each other, and InnoDB may call that a deadlock.
    """
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@retried
def attach(session: Session, source: Source, definitions: Sequence[Definition], *, guests_allowed: bool) -> list[str]:
    """Copy a block's activities into a session; again with the same block renews the copy. Gives their ids.

    A round that runs has its own frozen copy and does not change. Raises `Refused` `ended`.
    """
    with transaction.atomic():
        # The session's row is the queue in which blocks stand to get their place in the agenda.
        held = Session.objects.select_for_update().get(id=session.id)
        if held.phase == Session.Phase.ENDED:
            raise Refused("ended")
        last = Activity.objects.filter(session=held).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        ids = []
        for index, definition in enumerate(definitions):
            activity, created = Activity.objects.get_or_create(
                session=held,
                usage_key=source.usage_key,
                index=index,
                defaults={
                    "position": position,
                    "block": source.block,
                    "definition": {**definition, "guests": guests_allowed},
                },
            )
            if created:
                position += 1
            elif activity.definition != {**definition, "guests": guests_allowed}:
                activity.definition = {**definition, "guests": guests_allowed}
                activity.save(update_fields=["definition"])
            ids.append(str(activity.id))
    forget_state(session.id)
    return ids


@retried
def issue_token(
    session: Session,
    role: str,
    token: str | None = None,
    *,
    guest: bool = False,
    phone: bool = False,
    tablet: bool = False,
    late: bool = False,
) -> str:
    """Give out a token (a random one unless it is derived) and store its hash; the same token twice is one row."""
    token = token or secrets.token_urlsafe(codes.TOKEN_BYTES)
    digest = codes.token_hash(token)
    marks = {"guest": guest, "phone": phone, "tablet": tablet, "late": late}
    Token.objects.get_or_create(
        id=codes.key_of(digest), defaults={"session": session, "hash": digest, "role": role, **marks}
    )
    return token


def leader_mark(course_run: str, leader: str, secret: str | None = None) -> str:
    """What finds a leader's sessions again: a hash that nobody can try out without the site's secret key.

    `secret`: a former key, instead of the one that holds.
    """
    return salted_hmac("psychsafety leader", f"{course_run}\x1f{leader}", secret, algorithm="sha256").hexdigest()


def screen_token(session: Session) -> str | None:
    """The token of the session's big screen, always the same; None when the cache has lost what it is derived from."""
    pepper = pepper_of(session)
    if pepper is None:
        return None
    return issue_token(session, Token.Role.SCREEN, codes.learner_token(pepper, session.id, "screen"))


def _opened(session: Session, attached: list[str]) -> Opened:
    return Opened(
        session_id=session.id,
        join_code=session.join_code or "",
        token=issue_token(session, Token.Role.LEADER),
        # Without the derived one a random one will do, for a screen is nobody's.
        screen_token=screen_token(session) or issue_token(session, Token.Role.SCREEN),
        attached=attached,
    )
