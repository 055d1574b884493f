"""The echo in a session: what opening it would show, the sample that a team is given, taps on it, and reports."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from ..core import codes
from ..core.activities import asks_to_share
from ..core.echo import Candidate, Held, draw, may_be_shown, told
from ..core.errors import Refused
from ..echo_taps import collecting_mark, end_echo, lay_out_echo
from ..models import EchoNote, EchoPool, EchoReport, EchoShown, EchoTap, EchoTeam, EchoVisit, Note, Round, Session
from ..sqlite_log import empty_log_afterwards
from .cache import cache, key
from .clock import RANDOMNESS
from .echo_pool import hall_mark, held_by, move, place, reader_mark, team_mark, this_month
from .near import near

_OFFER_SECONDS = 60
#: So many leaders' reports take a note out of all echoes.
_REPORTS = 2


def offer(session: Session, one: Round) -> str | None:
    """What opening the echo would show now: "pool", "examples" or None. Whoever asks moves the pool if that is due."""
    if not _opens(session, one):
        return None
    pool = _pool(session, one)
    if pool is not None:
        move(pool)
        if _sample_is_there(session, one, pool):
            return Round.EchoSource.POOL.value
    return Round.EchoSource.EXAMPLES.value if one.definition.get("echo_examples") else None


def cached_offer(session: Session, one: Round) -> str | None:
    """As `offer`, at most once a minute."""
    if not _opens(session, one):
        return None
    where = key("echo-offer", session.id, one.id)
    found: str | None = cache().get(where)
    if found is None:
        found = offer(session, one) or ""
        cache().set(where, found, _OFFER_SECONDS)
    return found or None


def _opens(session: Session, one: Round) -> bool:
    revealed = one.phase == Round.Phase.REVEALED and session.shown_round is None
    return revealed and one.echo == Round.Echo.NONE and asks_to_share(one.definition)


def _pool(session: Session, one: Round) -> EchoPool | None:
    """The pool that a round is shown the echo of. A rehearsal has none: it could look at it again and again."""
    if session.rehearsal or not session.leader_mark:
        return None
    return EchoPool.objects.filter(slot=place(session, one.activity, one.definition).slot).first()


def mark_in(session: Session, slot: str) -> str:
    """The session's team in a pool, as one that has notes there."""
    return team_mark(slot, session.leader_mark)


def _reader_in(session: Session, slot: str) -> str:
    """The session's team in a pool, as one that is shown it."""
    return reader_mark(mark_in(session, slot))


def _sample_is_there(session: Session, one: Round, pool: EchoPool) -> bool:
    """Whether the pool may be shown to this team, and there is something that it was or would be given."""
    mark = mark_in(session, pool.slot)
    if not may_be_shown(list(_others(pool, mark).values()), one.minimum):
        return False
    reader = reader_mark(mark)
    visit = EchoVisit.objects.filter(pool=pool, mark=reader).first()
    return visit is None or _shown(pool.slot, reader).exists()


def _others(pool: EchoPool, mark: str) -> dict[int, Held]:
    """What the pool holds alive of each other team, by the team's row."""
    found = EchoNote.objects.filter(pool=pool, live=True).order_by().values_list("team_id").annotate(n=Count("id"))
    teams = list(EchoTeam.objects.filter(pool=pool).order_by("id"))
    held = held_by(teams, dict(found))
    return {one.id: held[one.id] for one in teams if one.mark not in (mark, hall_mark(mark))}


def _shown(slot: str, reader: str) -> Any:
    """A team's sample, without what its leader has reported, in its order."""
    reported = EchoReport.objects.filter(mark=reader).values("note_id")
    shown = EchoShown.objects.filter(visit__pool__slot=slot, visit__mark=reader).exclude(note_id__in=reported)
    return shown.order_by("position")


def open_echo(session: Session, one: Round) -> None:
    """Open the echo of a round that `offer` something; inside the caller's transaction. Raises `Refused` `not_now`."""
    source = offer(session, one)
    if source is None:
        raise Refused("not_now")
    phase, alike = Round.Echo.COUNTED, None
    if source == Round.EchoSource.POOL:
        phase = Round.Echo.OPEN
        slot = place(session, one.activity, one.definition).slot
        pool = EchoPool.objects.select_for_update().get(slot=slot)
        mark = mark_in(session, slot)
        _visit(pool, mark)
        shown = list(_shown(slot, reader_mark(mark)).values_list("note_id", "note__text"))
        lay_out_echo(one.id, [note for note, _ in shown])
        own = list(Note.objects.filter(round=one, shown=True).order_by("id").values_list("id", "text"))
        alike = near(own, [(str(note), text) for note, text in shown])
    Round.objects.filter(id=one.id).update(echo=phase, echo_source=source, echo_near=alike)


