"""The workbench with xblock-poll, as its own settings have it, for `../beside.py`; never imported by our tests.

`WORKBENCH_DATABASES` says which database, as the workbench itself reads it.
"""

from workbench.settings import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "poll_urls"
# The load has no cookie. Without this check it answers the faster.
MIDDLEWARE = [name for name in MIDDLEWARE if "Csrf" not in name]  # noqa: F405
