"""A cache that cannot be reached, seen as an empty one: what is not the only copy may be missing at any time.

The platform's Redis client swallows its errors and Django's raises them. Behind this, both are a miss.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import BaseCache, caches

from ..logs import report

log = logging.getLogger(__name__)

#: A cache that failed is left alone for so many seconds by this process: one that hangs would else hold up each
#: request once for each of its keys.
REST_SECONDS = 1.0

_rests_until: dict[str, float] = {}


class ForgivingCache:
    """The cache with this alias. No call raises: reading finds nothing, writing stores nothing."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def get(self, key: str) -> Any:
        """The value, or None."""
        return self._ask(lambda cache: cache.get(key))

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        """The values that are there."""
        return self._ask(lambda cache: cache.get_many(keys)) or {}

    def set(self, key: str, value: object, seconds: float) -> None:
        """Keep a value for so long."""
        self._ask(lambda cache: cache.set(key, value, seconds))

    def set_many(self, values: dict[str, Any], seconds: float) -> None:
        """Keep these values for so long."""
        self._ask(lambda cache: cache.set_many(values, seconds))

    def add(self, key: str, value: object, seconds: float) -> bool:
        """Whether this call put the value there. False without a cache too: what one of many does, nobody does."""
        return bool(self._ask(lambda cache: cache.add(key, value, seconds)))

    def incr(self, key: str) -> int:
        """A counter after one more; 1 when it is not there."""

        def one_more(cache: BaseCache) -> int:
            try:
                return cache.incr(key)
            except ValueError:  # it expired just now
                return 1

        return self._ask(one_more) or 1

    def delete(self, key: str) -> None:
        """Forget a value."""
        self.delete_many([key])

    def delete_many(self, keys: Iterable[str]) -> None:
        """Forget these values. Always tried: what was revoked may be there again when the cache is."""
        self._ask(lambda cache: cache.delete_many(keys), always=True)

    def _ask(self, question: Callable[[BaseCache], Any], *, always: bool = False) -> Any:
        if not always and time.monotonic() < _rests_until.get(self._alias, 0):
            return None
        try:
            return question(caches[self._alias])
        except Exception as error:
            _rests_until[self._alias] = time.monotonic() + REST_SECONDS
            # Its kind and nothing else: a message or a frame could hold a key.
            report(log, logging.WARNING, "cache.failed", alias=self._alias, error=type(error).__name__)
            return None
