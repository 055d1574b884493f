"""What the plugin writes to logs: the name of an event and `key=value` pairs, below `psychsafety_xblock.`.

No person, no token, no code, no text, no session's id ever stands in a line, and none is written because somebody
answered. docs/admin.md lists all events; a test runs a whole session and reads every line.
"""

from __future__ import annotations

import json
import logging


def report(log: logging.Logger, level: int, event: str, **fields: object) -> None:
    """Write one line. Values are numbers and words of ours; whoever adds a field asks what it tells of a person."""
    log.log(level, "%s%s", event, "".join(f" {name}={_one_word(value)}" for name, value in fields.items()))


def _one_word(value: object) -> str:
    text = str(value)
    return text if text and text.isprintable() and not set(text) & set(' "=') else json.dumps(text)
