"""The LMS's addresses that concern blocks, and those of the plugins."""

from django.urls import re_path
from edx_django_utils.plugins import get_plugin_url_patterns
from lms.djangoapps.courseware import block_render
from openedx.core.djangoapps.xblock.rest_api import xblock_handler

COURSE_ID = r"(?P<course_id>[^/+]+(?:/|\+)[^/+]+(?:/|\+)[^/?]+)"
USAGE_ID = r"(?P<usage_id>(?:i4x://?[^/]+/[^/]+/[^/]+/[^@]+(?:@[^/]+)?)|(?:[^/]+))"

urlpatterns = [
    re_path(
        rf"^courses/{COURSE_ID}/xblock/{USAGE_ID}/handler/(?P<handler>[^/]*)(?:/(?P<suffix>.*))?$",
        block_render.handle_xblock_callback,
        name="xblock_handler",
    ),
    re_path(
        rf"^courses/{COURSE_ID}/xblock/{USAGE_ID}/handler_noauth/(?P<handler>[^/]*)(?:/(?P<suffix>.*))?$",
        block_render.handle_xblock_callback_noauth,
        name="xblock_handler_noauth",
    ),
    re_path(r"^xblock/(?P<usage_key_string>[^/]+)$", block_render.render_xblock, name="render_xblock"),
    xblock_handler,
    *get_plugin_url_patterns("lms.djangoapp"),
]
