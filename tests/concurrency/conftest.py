"""Every test with `place` runs in each of the places of tests/databases.py."""

from tests.databases import _places, place

__all__ = ["_places", "place"]
