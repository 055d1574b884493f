"""What the settings of LMS and Studio have in common: names, order and values of openedx-platform's own.

This folder is a platform in small, with the module names of the real one, which is not on PyPI: what is there (Django,
edx-django-utils with the plugin loader, crum, waffle, event-tracking, opaque keys, XBlock) is the real thing, what is
missing has a stand-in with the names and the behaviour that docs and source of openedx-platform (Verawood) show. The
folder is on the path of the processes that tests/platform starts, and of no other.
"""

import os
from pathlib import Path

SERVICE_VARIANT = os.environ["SERVICE_VARIANT"]
ENV_ROOT = Path(os.environ["PLATFORM_DATA"])

DEBUG = False
SECRET_KEY = "overridden by the configuration file"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("da", "dansk"), ("de-de", "Deutsch"), ("pt-br", "português"), ("ar", "العربية")]
LOCALE_PATHS = [str(ENV_ROOT / "conf/locale")]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

# A site names its own. Here nothing has to outlast a power cut.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ENV_ROOT / "edxapp.db"),
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL;"},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "edx_location_mem_cache"}}

SESSION_ENGINE = "django.contrib.sessions.backends.cache"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "eventtracking.django.apps.EventTrackingConfig",
    "waffle",
]
SITE_ID = 1

# The platform's templates are looked for by loaders; a file without Mako's mark is one of Django's.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.static",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.csrf",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = str(ENV_ROOT / "staticfiles")

TRACKING_IGNORE_URL_PATTERNS = [r"^/event", r"^/login", r"^/heartbeat"]
EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS = {
    "tracking_logs": {
        "ENGINE": "eventtracking.backends.routing.RoutingBackend",
        "OPTIONS": {
            "backends": {
                "logger": {
                    "ENGINE": "eventtracking.backends.logger.LoggerBackend",
                    "OPTIONS": {"name": "tracking", "max_event_size": 50000},
                }
            }
        },
    }
}

# Studio's list is the same as far as it concerns us. What is left out is not on PyPI, or does nothing with requests
# like ours: forwarded addresses, mobile versions, JWT cookies, user standing, cross-domain cookies, embargo, language
# preferences, dark languages, themes, history.
MIDDLEWARE = [
    "crum.CurrentRequestUserMiddleware",
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "edx_django_utils.monitoring.CachedCustomMonitoringMiddleware",
    "edx_django_utils.monitoring.CookieMonitoringMiddleware",
    "edx_django_utils.monitoring.DeploymentMonitoringMiddleware",
    "edx_django_utils.monitoring.FrontendMonitoringMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sites.middleware.CurrentSiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "common.djangoapps.track.middleware.TrackMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "waffle.middleware.WaffleMiddleware",
    "edx_django_utils.cache.middleware.TieredCacheMiddleware",
]
