"""Wrong codes are counted by where they come from. Right ones never are, so that nobody can lock the others out.

Guessing is hopeless by the number of codes (docs/adr/0003); the throttle keeps a machine that tries from keeping the
site busy, and tells the administrator.
"""

from __future__ import annotations

import ipaddress
import logging

from django.http import HttpRequest
from django_ratelimit.core import get_usage

from ..core.errors import Refused
from ..logs import report
from ..settings import option

log = logging.getLogger(__name__)

_GROUP = "psychsafety.wrong_codes"


def wrong_code(request: HttpRequest, refusal: Refused) -> Refused:
    """What to raise after a wrong code: the refusal itself, `too_many_wrong_codes` when there were too many, `busy`
    without a cache to count them in."""
    try:
        usage = get_usage(
            request,
            group=_GROUP,
            key=lambda _group, asked: network_of(asked.META.get("REMOTE_ADDR", "")),
            rate=f"{option('WRONG_CODES_PER_MINUTE')}/m",
            increment=True,
        )
    except Exception:
        # Each cache has errors of its own. Without one nothing can be counted, and nobody may guess uncounted.
        return Refused("busy")
    if usage is not None and not usage["count"]:
        # What the counting says of a cache that swallowed its error.
        return Refused("busy")
    if usage is None or not usage["should_limit"]:
        return refusal
    if usage["count"] == usage["limit"] + 1:
        report(log, logging.WARNING, "codes.many_wrong", limit=usage["limit"])
    return Refused("too_many_wrong_codes")


def network_of(address: str) -> str:
    """The address that counts: of IPv6 the part that one connection is given, /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
