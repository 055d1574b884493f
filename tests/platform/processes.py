"""A process of the LMS or of Studio, as tests/platform/tree has them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

#: What a site's configuration file holds in these tests: it overrides some of ours, and has patterns of its own.
CONFIGURATION: dict[str, Any] = {
    "SECRET_KEY": "of this site",
    "PSYCHSAFETY": {"SESSION_HOURS": 6},
    "TRACKING_IGNORE_URL_PATTERNS": ["^/event", "^/site/"],
}


def run(variant: str, folder: Path, *arguments: str, **configuration: Any) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in a process of "lms" or "cms", with a configuration file of its own."""
    file = folder / f"{variant}.yml"
    file.write_text(yaml.safe_dump({**CONFIGURATION, **configuration}), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE / "tree"),
        "PYTHONWARNINGS": "ignore:pkg_resources",
        "DJANGO_SETTINGS_MODULE": f"{variant}.envs.production",
        "SERVICE_VARIANT": variant,
        "PLATFORM_DATA": str(folder),
        f"{variant.upper()}_CFG": str(file),
    }
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
