"""What lives in the cache: peppers, short-lived copies of state, who a token belongs to. Never the only answer."""

from __future__ import annotations

import time
from typing import Any

from ..core import codes
from ..core.errors import Refused
from ..models import Session
from ..settings import option
from .clock import RANDOMNESS
from .forgiving import ForgivingCache

#: How long a state may be taken from the cache before the database is asked again, in seconds.
FRESH_SECONDS = 1
_PEPPER_TRIES = 3


def cache() -> ForgivingCache:
    """The cache of the site setting; it should not persist. One that cannot be reached is an empty one."""
    return ForgivingCache(option("CACHE"))


def key(kind: str, *parts: object) -> str:
    """A cache key of ours."""
    return ":".join(["psychsafety", kind, *map(str, parts)])


def forget_state(session_id: str) -> None:
    """After a commit: what was cached of the session's state no longer holds."""
    cache().delete_many([key("now", session_id), key("basis", session_id)])


def holder_key(token_digest: str) -> str:
    """Where it is cached whose a token is, by the token's hash. A new name whenever what is kept there changes."""
    return key("holder2", token_digest)


def round_key(session_id: str, round_id: int) -> str:
    """Where the frozen content of a round is cached."""
    return key("round", session_id, round_id)


def forget_holder(token_digest: str) -> None:
    """A token was revoked."""
    cache().delete(holder_key(token_digest))


def new_pepper(session_id: str, seconds: float) -> str:
    """Make a pepper, keep it in the cache for `seconds`, and give its fingerprint.

    The key contains the fingerprint, so no pepper is ever written over another. Raises `Refused` `busy` when the cache
    did not take it: a generation of seats would begin that is lost already, and one more with each try.
    """
    pepper = bytes(RANDOMNESS.getrandbits(8) for _ in range(32))
    mark = codes.fingerprint(pepper)
    where = key("pepper", session_id, mark)
    cache().set(where, pepper.hex(), seconds)
    if cache().get(where) != pepper.hex():
        raise Refused("busy")
    return mark


def pepper_of(session: Session) -> bytes | None:
    """The session's pepper, or None when the cache has lost it (asked for again before that is believed)."""
    for attempt in range(_PEPPER_TRIES):
        if attempt:
            time.sleep(0.05 * attempt)
        found: Any = cache().get(key("pepper", session.id, session.pepper_fingerprint))
        if isinstance(found, str) and codes.fingerprint(bytes.fromhex(found)) == session.pepper_fingerprint:
            return bytes.fromhex(found)
    return None


def forget_pepper(session: Session) -> None:
    """At the end of a session, or of a generation of its seats."""
    cache().delete(key("pepper", session.id, session.pepper_fingerprint))
