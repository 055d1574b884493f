"""What a bench came to: printed while it runs, and written into docs/performance.md at the end."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import sys
from dataclasses import dataclass, field
from pathlib import Path

import django

BEGIN = "<!-- figures: begin -->"
END = "<!-- figures: end -->"
#: What the figures depend on.
PACKAGES = ("Django", "XBlock", "gunicorn", "mysqlclient", "psycopg", "redis", "edx-django-utils", "event-tracking")


@dataclass(frozen=True)
class Figure:
    """One line. `met` is None for what has no target."""

    name: str
    shown: str
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """In a word."""
        return "" if self.met is None else "met" if self.met else "MISSED"


@dataclass
class Report:
    """Sections of figures and remarks, in the order in which they were measured."""

    sections: list[tuple[str, list[Figure | str]]] = field(default_factory=list)
    #: False once an answer was lost or counted twice.
    safe: bool = True
    #: What the figures were measured on, as the databases name themselves.
    servers: list[str] = field(default_factory=list)
    #: What a reader should know before reading them.
    caution: str = ""

    def section(self, title: str) -> None:
        """What follows belongs together."""
        print(f"\n{title}", flush=True)
        self.sections.append((title, []))

    def add(self, name: str, shown: str, target: str = "", met: bool | None = None) -> None:
        """A figure."""
        figure = Figure(name, shown, target, met)
        self.sections[-1][1].append(figure)
        wanted = f"   target {target:<15}" if target else ""
        print(f"  {name:<74}{shown:>18}{wanted}{figure.verdict}".rstrip(), flush=True)

    def remark(self, text: str) -> None:
        """What has to be known to read the figures."""
        self.sections[-1][1].append(text)
        print(f"  {text}", flush=True)

    def exactly(self, name: str, lost: int, doubled: int) -> None:
        """Answers lost and counted twice: the one target that decides about the exit code."""
        self.safe = self.safe and lost == doubled == 0
        self.add(name, f"{lost}, {doubled}", "0, 0", lost == doubled == 0)

    def targets(self) -> list[bool]:
        """For each figure with a target whether it was met."""
        lines = [line for _, section in self.sections for line in section]
        return [line.met for line in lines if isinstance(line, Figure) and line.met is not None]

    def write(self, page: Path, how: str) -> None:
        """Put the figures between the markers of a page. Raises ValueError when it has none."""
        before, begun, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        _, ended, after = rest.partition(END)
        if not begun or not ended:
            raise ValueError(f"{page} has no {BEGIN} and {END}")
        page.write_text(f"{before}{BEGIN}\n{self._markdown(how)}{END}{after}", encoding="utf-8")

    def _markdown(self, how: str) -> str:
        lines = [
            f"Measured on {datetime.date.today().isoformat()} with `{how}`. {self.caution}".rstrip(),
            "",
            *self._machine(),
            "",
        ]
        for title, section in self.sections:
            lines += [f"### {title}", "", "| | figure | target | |", "|---|---|---|---|"]
            figures = [line for line in section if isinstance(line, Figure)]
            lines += [f"| {one.name} | {one.shown} | {one.target} | {one.verdict} |" for one in figures]
            remarks = [line for line in section if isinstance(line, str)]
            lines += ["", *(f"- {remark}" for remark in remarks), *([""] if remarks else [])]
        return "\n".join(lines)

    def _machine(self) -> list[str]:
        packages = [f"{name} {version}" for name in PACKAGES if (version := _version(name))]
        system = f"{platform.system()} {platform.release()}"
        return [
            f"- Machine: {_processor()}, {os.cpu_count()} cores, {_memory()}, {system}",
            "- Server, databases, cache and load share the machine",
            f"- Servers: {', '.join(self.servers)}",
            f"- Python {platform.python_version()}, {', '.join(packages)}",
        ]


def _version(package: str) -> str:
    if package == "Django":
        return django.get_version()
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or sys.platform


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (ValueError, OSError):
        return "memory unknown"
