"""URLs of the demo: its own pages, the plugin's as the platform would mount them, and the workbench's."""

from django.apps import apps
from django.contrib.staticfiles.views import serve
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from workbench import views as workbench_views
from workbench.urls import urlpatterns as workbench_urls

from psychsafety_xblock.demo import clip, views


def plugin_urls() -> list[URLPattern | URLResolver]:
    """The URLs that the plugin declares for the LMS, mounted by the platform's rule."""
    plugin = apps.get_app_config("psychsafety_xblock")
    declared = plugin.plugin_app["url_config"]["lms.djangoapp"]  # type: ignore[attr-defined]
    module = f"{plugin.name}.{declared.get('relative_path', 'urls')}"
    return [re_path(declared["regex"], include((module, plugin.name), namespace=declared["namespace"]))]


urlpatterns = [
    path("", views.start, name="demo_start"),
    path("course/<slug:persona>/", views.first_unit, name="demo_course"),
    path("course/<slug:persona>/<slug:unit>/", views.unit, name="demo_unit"),
    path("studio/<slug:block>/", views.studio, name="demo_studio"),
    path("studio/<slug:block>/preview/", views.preview, name="demo_preview"),
    path("demo/clip.mp4", clip.clip, name="demo_clip"),
    path("demo/sample-course.tar.gz", views.sample_course, name="demo_sample_course"),
    # The workbench's handler URL; without accounts there is nothing that a foreign page could act as.
    re_path(
        r"^handler/(?P<usage_id>[^/]+)/(?P<handler_slug>[^/]*)(?:/(?P<suffix>.*))?$",
        csrf_exempt(workbench_views.handler),
        {"authenticated": True},
    ),
    # The workbench's would forget the blocks of the demo until the next restart.
    path("reset_state", views.reset_state, name="reset_state"),
    *plugin_urls(),
    # gunicorn serves the static files too; the demo has no web server in front of it.
    re_path(r"^static/(?P<path>.*)$", serve, {"insecure": True}),
    *workbench_urls,
]
