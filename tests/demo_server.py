"""The demo as a program of its own, for tests that need real HTTP and several processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class DemoServer:
    """`make demo` without make: migrates, serves, and can be stopped and started again on the same folder."""

    folder: Path
    database_url: str = ""
    cache_url: str = ""
    workers: int = 2
    threads: int = 8
    wsgi: str = "psychsafety_xblock.demo.wsgi:application"
    settings: str = "psychsafety_xblock.demo.settings"
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """The address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> DemoServer:
        """Migrate and serve; returns when the start page answers. Raises RuntimeError with the log otherwise."""
        self.port = self.port or _free_port()
        self.manage("migrate", "--noinput", "--run-syncdb", "--verbosity", "0")
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.wsgi, "--bind", f"127.0.0.1:{self.port}",
                 "--workers", str(self.workers), "--threads", str(self.threads), "--worker-class", "gthread",
                 "--log-level", "warning"],
                env=self._environment(), stdout=log, stderr=log,
            )  # fmt: skip
        self._wait()
        return self

    def stop(self) -> None:
        """End the server and its workers."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def manage(self, *arguments: str) -> str:
        """Run a Django command on this demo's database; returns what it prints, raises when it fails."""
        return self.run("django", *arguments)

    def run(self, module: str, *arguments: str) -> str:
        """Run a module as this demo; returns what it prints, raises RuntimeError when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{module} {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page, asked for without a cookie."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def log_lines(self) -> list[str]:
        """Everything that the server has logged."""
        files = [self.folder / name for name in ("demo.log", "server.log")]
        there = [file.read_text(encoding="utf-8") for file in files if file.exists()]
        return "\n".join(there).splitlines()

    def _environment(self) -> dict[str, str]:
        chosen = {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PSYCHSAFETY_DEMO_DIR": str(self.folder),
            "PYTHONWARNINGS": "ignore:pkg_resources",
            **self.environment,
        }
        if self.database_url:
            chosen["PSYCHSAFETY_DEMO_DATABASE_URL"] = self.database_url
        if self.cache_url:
            chosen["PSYCHSAFETY_DEMO_CACHE_URL"] = self.cache_url
        return {**os.environ, **chosen}

    def _wait(self) -> None:
        until = time.monotonic() + 40
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                if self.get("/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()
        raise RuntimeError("the demo did not start:\n" + "\n".join(self.log_lines()[-40:]))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
