"""The demo of the browser's tests with one more folder of catalogues, which the environment names."""

import os

from tests.browser.settings import *  # noqa: F403
from tests.browser.settings import LOCALE_PATHS as DEMO_PATHS

LOCALE_PATHS = [os.environ["PSYCHSAFETY_TEST_CATALOGUES"], *DEMO_PATHS]
