"""Every write that touches an answer: atomic, and guarded by the statement itself.

Two transactions never meet here: one that knows a ballot and one that rewrites notes (rule 2). A ballot's insert is
itself the question whether the round still collects, asked under a share lock, so that a reveal waits for answers under
way and no answer slips in after it (rule 8). Nothing in this module is called with a person.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from .core.activities import Cell, is_paper
from .core.errors import Refused
from .core.privacy import notes_may_be_shown
from .echo_taps import collecting_mark, end_echo
from .models import Ballot, EchoTap, Note, Round, Tally, random_key
from .sqlite_log import empty_log_afterwards

P = ParamSpec("P")
R = TypeVar("R")

#: MySQL 1205 lock wait, 1213 deadlock, 1020 changed since last read; PostgreSQL 40001, 40P01; SQLite says "locked".
_MYSQL_CONFLICTS = {1020, 1205, 1213}
_POSTGRES_CONFLICTS = {"40001", "40P01"}
TRIES = 3


def is_conflict(error: OperationalError) -> bool:
    """Whether the database gave up on a transaction because of another one, so that trying again makes sense."""
    if error.args and error.args[0] in _MYSQL_CONFLICTS:
        return True
    cause = error.__cause__
    if getattr(cause, "sqlstate", getattr(cause, "pgcode", None)) in _POSTGRES_CONFLICTS:
        return True
    return "locked" in str(error)


def retried(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function that is one transaction again, up to three times, when it met another one.

    Raises `Refused` `busy` when the database does not get it done or cannot be reached: nothing is known to be stored,
    and the caller may try again, for an answer that did arrive is recognised by its ballot. Inside somebody else's
    transaction it does not retry, since only the outermost can.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                return function(*args, **kwargs)
            except (OperationalError, InterfaceError) as error:
                if connection.in_atomic_block:
                    raise
                conflict = isinstance(error, OperationalError) and is_conflict(error)
                if not conflict:
                    connection.close_if_unusable_or_obsolete()
                if attempt == TRIES or not conflict:
                    # "from None": the error's text would carry the statement's values into a log.
                    raise Refused("busy") from None
                time.sleep(0.01 * attempt)
        raise AssertionError("unreachable")

    return run


#: How a statement holds a row still that others may hold so too, as a ballot's guard does the round's. MariaDB knows
#: only the older words for a share lock; MySQL 8 still does. SQLite has one writer at a time and needs none.
SHARE_LOCK = {"mysql": " LOCK IN SHARE MODE", "postgresql": " FOR SHARE", "sqlite": ""}
_ALONE = {"mysql": " FOR UPDATE", "postgresql": " FOR UPDATE", "sqlite": ""}


def _cast_ballot(
    key: int,
    purpose: str,
    round_id: int,
    where: str,
    values: Iterable[str],
    lock: Mapping[str, str] = SHARE_LOCK,
    late: bool = False,
) -> None:
    """Insert a ballot if the round is in the state that `where` asks for.

    Raises `Refused` `round_closed` when it is not, `already_answered` when the ballot is there. No other statement's
    IntegrityError may ever be read as that: it would tell somebody that a lost answer counts.
    """
    ballots, rounds = Ballot._meta.db_table, Round._meta.db_table
    with connection.cursor() as cursor:
        try:
            cursor.execute(
                f"INSERT INTO {ballots} (id, purpose, late, round_id) "  # noqa: S608 - names of our own tables
                f"SELECT %s, %s, %s, r.id FROM {rounds} r WHERE r.id = %s AND {where}{lock[connection.vendor]}",
                [key, purpose, late, round_id, *values],
            )
        except IntegrityError:
            raise Refused("already_answered") from None
        if cursor.rowcount != 1:
            raise Refused("round_closed")


def _add_note(round_id: int, text: str, share: bool) -> None:
    """Insert a note that is not shown yet. A plain statement: the ORM's way to it is a tenth of an answer's time."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Note._meta.db_table} (id, round_id, text, share, shown, resonance) "  # noqa: S608 - as above
            "VALUES (%s, %s, %s, %s, %s, 0)",
            [random_key(), round_id, text, share, False],
        )


