"""Django's settings for a database and a cache, from a URL."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import django

#: Seconds that a connection is kept; the live API polls, and reconnecting each time would be most of its work.
KEEP = 60

ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "mysql": "django.db.backends.mysql",
    "mariadb": "django.db.backends.mysql",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


def database_from_url(url: str) -> dict[str, object]:
    """An entry of ``DATABASES`` from ``sqlite:///path`` or ``mysql://user:password@host:port/name``.

    Raises ValueError when the URL names no database that the demo knows.
    """
    parts = urlsplit(url)
    engine = ENGINES.get(parts.scheme)
    if engine is None:
        raise ValueError(f"PSYCHSAFETY_DEMO_DATABASE_URL: {parts.scheme!r} is none of {', '.join(ENGINES)}")
    if parts.scheme == "sqlite":
        return {"ENGINE": engine, "NAME": _path(parts.path), "OPTIONS": _sqlite_options(), "CONN_MAX_AGE": KEEP}
    database: dict[str, object] = {
        "ENGINE": engine,
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEEP,
    }
    if engine.endswith("mysql"):
        # As the platform runs it, and as the guarded statements of the storage expect it.
        database["OPTIONS"] = {"charset": "utf8mb4", "isolation_level": "read committed"}
        database["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}
    return database


def cache_from_url(url: str) -> dict[str, object]:
    """An entry of ``CACHES`` from ``file:///path`` or ``redis://host:port/number``. Raises ValueError for others."""
    parts = urlsplit(url)
    if parts.scheme in ("redis", "rediss", "unix"):
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "TIMEOUT": None,
            # Without a limit a Redis that hangs would hang every request with it.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    if parts.scheme != "file":
        raise ValueError(f"PSYCHSAFETY_DEMO_CACHE_URL: {parts.scheme!r} is neither file nor redis")
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": _path(parts.path),
        # The default of 300 would throw away seats in the middle of a session.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def _path(path: str) -> str:
    """``/name`` of ``scheme:///name`` is relative to the working directory, ``//name`` is absolute."""
    return str(Path(path.removeprefix("/")).resolve())


def _sqlite_options() -> dict[str, object]:
    """Writers queue instead of failing, readers never wait, and what is deleted is overwritten on the disk."""
    options: dict[str, object] = {"timeout": 20}
    if django.VERSION >= (5, 1):
        options["transaction_mode"] = "IMMEDIATE"
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
    return options
