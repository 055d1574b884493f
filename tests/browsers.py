"""Where the browser is that tests and measurements drive."""

from __future__ import annotations

import shutil

#: The first that is there. The shell is the same browser without what only windows need, and much lighter.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The path of Chromium for Playwright's `executable_path`; None without one."""
    return next(filter(None, map(shutil.which, NAMES)), None)
