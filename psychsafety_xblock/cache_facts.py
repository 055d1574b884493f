"""What kind of cache the secrets of seats live in, for system checks and `psychsafety_status`."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.cache import caches

from .settings import option

_ON_DISK = ("FileBasedCache", "DatabaseCache")
_PER_PROCESS = ("LocMemCache", "DummyCache")


def backend() -> str:
    """The dotted name of its backend, "" when the alias does not exist."""
    return str(settings.CACHES.get(option("CACHE"), {}).get("BACKEND", ""))


def is_per_process() -> bool:
    """Whether each process of the server has one of its own."""
    return backend().endswith(_PER_PROCESS)


def is_alive() -> bool:
    """Whether it gives back what is put into it."""
    key, value = f"psychsafety:alive:{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache = caches[option("CACHE")]
        cache.set(key, value, 10)
        found = cache.get(key)
        cache.delete(key)
    except Exception:
        # Whatever a backend raises: it is not there.
        return False
    return bool(found == value)


def keeps_on_disk() -> bool | None:
    """Whether it is written to a disk; None when the server cannot be reached, or does not say."""
    if backend().endswith(_ON_DISK):
        return True
    client = _redis()
    if client is None:
        return None if "redis" in backend().lower() else False
    try:
        save = client.config_get("save").get("save", "")
        append = client.config_get("appendonly").get("appendonly", "no")
    except Exception:
        # Not reachable, or an account that may not ask; a hosted Redis often forbids it.
        return None
    return bool(_text(save)) or _text(append) == "yes"


def _redis() -> Any:
    """A client of the cache's Redis, of Django's own backend or of django-redis; None for other caches."""
    try:
        cache: Any = caches[option("CACHE")]
        if hasattr(cache, "_cache") and hasattr(cache._cache, "get_client"):
            return cache._cache.get_client(None, write=False)
        if hasattr(cache, "client") and hasattr(cache.client, "get_client"):
            return cache.client.get_client(write=False)
    except Exception:
        # The driver is missing, or the address is none.
        return None
    return None


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
