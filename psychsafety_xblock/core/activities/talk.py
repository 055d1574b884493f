"""A timed conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Refused
from .base import LONGEST_HELP, LONGEST_PROMPT, Definition, Kind

FORMS = ("pairs", "round", "all")


class Talk(Kind):
    """People talk, in pairs, round the table or all together; nobody answers on a device."""

    name = "talk"
    collects = False
    repeatable = True
    texts = {"title": 120, "prompt": LONGEST_PROMPT, "help": LONGEST_HELP, "begins": 120}
    own_fields = frozenset({"form"})
    public_fields = (*Kind.public_fields, "begins", "form")

    def own(self, raw: Mapping[str, Any]) -> Definition:
        """In which form people talk."""
        form = raw.get("form", "all")
        if form not in FORMS:
            raise Refused("bad_value", field="form")
        return {"form": form}
