"""Staff who look at a course as somebody else. The session of the browser says as whom."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

MASQUERADE_SETTINGS_KEY = "masquerade_settings"


@dataclass
class CourseMasquerade:
    """As a role, or with a name as one specific learner."""

    course_key: object
    role: str = "student"
    user_name: str | None = None


def setup_masquerade(request, course_key, staff_access=False):
    """The masquerade in this course and the user whom blocks see: the learner while there is a specific one.

    Both users carry the settings afterwards, under the name that `get_course_masquerade` looks for.
    """
    if not staff_access:
        return None, request.user
    settings = request.session.get(MASQUERADE_SETTINGS_KEY, {})
    request.user.masquerade_settings = settings
    masquerade = settings.get(course_key)
    if masquerade is None or not masquerade.user_name:
        return masquerade, request.user
    learner = get_user_model().objects.get(username=masquerade.user_name)
    learner.masquerade_settings = settings
    learner.real_user = request.user
    return masquerade, learner


def get_course_masquerade(user, course_key):
    """The masquerade of a user in a course, or None."""
    return getattr(user, "masquerade_settings", {}).get(course_key)


def is_masquerading_as_specific_student(user, course_key):
    """Whether it is one specific learner's."""
    masquerade = get_course_masquerade(user, course_key)
    return bool(masquerade and masquerade.user_name)