def _count(round_id: int, votes: Iterable[Cell]) -> None:
    """Move counters by one, in one order for everybody, so that two answers never wait for each other in a ring.

    Raises `Refused` `bad_value` for a counter that is not there: the leader has just written other sentences.
    """
    for item, option in sorted(votes):
        if not Tally.objects.filter(round_id=round_id, item=item, option=option).update(n=F("n") + 1):
            raise Refused("bad_value", field="question")


@retried
def add_answer(
    *,
    round_id: int,
    ballot: int,
    late: bool = False,
    text: str | None = None,
    share: bool = False,
    votes: Iterable[Cell] = (),
) -> None:
    """Store one answer: its ballot and, unless it is a pass, its note or its votes, all or nothing.

    `late`: it is from a seat that does not count towards the minimum of this round. Raises `Refused` `already_answered`
    (it counts), `round_closed`, or `bad_value` for what is not asked (any more).
    """
    with transaction.atomic():
        _cast_ballot(ballot, Ballot.Purpose.ANSWER, round_id, "r.phase = %s", [Round.Phase.COLLECTING], late=late)
        if text is not None:
            _add_note(round_id, text, share)
        _count(round_id, votes)


@retried
def add_resonance(*, round_id: int, ballot: int, note_ids: list[int]) -> None:
    """Store that one seat could have written these notes (none is an answer too).

    Raises `Refused` `already_answered`, `round_closed` (resonance is not being collected) or `unknown_note`.
    """
    with transaction.atomic():
        _cast_ballot(
            ballot,
            Ballot.Purpose.RESONANCE,
            round_id,
            "r.phase = %s AND r.resonance = %s",
            [Round.Phase.REVEALED, Round.Resonance.OPEN],
        )
        # In one order for everybody, so that two people's taps never wait for each other in a ring.
        for note_id in sorted(set(note_ids)):
            note = Note.objects.filter(id=note_id, round_id=round_id, shown=True)
            if not note.update(resonance=F("resonance") + 1):
                raise Refused("unknown_note")


@retried
def add_echo(*, round_id: int, ballot: int, note_ids: list[int]) -> None:
    """Store that one seat could have written these notes of other teams; none is an answer too.

    What is counted is how many of the round tapped a note, beside the ballot and with no trace of it. Raises `Refused`
    `already_answered`, `round_closed` (the echo is not open to be tapped) or `unknown_note`.
    """
    with transaction.atomic():
        _cast_ballot(
            ballot,
            Ballot.Purpose.ECHO,
            round_id,
            "r.phase = %s AND r.echo = %s",
            [Round.Phase.REVEALED, Round.Echo.OPEN],
        )
        for note_id in sorted(set(note_ids)):
            taps = EchoTap.objects.filter(note_id=note_id, mark=collecting_mark(round_id))
            if not taps.update(people=F("people") + 1):
                raise Refused("unknown_note")


@retried
def take_down(*, round_id: int, ballot: int, note_id: int, note_rounds: list[int], phase: str) -> None:
    """One seat takes one note of `note_rounds` down, once a round, while the round is in `phase`. The text is deleted.

    Raises `Refused` `already_answered`, `round_closed` or `unknown_note`.
    """
    with transaction.atomic():
        # Alone, since the round's row is written next: two shared holders of it would wait for each other.
        _cast_ballot(ballot, Ballot.Purpose.TAKEDOWN, round_id, "r.phase = %s", [phase], lock=_ALONE)
        remove_note(note_id, note_rounds)


def remove_note(note_id: int, note_rounds: list[int]) -> None:
    """Delete a shown note of one of the rounds and count it as hidden; inside the caller's transaction.

    Raises `Refused` `unknown_note`.
    """
    note = Note.objects.filter(id=note_id, round_id__in=note_rounds, shown=True)
    round_id = note.values_list("round_id", flat=True).first()
    if round_id is not None:
        # The round first: whoever writes a shown note holds it already, and nobody may hold them the other way round.
        Round.objects.filter(id=round_id).update(hidden=F("hidden") + 1)
        deleted, _ = note.delete()
        if deleted:
            empty_log_afterwards()
            return
    raise Refused("unknown_note")


