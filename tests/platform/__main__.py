"""The tests inside one process, for whoever works on them: `python -m tests.platform lms -k masquerade`."""

import sys
import tempfile
from pathlib import Path

from tests.platform.processes import run

variant, *chosen = sys.argv[1:]
arguments = ["-m", "pytest", f"tests/platform/{variant}", f"--ds={variant}.envs.production", *chosen]
with tempfile.TemporaryDirectory() as folder:
    done = run(variant, Path(folder), *arguments)
print(done.stdout + done.stderr)
sys.exit(done.returncode)
