"""The database: that answers are transactions of their own, and the engine that they are made for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.db import DEFAULT_DB_ALIAS, router
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

#: `READ COMMITTED` as drivers of PostgreSQL number it.
_READ_COMMITTED = 1


@register("psychsafety")
def check_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What would put answers into somebody else's transaction, or into a database that we do not write to."""
    from ..models import Ballot

    found: list[CheckMessage] = []
    if _database().get("ATOMIC_REQUESTS") and _is_atomic("answers"):
        found.append(
            Error(
                "An answer is stored inside the transaction of its request.",
                hint="Something wraps the plugin's views and loses that they are non_atomic_requests: look for a "
                "decorator around include('psychsafety_xblock.web.urls'). ATOMIC_REQUESTS itself may stay True.",
                id="psychsafety.E006",
            )
        )
    if router.db_for_write(Ballot) != DEFAULT_DB_ALIAS:
        found.append(
            Error(
                "A database router sends the plugin's tables to another database than 'default'.",
                hint="Take psychsafety_xblock out of DATABASE_ROUTERS.",
                id="psychsafety.E007",
            )
        )
    level = _database().get("OPTIONS", {}).get("isolation_level", "read committed")
    if _engine() == "mysql" and str(level).lower() != "read committed":
        found.append(_isolation())
    if _engine() == "postgresql" and level not in ("read committed", _READ_COMMITTED):
        found.append(_isolation())
    return found


@register("psychsafety", deploy=True)
def check_database_of_the_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is right for the demo and wrong for a site."""
    if _engine() != "sqlite3":
        return []
    return [
        Caution(
            "SQLite has one writer at a time, for all teams of the site together.",
            hint="Use MySQL 8, MariaDB or PostgreSQL, as the platform does.",
            id="psychsafety.W010",
        )
    ]


def _isolation() -> CheckMessage:
    return Caution(
        "The database's isolation level is not READ COMMITTED.",
        hint="Leave isolation_level out of the OPTIONS of DATABASES['default']: Django's default is right.",
        id="psychsafety.W011",
    )


def _database() -> dict[str, Any]:
    database: dict[str, Any] = settings.DATABASES[DEFAULT_DB_ALIAS]
    return database


def _engine() -> str:
    return str(_database()["ENGINE"]).rsplit(".", 1)[-1]


def _is_atomic(name: str) -> bool:
    """Whether Django would open a transaction around a view of ours; False where our addresses are not served."""
    try:
        view = resolve(reverse(f"psychsafety_xblock:{name}", args=["0"])).func
    except (NoReverseMatch, Resolver404):
        return False
    return DEFAULT_DB_ALIAS not in getattr(view, "_non_atomic_requests", set())
