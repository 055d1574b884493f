"""Keys that nobody can guess or put in order, which are also the order of the rows in the file (rule 2)."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models


def random_key() -> int:
    """A key that nobody can guess or put in order: 63 random bits, above zero."""
    return secrets.randbits(63) or 1


class RandomKeyField(models.BigIntegerField):
    """A 63-bit integer key. On SQLite only a column declared INTEGER is the row's place in the file itself."""

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: Any) -> str | None:
        return self.db_type(connection)
