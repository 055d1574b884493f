"""Every test with `place` runs on SQLite and on MariaDB."""

from tests.databases import _places, place

__all__ = ["_places", "place"]
