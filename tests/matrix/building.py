"""A copy of the project as somebody would clone it, the wheel made of it, and interpreters to install it with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]

#: Of the extra `test`, what judges the source or drives a browser, and what a cell chooses itself.
_NOT_NEEDED = {
    "axe-playwright-python", "bandit", "django", "django-stubs", "import-linter", "mypy", "playwright", "ruff",
    "types-pyyaml",
}  # fmt: skip


class StepError(Exception):
    """A program that ended with an error; the text is what it printed."""


def run(*command: object, cwd: Path = ROOT, **environment: str) -> str:
    """Run a program without the caller's Python settings; gives what it printed. Raises `StepError`."""
    ours = ("PYTHONPATH", "DJANGO_SETTINGS_MODULE", "PIP_REQUIRE_VIRTUALENV")
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**clean, **environment}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        raise StepError(f"{' '.join(str(part) for part in command)[:300]}\n{done.stdout}")
    return done.stdout


def interpreter(version: str) -> str | None:
    """A Python of this version: of pyenv, or on the path. A name on the path may be a shim with nothing behind it."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for python in [*sorted(root.glob(f"versions/{version}.*/bin/python")), f"python{version}"]:
        try:
            said = run(python, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])")
        except (OSError, StepError):
            continue
        if said.strip() == version:
            return str(python)
    return None


def files_of_the_project(*under: str) -> list[str]:
    """The files that the repository has, new ones too, as paths from its root."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *under).split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


def clone(folder: Path) -> Path:
    """A git repository of the project as it stands."""
    source = folder / "psychsafety-xblock"
    for name in files_of_the_project():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "As it stands"]):
        run("git", *command, cwd=source)
    return source


def build(source: Path, folder: Path) -> Path:
    """The wheel, built from a clean copy so that no earlier build slips in."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def metadata_of(wheel: Path) -> Message:
    """What a wheel says about itself."""
    with ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def needed_for_tests(wheel: Path, *extras: str) -> list[str]:
    """What the wheel's own extras name, without what no cell of the matrix needs."""
    needed = []
    for line in metadata_of(wheel).get_all("Requires-Dist", []):
        requirement, _, marker = line.partition(";")
        if any(f'extra == "{extra}"' in marker for extra in extras):
            needed.append(requirement.strip())
    return [one for one in needed if re.split(r"[\[<>=! ]", one)[0].lower() not in _NOT_NEEDED]
