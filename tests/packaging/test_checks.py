"""What is generated and committed is what its sources give, and the rules of the architecture hold."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "psychsafety_xblock"


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore", **environment}
    )


def test_import_rules_hold():
    done = run(str(Path(sys.executable).with_name("lint-imports")))
    assert done.returncode == 0, done.stdout


def test_migrations_are_complete(tmp_path):
    done = run(
        sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "psychsafety_xblock",
        DJANGO_SETTINGS_MODULE="psychsafety_xblock.demo.settings", PSYCHSAFETY_DEMO_DIR=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_built_files_are_fresh():
    if shutil.which("npm") is None or not (ROOT / "node_modules").is_dir():
        pytest.skip("npm, or what it installs, is missing")
    done = run("npm", "run", "--silent", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_the_package_loads_from_elsewhere():
    """No CDN, no web font: the plugin's pages ask no other host for anything."""
    found = []
    for file in [*PACKAGE.glob("static/**/*"), *PACKAGE.glob("templates/**/*")]:
        if file.suffix in (".css", ".html"):
            text = file.read_text(encoding="utf-8")
            found += [f"{file.name}: {url}" for url in re.findall(r"(?:https?:)?//[\w-]+\.[\w./-]+", text)]
    assert found == []


@pytest.mark.parametrize(
    ("script", "style"), [("team_session", "block"), ("anonymous_wall", "block"), ("join", "join")]
)
def test_what_a_learners_view_loads_is_small(script, style):
    """40 KB gzipped (docs/performance.md). The leader's script and "What is kept about you" come when asked for."""
    static = PACKAGE / "static/psychsafety_xblock"
    files = [static / f"js/{script}.js", static / f"css/{style}.css"]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 40 * 1024
