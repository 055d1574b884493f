"""SQLite's write-ahead log, which remembers what the tables have forgotten (rule 2).

It keeps each page as it was after each transaction, so whoever holds the file reads from it in which order notes came,
and which ballot came with which. Elsewhere nothing here does anything: a server's logs are the administrator's.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction

from .logs import report

log = logging.getLogger(__name__)

#: How long those who read or write at this moment are waited for, in milliseconds.
_PATIENCE = 500


def empty_log() -> bool:
    """Write the log's content into the database and cut it to nothing. Gives whether it is empty now.

    Never raises. While somebody else still reads from the log (a backup) it stays, and is tried again on the next
    occasion: whenever something is revealed, counted, closed, taken down or deleted. Does nothing on other engines, nor
    inside a transaction, and gives True.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            usual = int(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy = bool(cursor.fetchone()[0])
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
    except DatabaseError:
        busy = True
    if busy:
        report(log, logging.INFO, "sqlite.log_in_use")
    return not busy


def empty_log_afterwards() -> None:
    """Empty the log once the caller's transaction is through."""
    transaction.on_commit(empty_log, robust=True)
