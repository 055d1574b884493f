"""The addresses that people open on phones and projectors. Codes and tokens stand behind the "#" only (rule 7)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ..settings import option


def _page(name: str) -> str:
    root = option("ROOT_URL") or getattr(settings, "LMS_ROOT_URL", "") or ""
    return root.rstrip("/") + reverse(f"psychsafety_xblock:{name}")


def join_url(code: str) -> str:
    """Where a phone joins; with an empty code the page asks for one."""
    return f"{_page('join')}#{code}" if code else _page("join")


def screen_url(token: str) -> str:
    """The big screen of a session."""
    return f"{_page('screen')}#{token}"


def drive_url(code: str) -> str:
    """Where the leader's phone takes the controls."""
    return f"{_page('drive')}#{code}" if code else _page("drive")


def tablet_url(code: str) -> str:
    """Where the device that goes round takes its seats."""
    return f"{_page('tablet')}#{code}"


def summary_url(token: str) -> str:
    """The summary of an ended session."""
    return f"{_page('summary')}#{token}"


def insights_url(token: str) -> str:
    """The figures over all teams of a course run."""
    return f"{_page('insights')}#{token}"


def api_url(session_id: str) -> str:
    """The live API of a session, relative to the site."""
    return reverse("psychsafety_xblock:state", args=[session_id])
