"""The bench's settings behind the middleware of the platform, as far as packages allow.

Theirs in their order, from the packages that the platform uses; ours are tracking (`tracking.py`, for the platform's is
not a package) and nothing else. Left out, because they are no packages: the platform's own session, embargo, dark
languages, site themes and the like. So sizing should leave room.
"""

from .settings import *  # noqa: F403
from .settings import DATABASES, DEMO_DIR, INSTALLED_APPS, LOGGING

INSTALLED_APPS = [*INSTALLED_APPS, "eventtracking.django.apps.EventTrackingConfig", "waffle"]
MIDDLEWARE = [
    "crum.CurrentRequestUserMiddleware",
    "edx_django_utils.monitoring.DeploymentMonitoringMiddleware",
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "edx_django_utils.monitoring.MonitoringSupportMiddleware",
    "edx_django_utils.monitoring.CookieMonitoringMiddleware",
    "edx_django_utils.monitoring.FrontendMonitoringMiddleware",
    "edx_django_utils.monitoring.MonitoringMemoryMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sites.middleware.CurrentSiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edx_django_utils.cache.middleware.TieredCacheMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.bench.tracking.TrackMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "waffle.middleware.WaffleMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_SAMESITE = "None"
DATABASES = {"default": {**DATABASES["default"], "ATOMIC_REQUESTS": True}}
EVENT_TRACKING_ENABLED = True
EVENT_TRACKING_BACKENDS = {
    "logger": {"ENGINE": "eventtracking.backends.logger.LoggerBackend", "OPTIONS": {"name": "tracking"}}
}
TRACKING_FILE = DEMO_DIR / "tracking.log"
LOGGING = {
    **LOGGING,
    "handlers": {
        **LOGGING["handlers"],
        "tracking": {"class": "logging.FileHandler", "filename": str(TRACKING_FILE), "delay": True},
    },
    "loggers": {**LOGGING["loggers"], "tracking": {"handlers": ["tracking"], "level": "INFO", "propagate": False}},
}
