"""What a block gives to a page: an empty root, one script, one style sheet, and what the script starts with."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from web_fragments.fragment import Fragment

from . import exercises, platform_compat, session_languages
from .core.errors import Refused
from .i18n import SOURCE, Texts, is_rtl, messages, page_language
from .preview import preview_data
from .settings import option


def learner_view(block: Any) -> Fragment:
    """The block in the course."""
    data = {**_view_data(block), **block.authored_data(), "messages": _messages(block.entry)}
    return _view(block, template=block.entry, script=block.entry, style="block", starts=(block.view_name, data))


def preview_view(block: Any) -> Fragment:
    """The block in Studio: leader, phone and screen with made-up people. It holds no address that anything could be
    sent to."""
    made_up = {**preview_data(block), "files": _preview_files(), "messages": _messages("preview")}
    data = {**_common_data(block), **block.authored_data(), **made_up}
    return _view(block, template="preview", script="preview", style="preview", starts=("PsychSafetyPreview", data))


def _view(block: Any, *, template: str, script: str, style: str, starts: tuple[str, dict[str, Any]]) -> Fragment:
    language = platform_compat.language()
    body = {
        "block": platform_compat.block_id(block),
        "kind": _kind(block),
        "language": page_language(language),
        "direction": "rtl" if is_rtl(language) else "ltr",
    }
    view = Fragment(render_to_string(f"psychsafety_xblock/{template}.html", body))
    view.add_css_url(static(f"psychsafety_xblock/css/{style}.css"))
    view.add_javascript_url(static(f"psychsafety_xblock/js/{script}.js"))
    view.initialize_js(*starts)
    return view


def _common_data(block: Any) -> dict[str, Any]:
    """What both views are told of a block."""
    language = platform_compat.language()
    return {
        "block": platform_compat.block_id(block),
        "kind": _kind(block),
        "title": block.named_in(language),
        "language": page_language(language),
        "session_language": session_languages.nearest(language),
        "languages": session_languages.choices(session_languages.codes()),
        "library_languages": session_languages.choices(exercises.languages()),
        "guests_allowed": block.guests_allowed,
    }


def _view_data(block: Any) -> dict[str, Any]:
    """What the script of a block is told, apart from what its author wrote (docs/api.md, section 7)."""
    account, may_lead, staff = "", False, False
    try:
        person = platform_compat.person(block)
        account, may_lead, staff = person.account, block.may_lead(person), person.staff
    except Refused:
        pass
    return {
        **_common_data(block),
        "signed_in": bool(account),
        "may_lead": may_lead,
        "insights": staff,
        "storage_key": platform_compat.storage_key(account) if account else "",
        "fetch_credentials": option("FETCH_CREDENTIALS"),
        "complete_after_session": block.has_custom_completion,
        "urls": _urls(),
    }


def _messages(script: str) -> Texts:
    return messages(platform_compat.language(), script)


def _kind(block: Any) -> str:
    return "team_session" if block.entry == "team_session" else "wall"


def _urls() -> dict[str, str]:
    names = ("join", "screen", "drive", "tablet", "summary", "ping", "try_qr")
    try:
        urls = {name: reverse(f"psychsafety_xblock:{name}") for name in names}
    except NoReverseMatch:
        # A process that does not mount the live API, as Studio's, has no address to give.
        return {}
    return {
        **urls,
        "leader_script": static("psychsafety_xblock/js/leader.js"),
        "leader_style": static("psychsafety_xblock/css/leading.css"),
        "leader_messages": _texts_of("leader"),
        "kept_script": static("psychsafety_xblock/js/kept.js"),
        "kept_style": static("psychsafety_xblock/css/kept.css"),
        "kept_messages": _texts_of("kept"),
    }


def _texts_of(script: str) -> str:
    """Where the texts of a script are that comes when it is needed; English has none."""
    if page_language(platform_compat.language()) == SOURCE:
        return ""
    return reverse("psychsafety_xblock:messages") + f"?for={script}"


def _preview_files() -> dict[str, str]:
    """The script that plays the views, and the sheets of the pages that they stand on."""
    sheets = {"block": "block", "leading": "leading", "seat": "join", "leader": "drive", "screen": "screen"}
    return {
        "script": static("psychsafety_xblock/js/preview.js"),
        **{name: static(f"psychsafety_xblock/css/{sheet}.css") for name, sheet in sheets.items()},
    }
