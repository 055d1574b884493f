"""System checks: what is configured in a way that breaks a promise (`manage.py check`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from .settings import DEFAULTS, option

_PERSISTENT = ("FileBasedCache", "DatabaseCache")
_PER_PROCESS = ("LocMemCache", "DummyCache")


@register("psychsafety")
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn about a cache that persists or is not shared, and about settings that do not exist."""
    found: list[CheckMessage] = []
    for name in getattr(settings, "PSYCHSAFETY", {}):
        if name not in DEFAULTS:
            found.append(Error(f"PSYCHSAFETY has no setting {name!r}.", id="psychsafety.E001"))
    alias = option("CACHE")
    backend = str(settings.CACHES.get(alias, {}).get("BACKEND", ""))
    if not backend:
        found.append(Error(f"PSYCHSAFETY['CACHE'] names {alias!r}, which is not in CACHES.", id="psychsafety.E002"))
    if backend.endswith(_PERSISTENT):
        found.append(
            Caution(
                f"The cache {alias!r} is kept on disk, and with it the secret that seats are derived from.",
                hint="Give PSYCHSAFETY['CACHE'] an alias that does not persist; see docs/administrators.md.",
                id="psychsafety.W001",
            )
        )
    if backend.endswith(_PER_PROCESS):
        found.append(
            Caution(
                f"The cache {alias!r} is not shared by the server's processes, so seats are lost between them.",
                hint="Use Redis or Memcached; see docs/administrators.md.",
                id="psychsafety.W002",
            )
        )
    if option("FETCH_CREDENTIALS") not in ("omit", "same-origin"):
        found.append(Error("PSYCHSAFETY['FETCH_CREDENTIALS'] is 'omit' or 'same-origin'.", id="psychsafety.E003"))
    return found
