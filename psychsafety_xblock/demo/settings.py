"""Settings of the demo: the XBlock workbench with our app, and everything it writes in one folder.

The environment decides where that is:

``PSYCHSAFETY_DEMO_DIR``           folder for the SQLite file, the cache and the logs (default ``var/``)
``PSYCHSAFETY_DEMO_DATABASE_URL``  ``sqlite:///path``, ``mysql://user:password@host:port/name`` or ``postgres://...``
``PSYCHSAFETY_DEMO_CACHE_URL``     ``redis://host:port/number`` instead of the file cache
``PSYCHSAFETY_DEMO_DEBUG``         ``1`` for templates that reload and Django's error pages
"""

import os
import sys
from pathlib import Path

from workbench.settings import *

from psychsafety_xblock.demo.backends import cache_from_url, database_from_url
from psychsafety_xblock.settings import plugin_settings

DEMO_DIR = Path(os.environ.get("PSYCHSAFETY_DEMO_DIR", "var")).resolve()
DEMO_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = os.environ.get("PSYCHSAFETY_DEMO_DEBUG") == "1"
SECRET_KEY = "the demo has no accounts, no passwords and no secrets"

ROOT_URLCONF = "psychsafety_xblock.demo.urls"
WSGI_APPLICATION = "psychsafety_xblock.demo.wsgi.application"
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "psychsafety_xblock.apps.PsychSafetyConfig",
    "psychsafety_xblock.demo.apps.DemoConfig",
]
TEMPLATES[0]["OPTIONS"]["debug"] = DEBUG

# The order of the platform: language after the session, frame options last.
MIDDLEWARE = [
    "psychsafety_xblock.demo.request_log.RequestLogMiddleware",
    *MIDDLEWARE,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_AFTER_SESSION = MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware") + 1
MIDDLEWARE[_AFTER_SESSION:_AFTER_SESSION] = [
    "django.middleware.locale.LocaleMiddleware",
    "psychsafety_xblock.demo.languages.PersonaLanguageMiddleware",
]

DATABASES = {
    "default": database_from_url(
        os.environ.get("PSYCHSAFETY_DEMO_DATABASE_URL", f"sqlite:///{DEMO_DIR / 'demo.sqlite3'}")
    )
}
CACHES = {"default": cache_from_url(os.environ.get("PSYCHSAFETY_DEMO_CACHE_URL", f"file:///{DEMO_DIR / 'cache'}"))}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
LOCALE_PATHS: list[str] = []

# Nothing is forgotten at a restart, and people and fields are those of the course.
WORKBENCH = {
    "reset_state_on_restart": False,
    "services": {
        **WORKBENCH["services"],
        "user": "psychsafety_xblock.demo.services.PersonaService",
        "field-data": "psychsafety_xblock.demo.services.CourseFieldData",
    },
}

# What the platform's tracking would log of each request, so that the tests can look for answers in it.
TRACKING_IGNORE_URL_PATTERNS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "file": {
            "class": "logging.FileHandler",
            "filename": str(DEMO_DIR / "demo.log"),
            "formatter": "line",
            "delay": True,
            "encoding": "utf-8",
        },
        "console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["file", "console"], "level": "INFO"},
    # Django's own handlers would print the same lines once more.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}

plugin_settings(sys.modules[__name__])
# A course-wide wall publishes each minute here instead of each day, so that one can watch it.
PSYCHSAFETY = {**PSYCHSAFETY, "PUBLISH_INTERVAL_SECONDS": 60}
# Said on purpose: the demo keeps its secrets in a file, so that a restart keeps running sessions.
SILENCED_SYSTEM_CHECKS = ["psychsafety.W001"]
