"""The one dict of settings: names, types, values that have no effect or break something."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from ..core.echo import FEWEST_DAYS, MOST_DAYS
from ..core.privacy import LOWEST_MINIMUM
from ..core.retention import LONGEST_DAYS
from ..settings import DEFAULTS, option

_NAMES = "docs/admin.md lists the settings."


@register("psychsafety")
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is wrong with `PSYCHSAFETY` itself."""
    found: list[CheckMessage] = []
    wrong: set[str] = set()
    for name, value in getattr(settings, "PSYCHSAFETY", {}).items():
        if name not in DEFAULTS:
            found.append(Error(f"PSYCHSAFETY has no setting {name!r}.", hint=_NAMES, id="psychsafety.E001"))
        elif wanted := _unlike(DEFAULTS[name], value):
            wrong.add(name)
            found.append(Error(f"PSYCHSAFETY[{name!r}] must be {wanted}.", hint=_NAMES, id="psychsafety.E004"))
    return found + [message for name, message in _values() if name not in wrong]


def _values() -> list[tuple[str, CheckMessage]]:
    """What is wrong with values of the right type, each with its setting's name."""
    found: list[tuple[str, CheckMessage]] = []
    if option("CACHE") not in settings.CACHES:
        text = f"PSYCHSAFETY['CACHE'] names {option('CACHE')!r}, which is not in CACHES."
        found.append(("CACHE", Error(text, hint="Add the alias to CACHES; see docs/admin.md.", id="psychsafety.E002")))
    if option("FETCH_CREDENTIALS") not in ("omit", "same-origin"):
        text = "PSYCHSAFETY['FETCH_CREDENTIALS'] is 'omit' or 'same-origin'."
        found.append(("FETCH_CREDENTIALS", Error(text, hint="Leave it out.", id="psychsafety.E003")))
    days = option("RETENTION_DAYS")
    if not _is_number(days) or not 1 <= days <= LONGEST_DAYS or int(days) != days:
        text = f"PSYCHSAFETY['RETENTION_DAYS'] must be a whole number from 1 to {LONGEST_DAYS}."
        hint = "Leaders read their summary for so long; docs/privacy.md promises that no text is kept longer."
        found.append(("RETENTION_DAYS", Error(text, hint=hint, id="psychsafety.E005")))
    days = option("ECHO_DAYS")
    if not _is_number(days) or not FEWEST_DAYS <= days <= MOST_DAYS or int(days) != days:
        text = f"PSYCHSAFETY['ECHO_DAYS'] must be a whole number from {FEWEST_DAYS} to {MOST_DAYS}."
        hint = "Shared notes wait for those of other teams; with fewer days they would go before these come."
        found.append(("ECHO_DAYS", Error(text, hint=hint, id="psychsafety.E009")))
    floor = option("MINIMUM_FLOOR")
    if _is_number(floor) and floor < LOWEST_MINIMUM:
        text = f"PSYCHSAFETY['MINIMUM_FLOOR'] is below {LOWEST_MINIMUM} and has no effect."
        hint = f"Nobody can go below {LOWEST_MINIMUM}. Say {LOWEST_MINIMUM}, or a higher number."
        found.append(("MINIMUM_FLOOR", Caution(text, hint=hint, id="psychsafety.W004")))
    if option("ROOT_URL") and not _is_root(str(option("ROOT_URL"))):
        text = "PSYCHSAFETY['ROOT_URL'] must look like 'https://learn.example.com'."
        found.append(("ROOT_URL", Error(text, hint="Scheme and host, nothing after it.", id="psychsafety.E008")))
    return found


def _is_root(address: str) -> bool:
    parts = urlsplit(address)
    more = parts.path.strip("/") or parts.query or parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not more


def _unlike(default: Any, value: Any) -> str:
    """What a value should have been, as words; "" when it is like its default."""
    if _is_number(default):
        return "" if _is_number(value) and value > 0 else "a number above 0"
    if isinstance(value, type(default)):
        return ""
    return {str: "a text in quotes", bool: "True or False"}.get(type(default), f"a {type(default).__name__}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
