"""Does a note contain something that points at a person? The twin of frontend/src/seat/identifying.js.

The browser warns while somebody writes; here the same rules keep such a note out of the echo. Both are tested with the
cases of tests/identifying_cases.json. Meant to be right rather than complete: a name is a word like any other.
"""

from __future__ import annotations

import re

#: `[^\W\d_]` is what `\p{L}` is in the twin, but for combining marks, which neither of them knows.
_EMAIL = re.compile(r"[^\s@＠,;:()<>]+[@＠][^\s@＠]+\.[^\W\d_]{2,}")
_HANDLE = re.compile(r"(?:^|[\s(“\"'])[@＠]\w[\w.-]+")
_LINK = re.compile(
    r"https?://\S|(?:^|[\s(])www\.\S|(?:[^\W_]|-){2,}\.(?:com|org|net|io|eu|dk|de|cn|se|no|uk|fr)(?:[\s/,;:!?)]|\.?$)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\(?[0-9][0-9\s().\-/]{5,}[0-9]")

#: Runs of digits that people write and nobody can be called at.
_NOT_A_PHONE = (
    re.compile(r"[0-9]{1,2}[.\-/]\s?[0-9]{1,2}[.\-/]\s?[0-9]{2,4}"),  # 23.11.2026
    re.compile(r"[0-9]{4}[.\-/][0-9]{1,2}[.\-/][0-9]{1,2}"),  # 2026-11-23
    re.compile(r"(?:19|20)[0-9]{2}\s?[-/]\s?(?:19|20)[0-9]{2}"),  # 2024-2026
    # 1.000.000 (a grouped phone number has a longer group or more of them)
    re.compile(r"[0-9]{1,3}(?:[.\s][0-9]{3}){1,2}"),
)


def find_identifying(text: str) -> str | None:
    """The first kind found: "email", "link", "handle" or "phone"; None for a note that points at nobody."""
    if _EMAIL.search(text):
        return "email"
    if _LINK.search(text):
        return "link"
    if _HANDLE.search(text):
        return "handle"
    if any(_looks_like_phone(run) for run in _DIGITS.findall(text)):
        return "phone"
    return None


def _looks_like_phone(run: str) -> bool:
    trimmed = run.strip()
    digits = re.sub(r"[^0-9]", "", trimmed)
    plus = trimmed.startswith("+")
    if not (7 if plus else 8) <= len(digits) <= 15:
        return False
    return plus or not any(pattern.fullmatch(trimmed) for pattern in _NOT_A_PHONE)