def _visit(pool: EchoPool, mark: str) -> None:
    """Give a team its sample, once: whoever comes back is shown what it was shown."""
    visit, first = EchoVisit.objects.get_or_create(
        pool=pool, mark=reader_mark(mark), defaults={"made_on": this_month()}
    )
    if first:
        others = _others(pool, mark)
        live = EchoNote.objects.filter(pool=pool, live=True, team_id__in=list(others)).order_by("id")
        rows = live.values_list("id", "team_id")
        candidates = [Candidate(note=note, mark=others[team].mark, hall=others[team].hall) for note, team in rows]
        EchoShown.objects.bulk_create(
            EchoShown(visit=visit, note_id=note, position=place)
            for place, note in enumerate(draw(candidates, RANDOMNESS))
        )


def echo_state(session: Session, one: Round, progress: str | None) -> dict[str, Any] | None:
    """The echo of a round as all roles see it; None until the leader has opened it."""
    if one.echo == Round.Echo.NONE:
        return None
    counted = one.echo == Round.Echo.COUNTED
    if one.echo_source == Round.EchoSource.EXAMPLES:
        examples = one.definition.get("echo_examples", [])
        notes = [{"id": f"e{number}", "text": text, "people": None} for number, text in enumerate(examples)]
    else:
        slot = place(session, one.activity, one.definition).slot
        shown = _shown(slot, _reader_in(session, slot))
        notes = [
            {"id": str(note), "text": text, "people": told(people, teams) if counted else None}
            for note, text, people, teams in shown.values_list("note_id", "note__text", "note__people", "note__teams")
        ]
    hanging = {note["id"] for note in notes}
    near = {own: [note for note in others if note in hanging] for own, others in (one.echo_near or {}).items()}
    return {
        "source": one.echo_source,
        "phase": one.echo,
        "notes": notes,
        "near": {own: others for own, others in near.items() if others},
        "progress": None if counted else progress,
    }


def count_echo(session: Session, one: Round) -> None:
    """Count a team's taps, once for each of its people however often it comes; inside the caller's transaction.

    They wait until enough teams have tapped on the same note (`echo_pool.move`).
    """
    taps = end_echo(one.id)
    mark = _reader_in(session, place(session, one.activity, one.definition).slot)
    before = dict(EchoTap.objects.filter(note_id__in=list(taps), mark=mark).values_list("note_id", "people"))
    for note, people in sorted(taps.items()):
        if note in before:
            # The same people again, as far as anybody can tell: the larger number of the two.
            EchoTap.objects.filter(note_id=note, mark=mark).update(people=max(people, before[note]))
        elif people:
            EchoTap.objects.create(note_id=note, mark=mark, people=people)


def move_pool(session: Session, one: Round) -> None:
    """After a count: do the step of the day, if there is one to do."""
    pool = _pool(session, one)
    if pool is not None:
        move(pool)


def report_note(session: Session, raw_note: object) -> None:
    """The leader reports a note of the echo: this team is no longer shown it, and the second team's report deletes it.

    Inside the caller's transaction. Raises `Refused` `unknown_note`.
    """
    note = codes.parse_id(raw_note, "unknown_note")
    rounds = Round.objects.filter(session=session, echo_source=Round.EchoSource.POOL).select_related("activity")
    for one in rounds.order_by("number"):
        slot = place(session, one.activity, one.definition).slot
        mark = _reader_in(session, slot)
        if not _shown(slot, mark).filter(note_id=note).exists():
            continue
        EchoTap.objects.filter(note_id=note, mark=collecting_mark(one.id)).delete()
        # Held, so that of two reports at once the second one finds the first.
        EchoNote.objects.select_for_update().get(id=note)
        EchoReport.objects.get_or_create(note_id=note, mark=mark)
        if EchoReport.objects.filter(note_id=note).count() >= _REPORTS:
            EchoNote.objects.filter(id=note).delete()
            empty_log_afterwards()
        return
    raise Refused("unknown_note")
