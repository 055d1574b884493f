"""Studio before the site's configuration. The plugins come last."""

from edx_django_utils.plugins import add_plugins, get_plugin_apps
from openedx.envs.common import *

ROOT_URLCONF = "cms.urls"

INSTALLED_APPS.extend(get_plugin_apps("cms.djangoapp"))
add_plugins(__name__, "cms.djangoapp", "common")
