"""Ready-made exercises: what a newly added block holds, so that it works without an author touching it."""

from __future__ import annotations

from typing import Any

#: "What does it take courage from you to do?", in the form that a team session's agenda is written in.
COURAGE_WALL: dict[str, Any] = {
    "kind": "wall",
    "title": "What takes courage",
    "prompt": "What does it take courage from you to do?",
    "starter": "It takes courage from me to",
    "minutes": 10,
    "minimum": 4,
}
