"""The wheel with the oldest and the newest versions of what it runs on: `python -m tests.matrix`, `--only 3.13`.

Each cell is a virtual environment of its own into which the wheel is installed, at first alone: it has to be found by
its entry points, to load and to migrate with nothing else there. Then comes what tests need, and they run from a folder
where the package's source is not, so that they meet the installed one. Two cells run at a time.

``PSYCHSAFETY_REQUIRE_ALL``  any value: a version of Python that is not there is an error
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

from .cells import CELLS, Line, Matrix

AT_A_TIME = 2


def table(lines: list[Line]) -> str:
    """The lines, under the cell that they are of."""
    shown = []
    for cell, of_it in groupby(lines, key=lambda line: line.cell):
        shown.append(f"\n{cell}")
        shown += [f"  {line.outcome:<9}{line.seconds:>5.0f} s  {line.what}" for line in of_it]
    return "\n".join(shown)


def main(arguments: list[str]) -> int:
    """Run the cells that are chosen, print the table, give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="", help="cells whose name holds this")
    only = parser.parse_args(arguments).only
    chosen = [cell for cell in CELLS if only in cell.name]
    if not chosen:
        parser.error(f"no cell has {only!r} in its name: {'; '.join(cell.name for cell in CELLS)}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="psychsafety-matrix-") as folder:
        matrix = Matrix(Path(folder))
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            lines = [line for of_one in pool.map(matrix.lines, chosen) for line in of_one]
    for line in lines:
        if line.log:
            print(f"--- {line.cell}: {line.what}\n{line.log}\n")
    print(f"{table(lines)}\n\n{time.monotonic() - began:.0f} seconds")
    return int(any(line.failed for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
