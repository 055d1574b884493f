"""The smallest settings that the plugin works with, and that a process has where nothing else is installed."""

import sys

from psychsafety_xblock import settings as ours

SECRET_KEY = "test"
INSTALLED_APPS = ["django.contrib.staticfiles", "psychsafety_xblock.apps.PsychSafetyConfig"]
STATIC_URL = "/static/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ours.plugin_settings(sys.modules[__name__])
