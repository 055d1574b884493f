"""Until when the echo is kept, and how it goes: by age, with its course run or block, and when a leader is retired."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from ..core.echo import ORGANISATION, place_of
from ..models import EchoNote, EchoPool, EchoReport, EchoTap, EchoTeam, EchoVisit
from ..settings import option
from ..sqlite_log import empty_log_afterwards
from ..storage import retried
from .clock import RANDOMNESS, now
from .echo_pool import hall_mark, reader_mark, team_mark

_AT_ONCE = 500
_LONGEST_MONTH = 31


def _last_day(days: int | None) -> datetime.date:
    """What is of this day or before it is over its time."""
    return now().date() - datetime.timedelta(days=int(option("ECHO_DAYS")) if days is None else days)


def notes_over(days: int | None = None) -> QuerySet[EchoNote]:
    """Notes whose time in a pool is over; `days` instead of the site's setting.

    Those of one step go together, as they came. Of those that wait nothing tells a day but the pool.
    """
    last = _last_day(days)
    return EchoNote.objects.filter(Q(live_on__lte=last) | Q(live=False, pool__waiting_since__lte=last))


def visits_over(days: int | None = None) -> QuerySet[EchoVisit]:
    """Samples so old that none of their notes is there any more: their team is given another one."""
    # Of a sample only the month is known, and notes that it holds may have come alive on its last day.
    month = datetime.timedelta(days=0 if days == 0 else _LONGEST_MONTH)
    return EchoVisit.objects.filter(made_on__lte=_last_day(days) - month)


def let_echo_go(days: int | None = None, *, whole: bool = False) -> None:
    """Delete what the time is over for: some of it, whenever a request sweeps, and the `whole` of it by a command."""
    while _some_notes(days) and whole:
        continue
    while _some_visits(days) and whole:
        continue
    idle = EchoPool.objects.filter(waiting_since__lte=_last_day(days)).exclude(notes__live=False)
    EchoPool.objects.filter(id__in=list(idle.values_list("id", flat=True))).update(waiting_since=None)


@retried
def _some_notes(days: int | None) -> bool:
    """Delete some notes that are over their time; gives whether there were any."""
    # Looked for before: a deletion that searches would lock what it passes.
    found = dict(notes_over(days).order_by("id").values_list("id", "pool_id")[:_AT_ONCE])
    if not found:
        return False
    with transaction.atomic():
        pools = EchoPool.objects.select_for_update().filter(id__in=set(found.values())).order_by("id")
        held = [pool.id for pool in pools]
        EchoNote.objects.filter(id__in=list(found)).delete()
        # A team that has nothing in a pool any more leaves no mark there.
        EchoTeam.objects.filter(pool_id__in=held, notes__isnull=True).delete()
        empty_log_afterwards()
    return True


@retried
def _some_visits(days: int | None) -> bool:
    found = list(visits_over(days).order_by("id").values_list("id", flat=True)[:_AT_ONCE])
    if found:
        with transaction.atomic():
            EchoVisit.objects.filter(id__in=found).delete()
            empty_log_afterwards()
    return bool(found)


def pools_of_course_run(course_run: str) -> QuerySet[EchoPool]:
    """The pools of a course run. What its teams shared with a whole organisation cannot be told apart any more."""
    return EchoPool.objects.filter(scope=course_run)


def pools_of_block(usage_key: str) -> QuerySet[EchoPool]:
    """The pools of walls that a block's author wrote. An exercise of the library is that of other blocks too."""
    return EchoPool.objects.filter(exercise__startswith=f"own:{usage_key}#")


def forget_leader(marks_in: Mapping[str, Sequence[str]], keys: Sequence[str | None]) -> int:
    """Put random marks in the place of those that can be computed for a leader; gives in how many pools.

    `marks_in`: the leader's marks in each course run, and the site's `keys` that a pool's mark may be made with. The
    notes stay those of one team, whose no longer: what it was shown is forgotten, and its taps and reports count on.
    """
    changed = 0
    for pool in EchoPool.objects.order_by("id"):
        runs = [run for run in marks_in if pool.scope in (run, place_of(ORGANISATION, run))]
        found = {team_mark(pool.slot, mark, key) for run in runs for mark in marks_in[run] for key in keys}
        changed += sum([_forget_in(pool, mark, keys) for mark in sorted(found)])
    return changed


@retried
def _forget_in(pool: EchoPool, mark: str, keys: Sequence[str | None]) -> bool:
    anew = f"{RANDOMNESS.getrandbits(256):064x}"
    halls, readers = ([derive(mark, key) for key in keys] for derive in (hall_mark, reader_mark))
    with transaction.atomic():
        found = EchoVisit.objects.filter(pool=pool, mark__in=readers).delete()[0]
        found += EchoTeam.objects.filter(pool=pool, mark=mark).update(mark=anew)
        # A hall stays that of the same team: the two are not to count as two from here on.
        found += EchoTeam.objects.filter(pool=pool, mark__in=halls).update(mark=hall_mark(anew))
        for model in (EchoReport, EchoTap):
            found += model._default_manager.filter(note__pool=pool, mark__in=readers).update(mark=reader_mark(anew))
    return bool(found)
