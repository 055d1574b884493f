"""A team's session as each role sees it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..core.activities import kind_of
from ..core.privacy import needed, progress, shown_resonance
from ..models import Activity, Note, Round, Session, Token
from ..settings import option
from ..storage import shuffle_in
from . import driving
from .cache import cache, key
from .clock import RANDOMNESS
from .earlier import shown_items
from .echo import cached_offer, echo_state
from .facts import Ballots, Seats, ballots_of, next_activity, seats_of, seats_to_start
from .links import join_url
from .near import let_group
from .starting import may_start
from .summary import summary_of

#: There is one screen, however many phones there are, and the room waits for what hangs there.
SCREEN_PACE = 1.0


def team_states(session: Session) -> dict[str, dict[str, Any]]:
    """The shared state of each role: keys "leader", "seat", "screen", values as in docs/api.md, section 3."""
    seats = seats_of(session.id)
    activities = list(Activity.objects.filter(session=session).order_by("position"))
    rounds = list(Round.objects.filter(session=session).order_by("number"))
    if rounds and rounds[-1].phase == Round.Phase.SEALED:
        # Another process is between the two halves of a reveal, or died there: finish it.
        let_group(rounds[-1].id)
        shuffle_in(rounds[-1].id, RANDOMNESS)
        rounds[-1].refresh_from_db()
    # A team that gathers anew begins with an empty stage, whatever was shown to those who are gone.
    current = rounds[-1] if rounds and session.phase != Session.Phase.LOBBY else None
    upcoming = next_activity(activities, {one.activity_id for one in rounds})
    shown = next((one for one in rounds if one.id == session.shown_round), current)
    ballots = ballots_of(current)
    shared: dict[str, Any] = {
        "step": session.step,
        "kind": session.kind,
        "phase": session.phase,
        "rehearsal": session.rehearsal,
        "language": session.language,
        "languages": session.languages,
        "title": session.title,
        "seats": {
            "all": seats.all,
            "guests": seats.guests,
            "tablet": seats.tablet,
            "generation": session.seat_generation,
        },
        "guests_allowed": session.guests_allowed,
        "door": "locked" if session.locked else "open",
        "leader_seated": session.leader_seated,
        "poll_after": poll_after(session.id, pace_for(seats.all)),
        "agenda": [_agenda_entry(activity, rounds) for activity in activities],
        "next_activity": str(upcoming.id) if upcoming else None,
        "screen_page": session.screen_page,
        "looking_back": session.shown_round is not None,
        "round": round_state(session, shown, seats, ballots) if shown else None,
        "beside": _beside(session, shown, rounds, seats) if shown else None,
        "summary": summary_of(session) if session.phase == Session.Phase.SUMMARY else None,
    }
    links = {"join_code": session.join_code, "join_url": join_url(session.join_code or "")}
    leader = {
        **shared,
        **links,
        "agenda": [_leaders_entry(session, activity, rounds, seats) for activity in activities],
        "too_few_people": _missing(session, upcoming, seats) if upcoming else 0,
        "guide": _digest([kind_of(one.definition).guide(one.definition) for one in activities]),
        "minutes": sum(one.definition["minutes"] for one in activities if not one.skipped),
        "begun_at": session.begun_at.isoformat() if session.begun_at else None,
        "drive": driving.lead_state(session.id, seats.phones > 0),
    }
    if shown is not None:
        leader["round"] = {
            **shared["round"],
            "started_at": shown.started_at.isoformat() if shown.started_at else None,
            "answers": ballots.answers,
            "missing": _missing_answers(shared["round"], ballots),
            "resonance_answers": ballots.taps,
            "echo_offer": cached_offer(session, shown),
        }
    return {
        Token.Role.LEADER.value: leader,
        Token.Role.SEAT.value: shared,
        Token.Role.SCREEN.value: {**shared, **links, "poll_after": poll_after(session.id, SCREEN_PACE)},
    }


def pace_for(seats: int) -> float:
    """How often the devices of so many people ask, in seconds: slower for many."""
    return 1.5 if seats <= 12 else 3.0 if seats <= 60 else 6.0


def poll_after(session_id: str, pace: float) -> float:
    """How long a client of this pace waits before it asks again, in seconds: longer without a leader."""
    if cache().get(key("leader", session_id)) is None:
        pace = max(pace, 5.0)
    return float(pace * option("POLL_SCALE"))


def guide_of(session_id: str) -> dict[str, Any]:
    """What the leader says and should know, by the activity's id: for the leader's own device, never for the screen."""
    activities = Activity.objects.filter(session_id=session_id).order_by("position")
    return {str(one.id): kind_of(one.definition).guide(one.definition) for one in activities}


def _digest(guides: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(guides, ensure_ascii=False).encode()).hexdigest()[:12]


def _missing(session: Session, activity: Activity, seats: Seats) -> int:
    """How many seats an activity lacks."""
    return max(0, seats_to_start(session, activity.definition) - seats.that_stay_for(activity.definition))


def _missing_answers(current: dict[str, Any], ballots: Ballots) -> int:
    """How many answers a reveal lacks; late ones do not help."""
    collecting = current["phase"] == Round.Phase.COLLECTING
    return max(0, current["needed"] - ballots.on_time) if collecting else 0


def _leaders_entry(session: Session, activity: Activity, rounds: list[Round], seats: Seats) -> dict[str, Any]:
    """A line of the agenda with what only the leader plans by."""
    entry = _agenda_entry(activity, rounds)
    own = [one for one in rounds if one.activity_id == activity.id]
    repeatable = entry["status"] == "done" and may_start(activity, own)
    startable = repeatable or entry["status"] in ("waiting", "skipped")
    return {
        **entry,
        "missing": _missing(session, activity, seats) if startable else 0,
        "repeatable": repeatable,
    }


def _agenda_entry(activity: Activity, rounds: list[Round]) -> dict[str, Any]:
    phases = [one.phase for one in rounds if one.activity_id == activity.id]
    status = "waiting" if not phases else "done" if phases[-1] == Round.Phase.CLOSED else "running"
    if activity.skipped:
        status = "skipped"
    return {
        "id": str(activity.id),
        "kind": activity.definition["kind"],
        "title": activity.definition["title"],
        "minutes": activity.definition["minutes"],
        "block": activity.block,
        "status": status,
    }


def round_state(session: Session, current: Round, seats: Seats, ballots: Ballots) -> dict[str, Any]:
    """A round as all roles see it: words about progress, never a number of answers."""
    kind = kind_of(current.definition)
    wanted = needed(current.minimum, session.leader_seated) if kind.collects(current.definition) else 0
    eligible = seats.that_may_answer(current.definition)
    collecting = current.phase in (Round.Phase.COLLECTING, Round.Phase.SEALED)
    resonance_open = current.resonance == Round.Resonance.OPEN
    return {
        "id": str(current.id),
        "number": current.number,
        "activity": activity_state(current),
        "phase": Round.Phase.COLLECTING.value if collecting else current.phase,
        "needed": wanted,
        "progress": progress(ballots.answers, eligible, wanted, ballots.late) if collecting else "all",
        "ends_at": current.ends_at.isoformat() if current.ends_at else None,
        "closing": current.closing,
        "results": None if collecting or current.answered is None else _revealed(current),
        "resonance": current.resonance,
        "resonance_needed": current.minimum,
        "resonance_progress": (progress(ballots.taps, eligible, current.minimum) if resonance_open else None),
        "echo": echo_state(session, current, progress(ballots.echo_taps, eligible, current.minimum)),
        "next_publication": None,
    }


def _beside_round(shown: Round, rounds: list[Round]) -> Round | None:
    """The round whose results stay beside a talk about them: the last one before it that has any."""
    if not shown.definition.get("beside"):
        return None
    return next((one for one in reversed(rounds) if one.number < shown.number and one.answered is not None), None)


def _beside(session: Session, shown: Round, rounds: list[Round], seats: Seats) -> dict[str, Any] | None:
    earlier = _beside_round(shown, rounds)
    return round_state(session, earlier, seats, Ballots()) if earlier else None


def _revealed(current: Round) -> dict[str, Any]:
    """A round's results; "too_few" says that a wall was revealed with too few notes to show any."""
    kind, results = kind_of(current.definition), results_of([current])
    if kind.has_notes:
        return {**results, "too_few": not results["notes"] and not results["hidden"]}
    return {**results, "items": shown_items(current)}


def activity_state(current: Round) -> dict[str, Any]:
    """What everybody is shown of the activity of a round, as frozen when it started."""
    return {
        "id": str(current.activity_id),
        "block": current.activity.block,
        "guests": current.definition.get("guests", True),
        **kind_of(current.definition).public(current.definition),
    }


def results_of(rounds: list[Round]) -> dict[str, Any]:
    """The notes that are shown of these rounds, in the order of their keys, which means nothing."""
    counted = {one.id for one in rounds if one.resonance == Round.Resonance.COUNTED}
    shown = Note.objects.filter(round__in=rounds, shown=True).order_by("id")
    rows = shown.values_list("id", "text", "resonance", "round_id", "cluster")
    notes = [
        {
            "id": str(note_id),
            "text": text,
            "resonance": shown_resonance(taps) if round_id in counted else None,
            "cluster": cluster,
        }
        for note_id, text, taps, round_id, cluster in rows
    ]
    hidden = sum(one.hidden for one in rounds)
    return {"notes": notes, "hidden": hidden, "too_few": False}
