"""What a person reads when the answer is no: one sentence for each error code, and its HTTP status."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..core.errors import Refused

STATUS: dict[str, int] = {
    "bad_json": 400,
    "unknown_field": 400,
    "missing_field": 400,
    "bad_value": 400,
    "empty_text": 400,
    "empty_answer": 400,
    "text_too_long": 400,
    "text_not_plain": 400,
    "unknown_command": 400,
    "unauthorized": 401,
    "wrong_role": 403,
    "may_not_lead": 403,
    "staff_only": 403,
    "guests_not_admitted": 403,
    "preview": 403,
    "masquerade": 403,
    "not_in_studio": 403,
    "may_not_edit": 403,
    "anonymous": 403,
    "unknown_session": 404,
    "unknown_code": 404,
    "unknown_round": 404,
    "unknown_note": 404,
    "unknown_activity": 404,
    "wrong_method": 405,
    "already_answered": 409,
    "round_closed": 409,
    "stale_step": 409,
    "too_few_people": 409,
    "too_few_answers": 409,
    "not_now": 409,
    "already_done": 409,
    "seats_paused": 409,
    "door_locked": 409,
    "ended": 410,
    "too_large": 413,
    "not_json": 415,
    "too_many_wrong_codes": 429,
    "server_error": 500,
    "busy": 503,
}

_SENTENCES: dict[str, Any] = {
    "bad_json": _("This request could not be read. Please reload the page."),
    "unknown_field": _("This request holds something that does not belong there (%(field)s)."),
    "missing_field": _("This request lacks something (%(field)s)."),
    "bad_value": _("This request holds a value that is not possible (%(field)s)."),
    "empty_text": _("There is nothing written yet. Write a few words, or pass."),
    "empty_answer": _("Nothing is rated yet. Rate at least one statement, or pass."),
    "text_not_plain": _("Please use plain text, without HTML tags or hidden control characters."),
    "unknown_command": _("This command does not exist. Please reload the page."),
    "unauthorized": _("Your seat is not known here any more. Please join again."),
    "wrong_role": _("This is not possible with your role in the session."),
    "may_not_lead": _("Here only course staff can convene a team."),
    "staff_only": _("These figures are for course staff."),
    "guests_not_admitted": _("Here you need an account. Open the course and join from there."),
    "preview": _("This is a preview. Nothing is stored from here."),
    "masquerade": _("You are viewing the course as somebody else. Return to your own view to take part."),
    "anonymous": _("Please sign in first."),
    "not_in_studio": _("This is edited in Studio only."),
    "may_not_edit": _("You may look at this course in Studio, but not change it. Nothing was saved."),
    "unknown_session": _("This session does not exist."),
    "unknown_code": _("No session has this code now. Check the letters on the screen."),
    "unknown_round": _("This question is not part of the session."),
    "unknown_note": _("This note is not on the wall any more."),
    "unknown_activity": _("This activity is not part of the session."),
    "wrong_method": _("This address does not take that kind of request."),
    "already_answered": _("Your answer has already been counted."),
    "round_closed": _("The question is closed. No more answers are taken."),
    "stale_step": _("Somebody was faster. Here is where the session is now."),
    "already_done": _("This has been done already. It is not repeated in the same session."),
    "not_now": _("This is not possible at this moment."),
    "seats_paused": _("New seats are given again with the next question. Please wait a moment."),
    "door_locked": _("The door is locked: nobody new can take a seat now. Ask the leader to open it, then try again."),
    "ended": _("This session has ended. The notes have come down."),
    "too_large": _("This is too long to be sent."),
    "not_json": _("This request was sent in the wrong format. Please reload the page."),
    "too_many_wrong_codes": _("Too many wrong codes came from here. Wait a minute, or scan the square on the screen."),
    "server_error": _("Something went wrong here. Please try again."),
    "busy": _("The site is very busy. Nothing was lost; please try again."),
}


#: What a leader can put right.
_FIELDS: dict[str, Any] = {
    "question": _("The question was just changed. Please look at it again."),
    "due": _("Choose a date from today on, within the next two years."),
    "commitments": _("Write one to three sentences, each of them once."),
    "seats": _("The number of people is a whole number from 1 to 50."),
}


def detail(refusal: Refused) -> str:
    """The sentence for a refusal, in the active language."""
    numbers = {name: int(value) for name, value in refusal.params.items() if isinstance(value, int)}
    if refusal.code == "text_too_long":
        limit = numbers["max_length"]
        return ngettext("A note has room for %(n)s character.", "A note has room for %(n)s characters.", limit) % {
            "n": limit
        }
    if refusal.code == "too_few_people":
        needed, have = numbers["needed"], numbers["have"]
        return ngettext(
            "This needs %(needed)s seat, and %(have)s are taken.",
            "This needs %(needed)s seats, and %(have)s are taken.",
            needed,
        ) % {"needed": needed, "have": have}
    if refusal.code == "too_few_answers":
        missing = numbers["needed"] - numbers["have"]
        return ngettext("%(n)s answer is still missing.", "%(n)s answers are still missing.", missing) % {"n": missing}
    if refusal.code == "bad_value" and refusal.params.get("field") in _FIELDS:
        return str(_FIELDS[str(refusal.params["field"])])
    sentence = str(_SENTENCES.get(refusal.code, _SENTENCES["server_error"]))
    return sentence % refusal.params if refusal.params else sentence


#: Of every JSON reply: nothing is kept on the way, nothing is taken for a page, no address is told to another site.
SAFE_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

_RETRY_AFTER = {"too_many_wrong_codes": "60", "busy": "1"}


def more_headers(refusal: Refused) -> dict[str, str]:
    """What a client must know of a refusal beside its status."""
    return {"Retry-After": _RETRY_AFTER[refusal.code]} if refusal.code in _RETRY_AFTER else {}


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal (docs/api.md, "Errors")."""
    return STATUS.get(refusal.code, 400)
