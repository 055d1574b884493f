"""The use cases: what blocks and the live API may ask for. The only thing that they call.

Every function takes plain values and raises `core.errors.Refused` when the answer is no.
"""

from .answers import submit_answer, submit_resonance, submit_takedown
from .board import Holder, authenticate, state_for, unchanged
from .commands import run_command
from .course_wall import open_course_wall
from .driving import claim_lead, collect_lead, offer_lead, settle_lead
from .opening import Opened, current_session, open_session
from .seats import find_session, find_session_for, take_account_seat, take_guest_seat, was_seated
from .sweeping import purge, sweep

__all__ = [
    "Holder",
    "Opened",
    "authenticate",
    "claim_lead",
    "collect_lead",
    "current_session",
    "find_session",
    "find_session_for",
    "offer_lead",
    "open_course_wall",
    "open_session",
    "purge",
    "run_command",
    "settle_lead",
    "state_for",
    "submit_answer",
    "submit_resonance",
    "submit_takedown",
    "sweep",
    "take_account_seat",
    "take_guest_seat",
    "unchanged",
    "was_seated",
]
