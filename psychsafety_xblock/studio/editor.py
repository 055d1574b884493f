"""The editor in Studio, for both blocks: its view, its one handler, and what Studio lists below a block.

Studio stores the block after every call of a handler and then marks the unit as changed. So looking never calls one:
the library comes with the view, and only saving does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.core import XBlockMixin
from xblock.validation import Validation, ValidationMessage

from .. import platform_compat
from ..core.errors import Refused
from ..handlers import json_handler
from ..i18n import messages, page_language
from .html import clean_html
from .limits import DEFAULTS, LIMITS
from .review import Problem, sentence_with_place, summary_of

#: Far above any agenda that a person would write: 30 steps with everything filled in are a quarter of this.
LARGEST_SAVE = 1_000_000


class EditorMixin(XBlockMixin):
    """What an author edits. The block names its fields, and says what is wrong and what is odd about their values."""

    #: The fields of the form, in its order.
    editable_fields: tuple[str, ...]
    #: Of these, what holds HTML.
    rich_fields: tuple[str, ...] = ()
    entry: str
    studio_view_name: str

    def problems_of(self, fields: Mapping[str, Any]) -> list[Problem]:
        """What keeps these values from being saved; never raises, whatever they are."""
        raise NotImplementedError

    def remarks(self) -> list[Problem]:
        """What is odd about the stored values; raises `Refused` when they cannot be run."""
        raise NotImplementedError

    def editor_data(self) -> dict[str, Any]:
        """What only this block's form needs besides."""
        return {}

    def studio_view(self, context: Any = None) -> Fragment:
        """The form. Studio shows it in a frame of its own, without any button."""
        kind = "team_session" if self.entry == "team_session" else "wall"
        language = page_language(platform_compat.language())
        view = Fragment(format_html('<div class="psy psy-studio" data-kind="{}"></div>', kind))
        view.add_css_url(static("psychsafety_xblock/css/studio.css"))
        view.add_javascript_url(static("psychsafety_xblock/js/studio.js"))
        view.initialize_js(
            self.studio_view_name,
            {
                "kind": kind,
                "block": platform_compat.block_id(self),
                "language": language,
                "messages": messages(language, "studio"),
                "revision": self.revision(),
                "fields": self.authored_fields(),
                "limits": LIMITS,
                "defaults": DEFAULTS,
                **self.editor_data(),
            },
        )
        return view

    def authored_fields(self) -> dict[str, Any]:
        """The values of all fields of the form, HTML cleaned."""
        stored = {name: getattr(self, name) for name in self.editable_fields}
        return {**stored, **{name: clean_html(stored[name] or "") for name in self.rich_fields}}

    def revision(self) -> str:
        """A digest of what is stored, by which a form notices that another author saved meanwhile."""
        stored = json.dumps({name: getattr(self, name) for name in self.editable_fields}, sort_keys=True, default=str)
        return hashlib.sha256(stored.encode()).hexdigest()[:24]

    @json_handler("revision", "fields", largest=LARGEST_SAVE)
    def save_authored(self, body: dict[str, Any]) -> dict[str, Any] | tuple[int, dict[str, Any]]:
        """Store the whole form, or nothing of it and say why: 400 `invalid`, 409 `stale`."""
        platform_compat.author(self)
        fields = body.get("fields")
        if not isinstance(fields, dict):
            raise Refused("missing_field", field="fields")
        for name in fields:
            if name not in self.editable_fields:
                raise Refused("unknown_field", field=name[:40])
        for name in self.editable_fields:
            if name not in fields:
                raise Refused("missing_field", field=name)
        if body.get("revision") != self.revision():
            now = {"revision": self.revision(), "fields": self.authored_fields()}
            return 409, {"error": "stale", "detail": _("Somebody else saved this meanwhile. Nothing is lost."), **now}
        problems = self.problems_of(fields)
        if problems:
            listed = [{"where": list(problem.where), "text": problem.text} for problem in problems]
            return 400, {"error": "invalid", "detail": summary_of(problems), "problems": listed}
        for name in self.editable_fields:
            self._store(name, clean_html(fields[name]) if name in self.rich_fields else fields[name])
        return {"revision": self.revision(), "fields": self.authored_fields()}

    def _store(self, name: str, value: Any) -> None:
        """What is the default stays unset, so that an export holds only what the author wrote."""
        field = self.fields[name]
        if value != field.default:
            setattr(self, name, value)
        elif field.is_set_on(self):
            field.delete_from(self)

    def validate(self) -> Validation:
        """What Studio lists below the block on the unit's page: errors, else what is odd."""
        validation = super().validate()
        problems = self.problems_of(self.authored_fields())
        kind = ValidationMessage.ERROR
        if not problems:
            problems, kind = self._remarks_or_none(), ValidationMessage.WARNING
        for problem in problems:
            validation.add(ValidationMessage(kind, sentence_with_place(problem)))
        return validation

    def _remarks_or_none(self) -> list[Problem]:
        try:
            return self.remarks()
        except Refused:
            return []
