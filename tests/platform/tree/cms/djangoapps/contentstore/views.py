"""Blocks in Studio: a handler of a block that is edited, and one of a preview."""

from common.djangoapps.xblock_django.user_service import DjangoXBlockUserService
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from opaque_keys.edx.keys import UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xmodule.runtime import MODULESTORE, ModuleStoreRuntime
from xmodule.services import ReplaceURLService, XBlockI18nService

#: Who may write in which course: (user name, context key). Others may read.
WRITERS = set()


class StudioPermissionsService:
    """The service `studio_user_permissions`."""

    def __init__(self, user):
        self._user = user

    def can_read(self, course_key):
        return True

    def can_write(self, course_key):
        return (self._user.username, str(course_key)) in WRITERS


def _load(request, usage_key_string, preview):
    usage_key = UsageKey.from_string(usage_key_string)
    if str(usage_key) not in MODULESTORE:
        raise Http404
    services = {
        # Studio passes the role, and never that somebody is staff.
        "user": DjangoXBlockUserService(request.user, user_role="staff"),
        "i18n": XBlockI18nService,
        "settings": object(),
        "replace_urls": ReplaceURLService,
        "studio_user_permissions": StudioPermissionsService(request.user),
    }
    # Only the runtime of previews says that it is one.
    return ModuleStoreRuntime(services, author_mode=preview).load(request.user.id, usage_key)


@login_required
def component_handler(request, usage_key_string, handler, suffix=""):
    """What the editor calls. The store is written afterwards, whatever the handler did."""
    block = _load(request, usage_key_string, preview=False)
    response = block.handle(handler, django_to_webob_request(request), suffix)
    written = {name: getattr(block, name) for name, field in block.fields.items() if field.is_set_on(block)}
    MODULESTORE[usage_key_string] = written
    return webob_to_django_response(response)


@login_required
def preview_handler(request, usage_key_string, handler, suffix=""):
    """What a preview calls."""
    block = _load(request, usage_key_string, preview=True)
    return webob_to_django_response(block.handle(handler, django_to_webob_request(request), suffix))


@login_required
def xblock_view_handler(request, usage_key_string, view_name):
    """A view of a block: the editor, or the preview on the unit's page."""
    block = _load(request, usage_key_string, preview=view_name != "studio_view")
    fragment = block.render(view_name, {})
    resources = "".join(resource.data for resource in fragment.resources)
    return HttpResponse(fragment.content + resources)
