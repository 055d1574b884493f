"""System checks: what is configured in a way that breaks a promise (`manage.py check`, and more with `--deploy`).

Each has an id that stays, and a row in docs/admin.md. None fails because something cannot be reached.
"""

from .caches import check_cache, check_cache_of_the_server
from .database import check_database, check_database_of_the_server
from .settings import check_settings
from .site import check_paths, check_site

__all__ = [
    "check_cache",
    "check_cache_of_the_server",
    "check_database",
    "check_database_of_the_server",
    "check_paths",
    "check_settings",
    "check_site",
]
