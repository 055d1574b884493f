"""Known weaknesses of what the plugin brings along: `python -m tools.audit`, which the Makefile calls.

The platform pins what else runs on a site, Django and XBlock included; what the plugin adds to that is ours to watch.
The advisories are asked for over the network. Where nobody answers, that is said and is no failure: a build must not
depend on another site's day. A weakness that is known is a failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distribution, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PLUGIN = "psychsafety-xblock"
#: What a site has before the plugin comes.
PLATFORMS = frozenset({"xblock", "django"})
#: What the tool ends with when the advisories cannot be had, as opposed to a fault of its own.
_UNREACHABLE = ("requests.exceptions.", "ServiceError", "Could not connect", "not redirecting properly")


def packages(plugin: str = PLUGIN) -> dict[str, str]:
    """What a plain installation of the plugin brings along, with what that needs in turn: names and versions."""
    found: dict[str, str] = {}
    waiting = _needed(plugin)
    while waiting:
        name = waiting.pop()
        if name.lower() in PLATFORMS or name in found:
            continue
        found[name] = distribution(name).version
        waiting += _needed(name)
    return dict(sorted(found.items()))


def ask(versions: dict[str, str], timeout: int = 15) -> dict[str, Any] | None:
    """pip-audit's report on these versions; None when the advisories cannot be had. Raises RuntimeError otherwise."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as pinned:
        pinned.write("".join(f"{name}=={version}\n" for name, version in versions.items()))
        pinned.flush()
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", "--requirement", pinned.name, "--no-deps", "--disable-pip",
             "--progress-spinner", "off", "--format", "json", "--timeout", str(timeout)],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )  # fmt: skip
    if done.stdout.strip():
        report: dict[str, Any] = json.loads(done.stdout)
        return report
    if any(sign in done.stderr for sign in _UNREACHABLE):
        return None
    raise RuntimeError(f"pip-audit failed: {done.stderr.strip()[-2000:]}")


def verdict(versions: dict[str, str], report: dict[str, Any] | None) -> tuple[int, list[str]]:
    """The exit code, 1 for a known weakness, and what to print."""
    if report is None:
        return 0, ["NOT CHECKED: the advisories cannot be reached from here. Try again with a network."]
    asked = {one["name"]: one for one in report["dependencies"]}
    lines, silent, weak = [], [], 0
    for name, version in versions.items():
        told = asked.get(name.lower(), {})
        if "vulns" not in told:
            silent.append(name)
        for one in told.get("vulns", []):
            weak += 1
            better = ", ".join(one["fix_versions"]) or "no release"
            lines.append(f"{name} {version}: {one['id']}, mended in {better}")
    if silent:
        lines.append(f"NOT CHECKED, for no advisories were given: {', '.join(silent)}")
    checked = len(versions) - len(silent)
    lines.append(f"{weak} known weaknesses in {checked} of {len(versions)} packages that the plugin brings along")
    return int(weak > 0), lines


def _needed(name: str) -> list[str]:
    read = (Requirement(line) for line in requires(name) or [])
    return [one.name for one in read if one.marker is None or one.marker.evaluate({"extra": ""})]


def main() -> int:
    """Ask, print, and give the exit code."""
    versions = packages()
    code, lines = verdict(versions, ask(versions))
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
