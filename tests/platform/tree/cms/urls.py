"""Studio's addresses that concern blocks, and those of the plugins."""

from cms.djangoapps.contentstore import views
from django.urls import re_path
from edx_django_utils.plugins import get_plugin_url_patterns
from openedx.core.djangoapps.xblock.rest_api import xblock_handler

USAGE_KEY = r"(?P<usage_key_string>[^/]+)"
HANDLER = r"handler/(?P<handler>[^/]+)(?:/(?P<suffix>.*))?$"

urlpatterns = [
    re_path(rf"^xblock/{USAGE_KEY}/{HANDLER}", views.component_handler, name="component_handler"),
    re_path(rf"^preview/xblock/{USAGE_KEY}/{HANDLER}", views.preview_handler, name="preview_handler"),
    re_path(rf"^xblock/{USAGE_KEY}/(?P<view_name>[^/]+)$", views.xblock_view_handler, name="xblock_view_handler"),
    xblock_handler,
    *get_plugin_url_patterns("cms.djangoapp"),
]
