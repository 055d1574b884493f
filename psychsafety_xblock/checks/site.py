"""The site around us: what it logs of our addresses, and by which address phones come."""

from __future__ import annotations

import re
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution
from django.http.request import validate_host

from ..settings import option

_RUN = "course-v1:a+b+c"
#: One address of each kind that must not be in the tracking log.
_OURS = (
    "/psychsafety/api/sessions/0/answers",
    f"/courses/{_RUN}/xblock/block-v1:a+b+c+type@psychsafety_wall+block@d/handler/take_seat",
)


@register("psychsafety")
def check_paths(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether the platform's tracking log leaves out our addresses (rule 7)."""
    patterns = getattr(settings, "TRACKING_IGNORE_URL_PATTERNS", [])
    if all(any(re.match(pattern, path) for pattern in patterns) for path in _OURS):
        return []
    return [
        Caution(
            "TRACKING_IGNORE_URL_PATTERNS lacks the plugin's addresses: the tracking log holds who calls them.",
            hint="Something replaces the list after the plugin has added to it; append to it instead.",
            id="psychsafety.W007",
        )
    ]


@register("psychsafety", deploy=True)
def check_site(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whether phones reach the site by a safe address that it knows, and what an error tracker takes along."""
    found: list[CheckMessage] = []
    root = option("ROOT_URL") or getattr(settings, "LMS_ROOT_URL", "") or ""
    address = urlsplit(str(root))
    if address.scheme == "http":
        found.append(
            Caution(
                "Phones reach this site without HTTPS: whoever shares their network can read tokens and answers.",
                hint="Serve the site by HTTPS, and set ROOT_URL or LMS_ROOT_URL to that address.",
                id="psychsafety.W006",
            )
        )
    if address.scheme != "http" and settings.SECURE_PROXY_SSL_HEADER is None:
        found.append(
            Caution(
                "Behind a proxy that ends HTTPS, Django takes each request for one without, as no header tells it.",
                hint="Set SECURE_PROXY_SSL_HEADER to what your proxy sends; see docs/admin.md, 'Proxies'. Where the "
                "server itself speaks HTTPS, silence this.",
                id="psychsafety.W008",
            )
        )
    if address.hostname and not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        found.append(
            Caution(
                "The address that phones get is not in ALLOWED_HOSTS, so they are refused with 400.",
                hint="Add the host of ROOT_URL (or LMS_ROOT_URL) to ALLOWED_HOSTS.",
                id="psychsafety.W009",
            )
        )
    if _sentry_takes_bodies():
        found.append(
            Caution(
                "Sentry attaches the bodies of requests to errors, and an answer travels in one.",
                hint="Call sentry_sdk.init with max_request_body_size='never'; see docs/admin.md, 'Errors'.",
                id="psychsafety.W012",
            )
        )
    return found


def _sentry_takes_bodies() -> bool:
    """Only where the site has loaded it and told it where to send."""
    sentry = sys.modules.get("sentry_sdk")
    options = sentry.get_client().options if sentry is not None and sentry.get_client().is_active() else {}
    return bool(options.get("dsn")) and options.get("max_request_body_size") != "never"
