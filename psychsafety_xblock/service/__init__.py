"""The use cases: what blocks and the live API may ask for. The only thing that they call.

Every function takes plain values and raises `core.errors.Refused` when the answer is no.
"""

from .afterwards import Past, past_sessions
from .answers import submit_answer, submit_echo, submit_resonance, submit_takedown
from .board import Holder, authenticate, state_for, unchanged
from .commands import run_command
from .course_wall import open_course_wall
from .driving import OFFERS, claim_lead, collect_lead, offer_lead, settle_lead
from .insights import LONGEST_TOKEN, has_sessions, insight_rows, insight_run, insight_token, insights
from .kept import kept
from .leaving import forget_account
from .opening import Opened, current_session, languages_of_open, open_rehearsal, open_session
from .purging import Plan, plan_of_block, plan_of_course_run, plan_of_everything, plan_of_retention, purge
from .reading import follow_up, guide, summary, tallies
from .seats import find_session, find_session_for, leave_seat, take_account_seat, take_guest_seat, was_seated
from .status import status
from .sweeping import sweep
from .tablet import claim_tablet, offer_tablet

__all__ = [
    "LONGEST_TOKEN",
    "OFFERS",
    "Holder",
    "Opened",
    "Past",
    "Plan",
    "authenticate",
    "claim_lead",
    "claim_tablet",
    "collect_lead",
    "current_session",
    "find_session",
    "find_session_for",
    "follow_up",
    "forget_account",
    "guide",
    "has_sessions",
    "insight_rows",
    "insight_run",
    "insight_token",
    "insights",
    "kept",
    "languages_of_open",
    "leave_seat",
    "offer_lead",
    "offer_tablet",
    "open_course_wall",
    "open_rehearsal",
    "open_session",
    "past_sessions",
    "plan_of_block",
    "plan_of_course_run",
    "plan_of_everything",
    "plan_of_retention",
    "purge",
    "run_command",
    "settle_lead",
    "state_for",
    "status",
    "submit_answer",
    "submit_echo",
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
