"""The combinations of versions, and what is done in each."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .building import ROOT, StepError, build, clone, interpreter, needed_for_tests, run

#: What our rules and the platform's ways are tested by. Machines that think up sequences, and what needs a server, are
#: left to `make test` and to the one cell below.
EVERYWHERE = [
    "tests/core", "tests/service", "tests/web", "tests/blocks",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/privacy").glob("test_rule_*.py")),
    "--deselect", "tests/service/test_machine.py", "-m", "not slow and not mariadb and not postgres and not redis",
]  # fmt: skip
ON_THE_SERVERS = ["tests/storage", "tests/concurrency", "tests/packaging/test_migrations.py"]
#: An LMS and a Studio of the real plugin loader: settings, addresses, checks, migrations.
PLATFORM = ["tests/platform"]


@dataclass(frozen=True)
class Cell:
    """One combination: what is installed beside our package."""

    python: str
    requirements: tuple[str, ...]
    #: Whether tests go to MariaDB and PostgreSQL here.
    servers: bool = False
    #: Installed from a clone of the repository, as an administrator may, instead of from the wheel.
    from_git: bool = False

    @property
    def name(self) -> str:
        """For the table."""
        return ", ".join([f"Python {self.python}", *self.requirements, *(["from git"] if self.from_git else [])])


#: The longest first, so that none of the others waits for it in the end.
CELLS = [
    Cell("3.12", ("XBlock", "Django==5.2.*"), servers=True),
    Cell("3.11", ("XBlock==5.0.0", "Django==5.2.*"), from_git=True),
    Cell("3.11", ("XBlock", "Django")),
    Cell("3.12", ("XBlock", "Django==6.0.*")),
    Cell("3.13", ("XBlock", "Django==6.0.*")),
]


@dataclass
class Line:
    """A line of the table: what was tried, how it ended ("ok", "FAILED", "left out"), how long it took, what failed."""

    cell: str
    what: str
    outcome: str
    seconds: float = 0
    log: str = ""

    @property
    def failed(self) -> bool:
        """Whether the matrix has to end with an error."""
        return self.outcome == "FAILED"


class Matrix:
    """What all cells share: a clone, its wheel, and a folder with the tests and without the package's source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = clone(folder)
        self.wheel = build(self.source, folder)
        self.tested = folder / "tested"
        shutil.copytree(self.source / "tests", self.tested / "tests")
        # Some tests compare the package with its documents.
        shutil.copytree(self.source / "docs", self.tested / "docs")
        shutil.copy(self.source / "pyproject.toml", self.tested)

    def lines(self, cell: Cell) -> list[Line]:
        """Do all of a cell; a step that fails is its last."""
        python = interpreter(cell.python)
        if python is None:
            outcome = "FAILED" if os.environ.get("PSYCHSAFETY_REQUIRE_ALL") else "left out"
            return [Line(cell.name, f"there is no Python {cell.python} here", outcome)]
        lines: list[Line] = []
        home = Path(tempfile.mkdtemp(prefix="cell-", dir=self.folder))
        for what, step in self._steps(cell, python, home):
            began = time.monotonic()
            line = Line(cell.name, what, "ok")
            try:
                line.what += step()
            except StepError as error:
                line.outcome, line.log = "FAILED", str(error)
            line.seconds = time.monotonic() - began
            lines.append(line)
            if line.failed:
                break
        shutil.rmtree(home)
        return lines

    def _steps(self, cell: Cell, python: str, home: Path) -> Iterator[tuple[str, Callable[[], str]]]:
        """What each step is called, and what does it and gives what there is to add."""
        inside = home / "venv/bin/python"
        install = (inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "setuptools<82")
        environment = {
            "DJANGO_SETTINGS_MODULE": "psychsafety_xblock.demo.settings",
            "PSYCHSAFETY_DEMO_DIR": str(home / "demo"),
            "PYTHONWARNINGS": "ignore:pkg_resources",
            **({"PSYCHSAFETY_TEST_ALL_PLACES": "1"} if cell.servers else {}),
        }

        def alone() -> str:
            run(python, "-m", "venv", home / "venv")
            ours = f"git+file://{self.source}" if cell.from_git else self.wheel
            run(*install, ours, *cell.requirements)
            shutil.copytree(self.tested / "tests/matrix/alone", home / "alone")
            return ": " + run(inside, "load.py", cwd=home / "alone").splitlines()[-1]

        def prepare() -> str:
            extras = ("test", "mysql") if cell.servers else ("test",)
            run(*install, *needed_for_tests(self.wheel, *extras), *cell.requirements)
            where = run(inside, "-c", "import psychsafety_xblock as ours; print(ours.__file__)", cwd=self.tested)
            if not Path(where.strip()).is_relative_to(home):
                raise StepError(f"{where.strip()} is not what was installed")
            return ""

        def tested(chosen: list[str]) -> Callable[[], str]:
            pytest = (inside, "-m", "pytest", "--quiet", "-p", "no:cacheprovider")
            return lambda: ": " + run(*pytest, *chosen, cwd=self.tested, **environment).splitlines()[-1].strip("= ")

        yield "installed and loaded alone", alone
        yield "what tests need", prepare
        yield "LMS and Studio" + (", migrated on MariaDB and PostgreSQL" if cell.servers else ""), tested(PLATFORM)
        yield "rules, service, live API, blocks", tested(EVERYWHERE)
        if cell.servers:
            yield "storage on MariaDB and PostgreSQL", tested(ON_THE_SERVERS)
