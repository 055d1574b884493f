"""Each test has a cache of its own, and may travel in time."""

from tests.support import own_cache, travel

__all__ = ["own_cache", "travel"]
