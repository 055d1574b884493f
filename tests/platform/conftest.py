"""Tests in the folders lms and cms run in processes of their own, which test_processes.py starts."""

import os

from tests.support import own_cache, travel

__all__ = ["own_cache", "travel"]

collect_ignore = [variant for variant in ("lms", "cms") if variant != os.environ.get("SERVICE_VARIANT")]
