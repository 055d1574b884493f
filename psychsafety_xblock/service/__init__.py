"""The use cases: what blocks and the live API may ask for. The only thing that they call.

Every function takes plain values and raises `core.errors.Refused` when the answer is no.
"""

from .afterwards import Past, past_sessions
from .answers import submit_answer, submit_resonance, submit_takedown
from .board import Holder, authenticate, state_for, unchanged
from .commands import run_command
from .course_wall import open_course_wall
from .driving import OFFERS, claim_lead, collect_lead, offer_lead, settle_lead
from .opening import Opened, current_session, open_rehearsal, open_session
from .reading import follow_up, guide, summary, tallies
from .seats import find_session, find_session_for, leave_seat, take_account_seat, take_guest_seat, was_seated
from .sweeping import purge, sweep
from .tablet import claim_tablet, offer_tablet

__all__ = [
    "OFFERS",
    "Holder",
    "Opened",
    "Past",
    "authenticate",
    "claim_lead",
    "claim_tablet",
    "collect_lead",
    "current_session",
    "find_session",
    "find_session_for",
    "follow_up",
    "guide",
    "leave_seat",
    "offer_lead",
    "offer_tablet",
    "open_course_wall",
    "open_rehearsal",
    "open_session",
    "past_sessions",
    "purge",
    "run_command",
    "settle_lead",
    "state_for",
    "submit_answer",
    "submit_resonance",
    "submit_takedown",
    "summary",
    "sweep",
    "take_account_seat",
    "take_guest_seat",
    "tallies",
    "unchanged",
    "was_seated",
]
