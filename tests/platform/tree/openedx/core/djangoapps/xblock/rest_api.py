"""Blocks of content libraries, in Studio as in the LMS: the address itself says who calls, with a token."""

from common.djangoapps.xblock_django.user_service import DjangoXBlockUserService
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404, HttpResponseForbidden
from django.urls import re_path
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from opaque_keys.edx.keys import UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xmodule.runtime import MODULESTORE, ModuleStoreRuntime
from xmodule.services import EventPublishingService, ReplaceURLService, XBlockI18nService


def get_secure_token(user_id, usage_key):
    """What the platform gives to a page for this user and block."""
    return signing.Signer(salt="xblock").signature(f"{user_id} {usage_key}").replace("-", "_")


@csrf_exempt
@xframe_options_exempt
def xblock_handler_view(request, usage_key, user_id, secure_token, handler_name, suffix=""):
    """Run a handler as the user that the address names, in the request's transaction; "anon..." is nobody."""
    usage_key = UsageKey.from_string(usage_key)
    if secure_token != get_secure_token(user_id, usage_key):
        return HttpResponseForbidden("Invalid/expired auth token.")
    if str(usage_key) not in MODULESTORE:
        raise Http404
    user = get_user_model().objects.get(pk=user_id) if user_id.isdigit() else AnonymousUser()
    services = {
        "user": DjangoXBlockUserService(user),
        "i18n": XBlockI18nService,
        "replace_urls": ReplaceURLService,
        "completion": object() if user.is_authenticated else None,
        "publish": EventPublishingService(user, usage_key.context_key),
    }
    block = ModuleStoreRuntime(services).load(user.id, usage_key)
    return webob_to_django_response(block.handle(handler_name, django_to_webob_request(request), suffix))


xblock_handler = re_path(
    r"^api/xblock/v2/xblocks/(?P<usage_key>[^/]+)/handler/(?P<user_id>\w+)-(?P<secure_token>\w+)/"
    r"(?P<handler_name>[\w\-]+)/(?P<suffix>.+)?$",
    xblock_handler_view,
    name="library_xblock_handler",
)
