"""The cache that the secrets of seats live in (rule 4)."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution

from .. import cache_facts
from ..settings import option


@register("psychsafety")
def check_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What its backend alone tells."""
    found: list[CheckMessage] = []
    alias = option("CACHE")
    if cache_facts.backend().endswith(("FileBasedCache", "DatabaseCache")):
        found.append(
            Caution(
                f"The cache {alias!r} is kept on disk, and with it the secret that seats are derived from.",
                hint="Give PSYCHSAFETY['CACHE'] an alias that does not persist; see docs/admin.md, 'The cache'.",
                id="psychsafety.W001",
            )
        )
    if cache_facts.is_per_process():
        found.append(
            Caution(
                f"The cache {alias!r} is not shared by the server's processes, so seats are lost between them.",
                hint="Use Redis or Memcached; see docs/admin.md, 'The cache'.",
                id="psychsafety.W002",
            )
        )
    return found


@register("psychsafety", deploy=True)
def check_cache_of_the_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the Redis server itself says, where it can be asked."""
    if "redis" not in cache_facts.backend().lower() or not cache_facts.keeps_on_disk():
        return []
    return [
        Caution(
            f"The Redis of the cache {option('CACHE')!r} writes to its disk, and with it the secret of seats.",
            hint="Use one of its own with --save '' --appendonly no; see docs/admin.md, 'The cache'.",
            id="psychsafety.W003",
        )
    ]
