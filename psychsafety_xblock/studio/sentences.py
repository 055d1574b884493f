"""What an author reads when a value cannot be saved: what is possible, in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..core.activities import LONGEST_EXAMPLE, LONGEST_GUIDE, LONGEST_NOTE, LONGEST_PROMPT, MOST_EXAMPLES
from ..core.errors import Refused
from ..core.privacy import HIGHEST_MINIMUM, LOWEST_MINIMUM
from ..web.messages import detail


def explain(refusal: Refused) -> str:
    """The sentence for a refused field, in the active language."""
    field = str(refusal.params.get("field", ""))
    if refusal.code == "unknown_field":
        return _("There is no setting “%(field)s” here.") % {"field": field[:40]}
    if refusal.code in ("bad_value", "missing_field"):
        sentence = _sentences().get(field)
        if sentence:
            return sentence
    return detail(refusal)


def _sentences() -> dict[str, str]:
    return {
        "prompt": _("The question needs 1 to %(most)s characters.") % {"most": LONGEST_PROMPT},
        "title": _("The name has room for 120 characters."),
        "help": _("The help has room for 600 characters."),
        "starter": _("The sentence starter has room for 80 characters."),
        "begins": _("Who begins has room for 120 characters."),
        "minutes": _("The minutes are a whole number from 1 to 120."),
        "minimum": _("The group minimum is a whole number from %(least)s to %(most)s.")
        % {"least": LOWEST_MINIMUM, "most": HIGHEST_MINIMUM},
        "max_length": _("The longest note is a whole number from 20 to %(most)s.") % {"most": LONGEST_NOTE},
        "audience": _("A wall is for “team” or for “course”."),
        "echo": _("Sharing with other teams is on or off."),
        "echo_scope": _("The other teams are those of this “run”, or of the “organisation”."),
        "echo_examples": _("There are up to %(most)s different examples of 1 to %(longest)s characters.")
        % {"most": MOST_EXAMPLES, "longest": LONGEST_EXAMPLE},
        "agenda": _("The agenda is a list of 1 to 30 activities."),
        "exercise": _("An exercise’s name has small letters, digits and hyphens only."),
        "ready_session": _("There is no ready session of this name."),
        "script": _("What the leader says has room for %(most)s characters.") % {"most": LONGEST_GUIDE},
        "notes": _("What the leader should know has room for %(most)s characters.") % {"most": LONGEST_GUIDE},
        "picture": _("The picture is a path on this site that begins with “/”."),
        "picture_alt": _("What the picture shows has room for 200 characters."),
        "video": _("The film is an address that begins with “https://”."),
        "about": _("A choice is about “commitments”, or about nothing."),
        "compare": _("Whether a pulse compares is true or false."),
        "beside": _("Whether earlier results stay beside a talk is true or false."),
        "days": _("The days until the team looks again are a whole number from 1 to 365."),
        "form": _("A talk is in “pairs”, in a “round” or with “all”."),
        "options": _("A choice has 2 to 8 different options of 1 to 120 characters."),
        "statements": _("A pulse has 1 to 10 different statements of 1 to 200 characters."),
        "kind": _("The agenda names a kind of activity that does not exist."),
        "introduction": _("The introduction has room for 20,000 characters."),
        "introduction_title": _("The title of the introduction has room for 120 characters."),
        "introduction_video": _("The film is an address that begins with “https://”."),
        "planned_minutes": _("The length of the meeting is a whole number from 5 to 480."),
        "who_may_lead": _("Either any learner may lead, or course staff only."),
        "guests_allowed": _("Guests are admitted or not: this is on or off."),
        "complete_after_session": _("Completion after the session is on or off."),
    }
