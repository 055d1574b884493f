"""Whether the tests of the rules bite: each deliberate breakage, alone in a copy of the package, must make one fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Where the rules are tested, the quick tests first, for the first that fails is enough.
_FILES = sorted((ROOT / "tests/privacy").glob("test_*.py"), key=lambda file: ("_attacker_" in file.name, file.name))
TESTS = tuple(str(file.relative_to(ROOT)) for file in _FILES)
#: Tables are made from the models where these are broken: the breakage shall really be there, and a missing migration
#: not be what the tests stumble over. Other databases are then left out, for their tables come from the migrations.
_FROM_MODELS = ("--nomigrations", "-m", "not slow and not mariadb and not postgres")
_MIGRATED = ("-m", "not slow")
_FAILED = 1
_FIRST = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Edit:
    """A text that stands once in a file of the package, and what stands there when it is broken."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Breakage:
    """A deliberate breakage: what it would be, in words, its edits, and where the tests are that should notice.

    `first` are those that are known to; the others are asked only if they do not.
    """

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...] = TESTS
    first: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """How its tests are run."""
        return _FROM_MODELS if any(edit.file == "models.py" for edit in self.edits) else _MIGRATED


@dataclass(frozen=True)
class Verdict:
    """`caught` by the test named, or not. `detail` is what was said when the tests did not fail as they should."""

    breakage: Breakage
    caught: bool
    test: str = ""
    detail: str = ""


def check(breakages: tuple[Breakage, ...], at_a_time: int = 2) -> Iterator[Verdict]:
    """Try each breakage; gives the verdicts in their order. Raises RuntimeError when the tests fail without any."""
    with tempfile.TemporaryDirectory(prefix="psychsafety-mutants-") as folder:
        sound = Breakage("nothing is broken", (), tuple(dict.fromkeys(test for one in breakages for test in one.tests)))
        whole = _run(sound, Path(folder) / "sound")
        if whole.detail != "passed":
            raise RuntimeError(f"the tests fail on the package as it is: {whole.test or whole.detail}")
        with ThreadPoolExecutor(at_a_time) as pool:
            places = [Path(folder) / str(number) for number in range(len(breakages))]
            yield from pool.map(_run, breakages, places)


def _run(breakage: Breakage, folder: Path) -> Verdict:
    copy(folder)
    try:
        for edit in breakage.edits:
            apply(edit, folder)
        verdict = Verdict(breakage, caught=False, detail="passed")
        for tests in filter(None, (breakage.first, breakage.tests)):
            verdict = _asked(breakage, tests, folder)
            if verdict.detail != "passed":
                break
        return verdict
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _asked(breakage: Breakage, tests: tuple[str, ...], folder: Path) -> Verdict:
    """What these tests say of the package in this folder."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=short", *breakage.options, *tests],
        cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True,
    )  # fmt: skip
    verdict = Verdict(breakage, caught=False, detail="passed")
    if done.returncode == 0:
        return verdict
    first = _FIRST.search(done.stdout)
    if done.returncode == _FAILED and first:
        return replace(verdict, caught=True, test=first[1], detail="")
    # A package that does not even import proves nothing about the tests.
    return replace(verdict, detail=(done.stdout + done.stderr)[-2000:])


def copy(folder: Path) -> None:
    """What the tests need, in a folder of its own."""
    folder.mkdir(parents=True)
    leave_out = shutil.ignore_patterns("__pycache__", "*.pyc", "node_modules")
    for name in ("psychsafety_xblock", "tests", "docs", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for name in ("pyproject.toml", "setup.py", "README.md", "CHANGELOG.md", "Makefile"):
        shutil.copy(ROOT / name, folder / name)


def apply(edit: Edit, folder: Path) -> None:
    """Break one file. Raises ValueError when the text does not stand there exactly once: the list is out of date."""
    file = folder / "psychsafety_xblock" / edit.file
    text = file.read_text(encoding="utf-8")
    if text.count(edit.old) != 1:
        raise ValueError(f"{edit.file} holds {text.count(edit.old)} times: {edit.old!r}")
    file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
