"""`make attack`: the table of attackers, measured, and the list of breakages, each caught by a test.

Exit code 1 when an attacker finds out more than docs/privacy.md says, or a breakage goes unnoticed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.privacy.breakages import BREAKAGES
from tests.privacy.mutating import ROOT, check

#: Begun first: left to the end, one process would play their thousand histories while the other waits.
LONGEST = ["tests/privacy/test_differencing_echo.py"]

PAGE = ROOT / "docs/privacy.md"
BEGIN, END = "<!-- attackers: made by `make attack` -->", "<!-- end of attackers -->"


def main() -> int:
    """Run both halves; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.privacy", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="histories for each attempt (200)")
    parser.add_argument("--only", choices=["attackers", "breakages"], help="one half")
    parser.add_argument("--write", action="store_true", help="put the table into docs/privacy.md")
    chosen = parser.parse_args()
    sound = True
    if chosen.only != "breakages":
        sound = attackers(chosen.runs, chosen.write)
    if chosen.only != "attackers":
        sound = breakages() and sound
    return 0 if sound else 1


def attackers(runs: int, write: bool) -> bool:
    """Run the attackers' tests with so many histories and print what they came to."""
    with tempfile.TemporaryDirectory(prefix="psychsafety-attack-") as folder:
        table = Path(folder) / "figures.jsonl"
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "--numprocesses",
                "2",
                "--dist",
                "loadfile",
                "--no-loadscope-reorder",
                "-m",
                "attack",
                *LONGEST,
                "tests/privacy",
                "tests/abuse",
            ],
            cwd=ROOT,
            env={**os.environ, "PSYCHSAFETY_ATTACK_RUNS": str(runs), "PSYCHSAFETY_ATTACK_TABLE": str(table)},
        )
        lines = table.read_text(encoding="utf-8").splitlines() if table.exists() else []
    # Those of a file stand in their order, whichever process played them.
    figures = sorted(map(json.loads, lines), key=lambda figure: figure["file"])
    text = table_of(figures)
    print(f"\n{text}")
    if write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    return done.returncode == 0


def table_of(figures: list[dict[str, Any]]) -> str:
    """The table of attackers in Markdown, in the order of the tests."""
    rows = ["| who | tries to link | right | by lot | histories | what remains |", "|---|---|---|---|---|---|"]
    rows += [
        f"| {one['attacker']['name']} | {one['target']} | {one['share']:.0%} | {one['by_lot']:.0%} | {one['runs']} "
        f"| {one['leaks'] or 'nothing'} |"
        for one in figures
    ]
    return "\n".join(rows)


def breakages() -> bool:
    """Try each breakage and print which test caught it."""
    caught = 0
    print(f"\n{len(BREAKAGES)} deliberate breakages, each alone:")
    for verdict in check(BREAKAGES):
        caught += verdict.caught
        said = f"caught by {verdict.test}" if verdict.caught else f"NOT CAUGHT: {verdict.detail}"
        print(f"  {verdict.breakage.name}: {said}", flush=True)
    print(f"{caught} of {len(BREAKAGES)} caught")
    return caught == len(BREAKAGES)


if __name__ == "__main__":
    sys.exit(main())
