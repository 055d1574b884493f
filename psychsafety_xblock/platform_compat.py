"""What differs between the platforms that blocks run on: Open edX's LMS and Studio, its library runtime, the workbench.

The only module that imports `lms`, `openedx` or `common`, and only inside functions.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from .core.errors import Refused

#: All blocks with plain ids, as in the workbench, count as one course run.
_PLAIN_RUN = "workbench"


@dataclass(frozen=True)
class Person:
    """The account that looks at a block. `account` is the platform's id of it, for derivations and hashes only."""

    account: str
    staff: bool


def course_run(block: Any) -> str:
    """Which course run a block is in, as text. All blocks with plain ids, as in the workbench, are in one."""
    context = getattr(block.scope_ids.usage_id, "context_key", None)
    return str(context) if context is not None else _PLAIN_RUN


def plain_run(course_key: Any) -> str:
    """A course key as the LMS writes it, without the branch and version that Studio may have in it."""
    return str(course_key.for_branch(None).version_agnostic() if hasattr(course_key, "for_branch") else course_key)


def usage_key(block: Any) -> str:
    """The full usage key of a block as text."""
    return str(block.scope_ids.usage_id)


def block_id(block: Any) -> str:
    """An opaque id for browsers: the same for everybody, and not the usage key."""
    return hashlib.sha256(usage_key(block).encode()).hexdigest()[:16]


def person(block: Any) -> Person:
    """Who is looking. Raises `Refused` `anonymous` when nobody is signed in."""
    service = block.runtime.service(block, "user")
    attributes = service.get_current_user().opt_attrs if service else {}
    account = attributes.get("edx-platform.user_id", attributes.get("xblock-workbench.user_id"))
    # The workbench calls somebody who is not signed in "none"; older platforms leave out the flag for real users.
    if account in (None, "", "none") or attributes.get("edx-platform.is_authenticated") is False:
        raise Refused("anonymous")
    role = attributes.get("edx-platform.user_role")
    staff = bool(attributes.get("edx-platform.user_is_staff")) or role in ("staff", "instructor")
    return Person(account=str(account), staff=staff)


def is_vouched_for(request: Any) -> bool:
    """Whether the platform has checked who sent this to a handler, and from where.

    Each handler can also be reached under the LMS's address `handler_noauth`, where the session's user acts whatever
    page of whatever site sent the request. Nothing of ours calls that.
    """
    return "/handler_noauth/" not in str(request.path)


def participant(block: Any) -> Person:
    """Who is taking part. Raises `Refused`: `anonymous`, `preview` in Studio, `masquerade` as a specific learner."""
    if in_studio(block):
        raise Refused("preview")
    found = person(block)
    if _is_masquerading(block, found):
        raise Refused("masquerade")
    return found


def in_studio(block: Any) -> bool:
    """Whether this is Studio, from which no session is opened and nothing of one is stored.

    Studio marks the runtime of its previews only; its editor and the handlers called from there run on the same
    runtime as the LMS, in a process whose settings are Studio's.
    """
    return bool(getattr(block.runtime, "is_author_mode", False)) or settings.ROOT_URLCONF == "cms.urls"


def author(block: Any) -> None:
    """Let only somebody through who may edit here. Raises `Refused`: `not_in_studio`, `may_not_edit`.

    Studio calls a handler also for people who may only read, and then drops what it changed without a word.
    """
    if not in_studio(block):
        raise Refused("not_in_studio")
    permissions = block.runtime.service(block, "studio_user_permissions")
    context = getattr(block.scope_ids.usage_id, "context_key", None)
    if permissions is not None and context is not None and not permissions.can_write(context):
        raise Refused("may_not_edit")


def _is_masquerading(block: Any, found: Person) -> bool:
    """Whether staff views the course as one specific learner; "view as Learner" in general acts as oneself."""
    try:
        from lms.djangoapps.courseware.masquerade import is_masquerading_as_specific_student
    except ImportError:
        return False
    from django.contrib.auth import get_user_model

    context = getattr(block.scope_ids.usage_id, "context_key", None)
    user = get_user_model().objects.filter(pk=found.account).first()
    # Masquerading replaces the user whom the block sees by the learner, so look at who sent the request.
    return context is not None and is_masquerading_as_specific_student(_sender() or user, context)


def _sender() -> Any:
    try:
        from crum import get_current_user
    except ImportError:
        return None
    return get_current_user()


def asset_path(block: Any, written: str) -> str:
    """Where a picture that an author named lies: Studio's `/static/name.png` as the course's own path.

    Unchanged where there is nothing to replace it by; a path on another host, which the screen cannot load, is
    left out.
    """
    service = block.runtime.service(block, "replace_urls") if written.startswith("/static/") else None
    if service is None:
        return written
    # The platform looks for addresses between quotes, as they stand in HTML.
    found = str(service.replace_urls(f'"{written}"', static_replace_only=True)).strip('"')
    return found if found.startswith("/") and not found.startswith("//") else ""


def storage_key(account: str) -> str:
    """What a browser calls its storage for this account: opaque, and of no use anywhere else."""
    message = f"psychsafety storage {account}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:24]


def language() -> str:
    """The language that the reader's page is in."""
    from django.utils.translation import get_language

    return get_language() or settings.LANGUAGE_CODE