def seal(round_id: int, floor: int) -> int | None:
    """End collecting: refuse further answers, count the ballots, destroy them. Inside the caller's transaction.

    Gives the number of answers that were not late, or None when the round was not collecting. The caller decides
    whether they are enough (at least `floor`, which is frozen with the results) and rolls back if not. `answered` is
    the number of all. Notes are not touched here: see `shuffle_in`.
    """
    if not Round.objects.filter(id=round_id, phase=Round.Phase.COLLECTING).update(phase=Round.Phase.SEALED):
        return None
    ballots = Ballot.objects.filter(round_id=round_id, purpose=Ballot.Purpose.ANSWER)
    answers, on_time = ballots.count(), ballots.filter(late=False).count()
    ballots.delete()
    Round.objects.filter(id=round_id).update(answered=answers, floor=floor, ends_at=None, closing=False)
    return on_time


#: On most walls nothing is grouped.
_NO_GROUPS: Mapping[str, int] = {}


def unread_texts(round_id: int) -> list[str]:
    """The texts of a sealed round, to which none is added any more, in the order of the alphabet."""
    return sorted(Note.objects.filter(round_id=round_id, shown=False).values_list("text", flat=True))


@retried
def shuffle_in(round_id: int, randomness: random.Random, groups: Mapping[str, int] = _NO_GROUPS) -> None:
    """Second half of a reveal: rewrite notes and counters under new keys in shuffled order, and show them, in one step.

    `groups` says which texts read alike. It is written with the notes: by an update afterwards the database would name
    those that are in a group. Too few notes are deleted instead. Does nothing unless the round is sealed, so anybody
    may call it again.
    """
    with transaction.atomic():
        one = Round.objects.select_for_update().filter(id=round_id, phase=Round.Phase.SEALED).first()
        if one is None:
            return
        shown = _rewrite(round_id, round_id, randomness, groups, show=notes_may_be_shown)
        _rewrite_counters(round_id, randomness)
        # Whoever wrote on paper has no device to tap with.
        taps = shown and not is_paper(one.definition)
        Round.objects.filter(id=round_id).update(
            phase=Round.Phase.REVEALED, resonance=Round.Resonance.OPEN if taps else Round.Resonance.NONE
        )
        empty_log_afterwards()


def _rewrite(
    source: int,
    target: int,
    randomness: random.Random,
    groups: Mapping[str, int] = _NO_GROUPS,
    *,
    show: Callable[[int], bool] | None = None,
) -> bool:
    """Move the notes of round `source` that are not shown to `target` under new keys, in an order that means nothing.

    With `show`, they are shown if it agrees to their number and deleted otherwise. Gives whether any are shown now.
    """
    hidden = Note.objects.filter(round_id=source, shown=False).order_by("id")
    pool = list(hidden.values_list("text", "share"))
    hidden.delete()
    shown = show is not None and show(len(pool))
    if show is not None and not shown:
        return False
    randomness.shuffle(pool)
    notes = [Note(id=random_key(), round_id=target, text=text, share=share, shown=shown) for text, share in pool]
    for note in notes:
        note.cluster = groups.get(note.text)
    Note.objects.bulk_create(notes)
    return shown and bool(pool)


def _rewrite_counters(round_id: int, randomness: random.Random) -> None:
    """Replace a round's counters by new ones that say the same, all written at once.

    PostgreSQL and InnoDB know of each row which transaction changed it last: the one that was changed after all others
    holds the answer of whoever sent last.
    """
    pool = list(tally_of(round_id).items())
    Tally.objects.filter(round_id=round_id).delete()
    randomness.shuffle(pool)
    Tally.objects.bulk_create(
        Tally(id=random_key(), round_id=round_id, item=item, option=option, n=n) for (item, option), n in pool
    )


@retried
def publish(round_id: int, at_least: int, randomness: random.Random) -> bool:
    """Publish what a course-wide wall holds, if at least `at_least` notes were written in this period.

    Notes carried over from earlier periods come along, but do not count: an account writes once a period, so a few who
    come back each period could fill all of a batch but one note. Gives whether anything was published.
    """
    with transaction.atomic():
        collecting = Round.objects.select_for_update().filter(id=round_id, phase=Round.Phase.COLLECTING)
        carried = collecting.values_list("carried", flat=True).first()
        if carried is None:
            return False
        if Note.objects.filter(round_id=round_id, shown=False).count() - carried < at_least:
            return False
        Round.objects.filter(id=round_id).update(carried=0)
        empty_log_afterwards()
        return _rewrite(round_id, round_id, randomness, show=lambda notes: notes >= at_least)


