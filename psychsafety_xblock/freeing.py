"""Making a database give back the place where a deleted text lay, so that its files do not hold it any more.

What this cannot reach is said in docs/admin.md, "What a deleted text leaves": logs that a database keeps of its own
writes, and blocks of a disk that a file system has not used again.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from .models import (
    Activity,
    EchoNote,
    EchoReport,
    EchoTap,
    EchoTeam,
    EchoVisit,
    Note,
    Round,
    Session,
    Token,
)
from .sqlite_log import empty_log

#: Texts that were shared with other teams, and the marks of teams.
_ECHO = (EchoNote, EchoTeam, EchoVisit, EchoReport, EchoTap)
#: The tables that hold what a person wrote, or what a session is found by.
_TABLES = tuple(model._meta.db_table for model in (Note, Round, Activity, Session, Token, *_ECHO))


def free() -> bool:
    """Free the place of deleted rows; gives whether it was possible now.

    False when somebody else's reading or transaction holds the old rows: nothing is lost, and the next time does it.
    Must not be called inside a transaction.
    """
    return _WAYS[connection.vendor]()


def _sqlite() -> bool:
    """Deleted rows are overwritten in the file at once (`secure_delete`, apps.py), so it need not be written anew."""
    return empty_log()


def _mysql() -> bool:
    """InnoDB marks rows as deleted and uses their place again some day; a table that is written anew has none."""
    with connection.cursor() as cursor:
        cursor.execute(f"OPTIMIZE TABLE {', '.join(_TABLES)}")
        return not any(kind == "error" for _, _, kind, _ in cursor.fetchall())


def _postgresql() -> bool:
    """Old versions of rows lie in the table's file until it is written anew."""
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"VACUUM (FULL) {table}")
    return True


_WAYS: dict[str, Callable[[], bool]] = {"sqlite": _sqlite, "mysql": _mysql, "postgresql": _postgresql}
