"""Which of some languages a reader of a code understands: one rule for catalogues and for exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Codes that stand for something else than their first part does. None: rather another language than another script.
_SPECIAL: dict[str, str | None] = {
    "pt": "pt-br", "zh": "zh-hans", "zh-hant": None, "zh-tw": None, "zh-hk": None, "zh-mo": None,
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}")


def find_language(code: str, available: Iterable[str]) -> str | None:
    """The one of `available` that a reader of `code` ("da-dk", "zh_CN", "es-419") understands; None without one.

    Region codes find their language, Portuguese the Brazilian texts, Chinese the simplified ones unless the code says
    that its reader wants traditional characters. What is available is given back as it was written.
    """
    wanted = code.replace("_", "-").lower()
    if not _CODE.fullmatch(wanted):
        return None
    there = {one.replace("_", "-").lower(): one for one in available}
    parts = wanted.split("-")
    for end in range(len(parts), 0, -1):
        start = "-".join(parts[:end])
        if start in there:
            return there[start]
        if start in _SPECIAL:
            return there.get(_SPECIAL[start] or "")
    return None