def roll_over(old_id: int, new_id: int, randomness: random.Random) -> None:
    """Carry unpublished notes of a course-wide wall into its next period; inside the caller's transaction."""
    _rewrite(old_id, new_id, randomness)
    Round.objects.filter(id=old_id).update(carried=0)
    Round.objects.filter(id=new_id).update(carried=Note.objects.filter(round_id=new_id).count())


def lay_out(round_id: int, cells: Iterable[Cell]) -> None:
    """Make a new round's counters, all at zero; inside the caller's transaction."""
    Tally.objects.bulk_create(Tally(round_id=round_id, item=item, option=option) for item, option in cells)


def lay_out_anew(round_id: int, definition: Mapping[str, Any], cells: Iterable[Cell]) -> None:
    """Replace what a collecting round is about, while nobody has answered; inside the caller's transaction.

    Raises `Refused` `not_now` when somebody has: an answer never moves to another question.
    """
    # Answers under way hold the row shared; from here on no other can begin.
    one = Round.objects.select_for_update().get(id=round_id)
    if Ballot.objects.filter(round_id=round_id).exists():
        raise Refused("not_now")
    Tally.objects.filter(round_id=round_id).delete()
    one.definition = dict(definition)
    one.save(update_fields=["definition"])
    lay_out(round_id, cells)


def tally_of(round_id: int) -> dict[Cell, int]:
    """The counters of a round. Whether they may be shown is for the caller to know."""
    rows = Tally.objects.filter(round_id=round_id).order_by("item", "option").values_list("item", "option", "n")
    return {(item, option): n for item, option, n in rows}


def count_resonance(round_id: int) -> None:
    """Freeze resonance and destroy its ballots; inside the caller's transaction."""
    Round.objects.filter(id=round_id, resonance=Round.Resonance.OPEN).update(resonance=Round.Resonance.COUNTED)
    # All at once, as counters at the reveal: PostgreSQL would name those that were tapped last.
    Note.objects.filter(round_id=round_id).update(resonance=F("resonance"))
    Ballot.objects.filter(round_id=round_id, purpose=Ballot.Purpose.RESONANCE).delete()
    empty_log_afterwards()


def forget_resonance(round_id: int) -> None:
    """End resonance without counting it: taps and their ballots are gone; inside the caller's transaction."""
    if Round.objects.filter(id=round_id, resonance=Round.Resonance.OPEN).update(resonance=Round.Resonance.NONE):
        Note.objects.filter(round_id=round_id).update(resonance=0)
        Ballot.objects.filter(round_id=round_id, purpose=Ballot.Purpose.RESONANCE).delete()


def close_round(round_id: int) -> None:
    """Close a round and destroy all its ballots; inside the caller's transaction.

    What was not revealed is deleted unread. Resonance and taps on the echo that were not counted are forgotten.
    """
    if Round.objects.filter(id=round_id, phase__in=[Round.Phase.COLLECTING, Round.Phase.SEALED]).exists():
        Tally.objects.filter(round_id=round_id).delete()
    Round.objects.filter(id=round_id).update(
        phase=Round.Phase.CLOSED, open_slot=None, ends_at=None, started_at=None, closing=False
    )
    end_echo(round_id)
    forget_resonance(round_id)
    Ballot.objects.filter(round_id=round_id).delete()
    Note.objects.filter(round_id=round_id, shown=False).delete()
    empty_log_afterwards()


def take_walls_down(session_id: str, keep_resonance: int) -> None:
    """Delete a session's notes, except those with a counted resonance of at least `keep_resonance`."""
    Note.objects.filter(round__session_id=session_id).exclude(
        round__resonance=Round.Resonance.COUNTED, resonance__gte=keep_resonance
    ).delete()
    Ballot.objects.filter(round__session_id=session_id).delete()
    empty_log_afterwards()
