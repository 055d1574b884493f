"""Blocks in the LMS: what runs a handler, for whom, and what is checked before."""

from common.djangoapps.xblock_django.user_service import DjangoXBlockUserService
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_safe
from eventtracking import tracker
from lms.djangoapps.courseware.masquerade import setup_masquerade
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import NoSuchHandlerError
from xmodule.runtime import MODULESTORE, ModuleStoreRuntime
from xmodule.services import EventPublishingService, ReplaceURLService, XBlockI18nService

#: Services that a runtime lacks or has in another shape: an older platform, in a test.
CHANGED_SERVICES = {}


def unquote_slashes(text):
    """ ";_" stands for a slash in a usage key, ";;" for a semicolon."""
    return ";".join(part.replace(";_", "/") for part in text.split(";;"))


def prepare_runtime_for_user(user, course_key, user_is_staff=False):
    """A runtime with the services that a block finds in a course. Some are None or of another kind for some users."""
    services = {
        "user": DjangoXBlockUserService(
            user, user_is_staff=user_is_staff, user_role="staff" if user_is_staff else "student", country="DK"
        ),
        "completion": object() if user.is_authenticated else None,
        "i18n": XBlockI18nService,
        "settings": object(),
        "replace_urls": ReplaceURLService,
        "publish": EventPublishingService(user, course_key),
    }
    return ModuleStoreRuntime({**services, **CHANGED_SERVICES})


def get_block_by_usage_id(request, course_key, usage_id):
    """The block for whoever asks, or for the learner as whom staff looks. Raises Http404."""
    try:
        usage_key = UsageKey.from_string(unquote_slashes(usage_id)).map_into_course(course_key)
    except InvalidKeyError as error:
        raise Http404("Invalid location") from error
    if str(usage_key) not in MODULESTORE:
        raise Http404
    _, user = setup_masquerade(request, course_key, request.user.is_staff)
    runtime = prepare_runtime_for_user(user, course_key, user_is_staff=user.is_staff)
    return runtime.load(user.id, usage_key)


def _invoke_xblock_handler(request, course_id, usage_id, handler, suffix):
    # The platform looks for files in each request before anything else.
    assert request.FILES is not None
    try:
        course_key = CourseKey.from_string(course_id)
    except InvalidKeyError as error:
        raise Http404 from error
    block = get_block_by_usage_id(request, course_key, usage_id)
    module = {"module": {"display_name": block.display_name, "usage_key": str(block.scope_ids.usage_id)}}
    try:
        with tracker.get_tracker().context("module_callback_handler", module):
            response = block.handle(handler, django_to_webob_request(request), suffix)
    except NoSuchHandlerError as error:
        raise Http404 from error
    return webob_to_django_response(response)


@csrf_exempt
@xframe_options_exempt
@transaction.non_atomic_requests
def handle_xblock_callback(request, course_id, usage_id, handler, suffix=""):
    """Users of the session pass the CSRF check; who is not signed in may only read."""
    if request.user.is_authenticated:
        refusal = CsrfViewMiddleware(lambda request: None).process_view(request, None, (), {})
        if refusal:
            return refusal
    elif request.method != "GET":
        return HttpResponseForbidden("Unauthenticated")
    request.user.known = request.user.is_authenticated
    return _invoke_xblock_handler(request, course_id, usage_id, handler, suffix)


@csrf_exempt
@xframe_options_exempt
@transaction.non_atomic_requests
def handle_xblock_callback_noauth(request, course_id, usage_id, handler, suffix=""):
    """Any method, any origin, with whatever user the session holds: no check at all."""
    request.user.known = False
    return _invoke_xblock_handler(request, course_id, usage_id, handler, suffix)


@require_safe
@ensure_csrf_cookie
@xframe_options_exempt
@transaction.non_atomic_requests
def render_xblock(request, usage_key_string):
    """A unit's page, in the frame of the courseware: here the one block alone."""
    usage_key = UsageKey.from_string(unquote_slashes(usage_key_string))
    block = get_block_by_usage_id(request, usage_key.course_key, usage_key_string)
    fragment = block.render("student_view", {"show_title": False})
    resources = "".join(resource.data for resource in fragment.resources)
    return HttpResponse(fragment.content + resources)
