"""What a seat submits: an answer, resonance, a take-down. Nothing here knows a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.activities import kind_of
from ..core.codes import ballot_key, key_of, parse_id, token_hash
from ..core.echo import SAMPLE
from ..core.errors import Refused
from ..models import Ballot, Round, Session, Token
from ..storage import add_answer, add_echo, add_resonance, take_down
from .board import Holder
from .cache import cache, forget_state, round_key
from .course_wall import publish_when_due
from .seats import open_session_of

#: How long the frozen content of a round is taken from the cache; it cannot change but for an author's correction.
_DEFINITION_SECONDS = 60


def submit_answer(holder: Holder, raw_round: object, raw_answer: object) -> None:
    """Count one answer of a seat in a round.

    Raises `Refused`: `wrong_role`, `unknown_round`, `guests_not_admitted`, what the activity's kind says of the answer,
    `already_answered` (it counts), `round_closed`, `ended` or `busy`.
    """
    _seats_only(holder)
    round_id, definition = _frozen(holder, raw_round)
    if holder.guest and not definition.get("guests", True):
        raise Refused("guests_not_admitted")
    if not isinstance(raw_answer, Mapping):
        raise Refused("bad_value", field="answer")
    answer = kind_of(definition).answer(definition, raw_answer)
    if definition["audience"] == "course":
        publish_when_due(Session(id=holder.session_id))
    try:
        add_answer(
            round_id=round_id,
            ballot=ballot_key(round_id, Ballot.Purpose.ANSWER, holder.token),
            late=_is_late(holder),
            text=answer.text,
            share=answer.share,
            votes=answer.votes,
        )
    except Refused as refusal:
        raise _ended_or(refusal, holder) from None


def submit_resonance(holder: Holder, raw_round: object, raw_notes: object) -> None:
    """Count that a seat could have written these notes (a list of ids; an empty one counts too). Raises as above."""
    _seats_only(holder)
    round_id, _ = _frozen(holder, raw_round)
    if not isinstance(raw_notes, list) or len(raw_notes) > 1000:
        raise Refused("bad_value", field="notes")
    notes = [parse_id(note, "unknown_note") for note in raw_notes]
    try:
        add_resonance(
            round_id=round_id,
            ballot=ballot_key(round_id, Ballot.Purpose.RESONANCE, holder.token),
            note_ids=notes,
        )
    except Refused as refusal:
        raise _ended_or(refusal, holder) from None


def submit_echo(holder: Holder, raw_round: object, raw_notes: object) -> None:
    """Count that a seat could have written these notes of other teams (an empty list counts too). Raises as above."""
    _seats_only(holder)
    round_id, _ = _frozen(holder, raw_round)
    if not isinstance(raw_notes, list) or len(raw_notes) > SAMPLE:
        raise Refused("bad_value", field="notes")
    notes = [parse_id(note, "unknown_note") for note in raw_notes]
    try:
        add_echo(
            round_id=round_id,
            ballot=ballot_key(round_id, Ballot.Purpose.ECHO, holder.token),
            note_ids=notes,
        )
    except Refused as refusal:
        raise _ended_or(refusal, holder) from None


def submit_takedown(holder: Holder, raw_round: object, raw_note: object) -> None:
    """Take one note down for everybody, once a round. All see that one was, never by whom. Raises as above."""
    _seats_only(holder)
    round_id, definition = _frozen(holder, raw_round)
    if not kind_of(definition).has_notes:
        raise Refused("not_now")
    course = definition["audience"] == "course"
    rounds = [round_id]
    if course:
        all_periods = Round.objects.filter(session_id=holder.session_id).order_by("number")
        rounds = list(all_periods.values_list("id", flat=True))
    try:
        take_down(
            round_id=round_id,
            ballot=ballot_key(round_id, Ballot.Purpose.TAKEDOWN, holder.token),
            note_id=parse_id(raw_note, "unknown_note"),
            note_rounds=rounds,
            phase=Round.Phase.COLLECTING if course else Round.Phase.REVEALED,
        )
    except Refused as refusal:
        raise _ended_or(refusal, holder) from None
    forget_state(holder.session_id)


def _seats_only(holder: Holder) -> None:
    if holder.role != Token.Role.SEAT:
        raise Refused("wrong_role")


def _is_late(holder: Holder) -> bool:
    """Whether the holder's seat is late now. One that has just been given back does not become punctual by that."""
    if not holder.late:
        return False
    return not Token.objects.filter(id=key_of(token_hash(holder.token)), late=False).exists()


def _frozen(holder: Holder, raw_round: object) -> tuple[int, dict[str, Any]]:
    """The id and the frozen content of a round of the holder's session."""
    round_id = parse_id(raw_round, "unknown_round")
    where = round_key(holder.session_id, round_id)
    definition = holder.at_hand.get(where) or cache().get(where)
    if definition is None:
        one = Round.objects.filter(id=round_id, session_id=holder.session_id).first()
        if one is None:
            open_session_of(holder.session_id)
            raise Refused("unknown_round")
        definition = one.definition
        if not kind_of(definition).leader_writes:
            cache().set(where, definition, _DEFINITION_SECONDS)
    return round_id, definition


def _ended_or(refusal: Refused, holder: Holder) -> Refused:
    """ "The round is closed" is "the session has ended" when it has."""
    if refusal.code == "round_closed":
        open_session_of(holder.session_id)
    return refusal
