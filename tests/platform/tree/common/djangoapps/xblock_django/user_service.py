"""The service `user`, with the attributes that the platform gives."""

from xblock.reference.user_service import UserService, XBlockUser


class DjangoXBlockUserService(UserService):
    """Of somebody who is not signed in a block learns only that, and perhaps the country."""

    def __init__(self, django_user, user_is_staff=False, user_role="student", country=None):
        super().__init__()
        self._django_user = django_user
        self.user_is_staff = user_is_staff
        self.user_role = user_role
        self.country = country

    def get_current_user(self):
        user = XBlockUser(is_current_user=True)
        user.opt_attrs["edx-platform.request_country_code"] = self.country
        if self._django_user is None or not self._django_user.is_authenticated:
            user.opt_attrs["edx-platform.is_authenticated"] = False
            return user
        user.emails = [self._django_user.email]
        user.full_name = self._django_user.get_full_name()
        user.opt_attrs.update(
            {
                "edx-platform.anonymous_user_id": f"pseudonym-of-{self._django_user.pk}",
                "edx-platform.deprecated_anonymous_user_id": f"old-pseudonym-of-{self._django_user.pk}",
                "edx-platform.is_authenticated": True,
                "edx-platform.user_id": self._django_user.pk,
                "edx-platform.username": self._django_user.username,
                "edx-platform.user_is_beta_tester": False,
                "edx-platform.user_is_global_staff": self._django_user.is_superuser,
                "edx-platform.user_is_staff": self.user_is_staff,
                "edx-platform.user_role": self.user_role,
                "edx-platform.user_preferences": {"pref-lang": "en"},
            }
        )
        return user
