"""Run a command to its end; return what it printed, how long it took and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A command that has ended.

    Attributes:
        seconds, cpu: Until it ended, and those in which it computed, on all cores.
        peak: The most memory it held, in MiB; None where the system does not tell it, as Linux does.
    """

    code: int
    out: str
    err: str
    seconds: float
    cpu: float
    peak: int | None

    @property
    def cost(self) -> str:
        memory = "" if self.peak is None else f", peak {self.peak:,} MiB"
        return f"{self.seconds:.1f} s, CPU {self.cpu:.1f} s{memory}"


def measure(command: Sequence[str]) -> Measured:
    """Run a command with no input."""
    start, worked, peak = time.perf_counter(), _children_worked(), None
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while True:
        try:
            out, err = process.communicate(timeout=LOOK)
        except subprocess.TimeoutExpired:
            peak = most_memory(process.pid) or peak
        else:
            seconds, cpu = time.perf_counter() - start, _children_worked() - worked
            return Measured(code=process.returncode, out=out, err=err, seconds=seconds, cpu=cpu, peak=peak)


def _children_worked() -> float:
    """Return the seconds in which ended commands of this process computed."""
    times = os.times()
    return times.children_user + times.children_system


def most_memory(pid: int | str = "self") -> int | None:
    """Return the most MiB that a running process has held; ru_maxrss would begin with that of its parent."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM:")), None)
