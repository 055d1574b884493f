"""How busy the machine is, by Linux's own counts; elsewhere nothing is known, and nothing is said."""

from __future__ import annotations

import os
from pathlib import Path

_STAT = Path("/proc/stat")


class Load:
    """Processor time since it was made, of some processes and of the whole machine."""

    def __init__(self, pids: list[int]) -> None:
        self._pids = pids
        self._began = self._now() if _STAT.exists() else None

    def cores(self, seconds: float) -> str:
        """What these processes kept busy of the cores, and what everything did; `seconds` have gone by."""
        if self._began is None:
            return "how busy the machine was is not known here"
        server, everything = (now - before for now, before in zip(self._now(), self._began, strict=True))
        return (
            f"the server kept {server / seconds:.1f} cores busy, "
            f"everything on this machine {everything / seconds:.1f} of {os.cpu_count()}"
        )

    def server_seconds(self) -> float | None:
        """Processor time that the processes have used since; None where that is not known."""
        return None if self._began is None else self._now()[0] - self._began[0]

    def _now(self) -> tuple[float, float]:
        ticks = os.sysconf("SC_CLK_TCK")
        # After the name in brackets: utime and stime are the 14th and 15th field of the line.
        lines = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self._pids]
        own = sum(int(line[11]) + int(line[12]) for line in lines)
        # user, nice, system, idle, waiting, interrupts, soft interrupts
        times = [int(field) for field in _STAT.read_text().split("\n", 1)[0].split()[1:8]]
        return own / ticks, (sum(times) - times[3] - times[4]) / ticks
