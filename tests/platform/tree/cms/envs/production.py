"""Studio as a site runs it: the file that CMS_CFG names, and the plugins once more."""

import os
from pathlib import Path

import yaml
from cms.envs.common import *
from edx_django_utils.plugins import add_plugins

vars().update(yaml.safe_load(Path(os.environ["CMS_CFG"]).read_text(encoding="utf-8")))

SESSION_COOKIE_SAMESITE = "None"
SESSION_COOKIE_SECURE = True

add_plugins(__name__, "cms.djangoapp", "production")
