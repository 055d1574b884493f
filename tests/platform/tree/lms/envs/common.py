"""The LMS before the site's configuration. The plugins come last."""

from edx_django_utils.plugins import add_plugins, get_plugin_apps
from openedx.envs.common import *

ROOT_URLCONF = "lms.urls"
LMS_ROOT_URL = "https://learn.example.com"
TRACKING_IGNORE_URL_PATTERNS += [r"^/segmentio/event", r"^/performance"]

INSTALLED_APPS.extend(get_plugin_apps("lms.djangoapp"))
add_plugins(__name__, "lms.djangoapp", "common")
