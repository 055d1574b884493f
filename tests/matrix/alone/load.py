"""Finds and loads everything that a platform would, in an environment that holds the wheel and what it requires.

Prints the versions that it was tried with.
"""

import os
from importlib.metadata import entry_points, version

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "small_settings"
django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.template.loader import get_template  # noqa: E402

import psychsafety_xblock  # noqa: E402

GROUPS = ("xblock.v1", "lms.djangoapp", "cms.djangoapp")
FILES = ("js/team_session.js", "js/anonymous_wall.js", "js/studio.js", "js/preview.js", "js/join.js", "css/block.css")

found = {
    f"{group}:{entry.name}": entry.load().__name__
    for group in GROUPS
    for entry in entry_points(group=group)
    if entry.name.startswith("psychsafety")
}
assert found == {
    "xblock.v1:psychsafety_team_session": "TeamSessionXBlock",
    "xblock.v1:psychsafety_wall": "AnonymousWallXBlock",
    "lms.djangoapp:psychsafety_xblock": "PsychSafetyConfig",
    "cms.djangoapp:psychsafety_xblock": "PsychSafetyConfig",
}, found
assert "site-packages" in psychsafety_xblock.__file__, psychsafety_xblock.__file__
call_command("migrate", verbosity=0)
get_template("psychsafety_xblock/join.html")
for name in FILES:
    assert finders.find(f"psychsafety_xblock/{name}"), name
print("Django", version("Django"), "XBlock", version("XBlock"))
