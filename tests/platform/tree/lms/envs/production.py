"""The LMS as a site runs it: the file that LMS_CFG names, and the plugins once more."""

import os
from pathlib import Path

import yaml
from edx_django_utils.plugins import add_plugins
from lms.envs.common import *

vars().update(yaml.safe_load(Path(os.environ["LMS_CFG"]).read_text(encoding="utf-8")))

SESSION_COOKIE_SAMESITE = "None"
SESSION_COOKIE_SECURE = True

add_plugins(__name__, "lms.djangoapp", "production")
