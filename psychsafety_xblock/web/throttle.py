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
from ..settings import option

log = logging.getLogger(__name__)

_GROUP = "psychsafety.wrong_codes"


def wrong_code(request: HttpRequest, refusal: Refused) -> Refused:
    """What to raise after a wrong code: the refusal itself, or `too_many_wrong_codes` when there were too many."""
    usage = get_usage(
        request,
        group=_GROUP,
        key=lambda _group, asked: network_of(asked.META.get("REMOTE_ADDR", "")),
        rate=f"{option('WRONG_CODES_PER_MINUTE')}/m",
        increment=True,
    )
    if usage is None or not usage["should_limit"]:
        return refusal
    if usage["count"] == usage["limit"] + 1:
        log.warning("Many wrong join codes come from one address; see docs/administrators.md.")
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
