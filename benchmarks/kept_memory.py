"""Keep the free memory of a virtual machine from its host while something is timed.

A host may take back memory that is free for some seconds. Getting it again, page by page, is time that the
machine takes and not the program, and more of it for a program that needs much. Here another process holds
all that is free, and lets go of it as fast as it is taken: what is timed gets memory that the host has left.
"""

from __future__ import annotations

import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scanner.machine.rooms import fresh_room
from scanner.machine.shrinking import Array

LEFT = 1 << 29  # bytes that stay free, for whoever asks faster than the other process looks
PIECE = 1 << 26  # bytes
_LOOK = 0.01  # seconds between two looks
_MEMINFO = Path("/proc/meminfo")


@contextmanager
def kept_memory(*, wanted: bool = True) -> Iterator[Callable[[], None]]:
    """Have another process hold what is free of the machine's memory, until the end of the block.

    Yields what has it take all that is free by now; nothing is held if it is not wanted.

    Raises:
        SystemExit: The system does not tell how much memory is free; what was yielded: the process has ended.

    """
    if not wanted:
        yield lambda: None
        return
    if not _MEMINFO.exists():
        raise SystemExit("--keep-memory: only Linux tells how much memory is free. Leave the option out.")
    command = [sys.executable, "-m", "benchmarks.kept_memory"]
    with subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        yield lambda: _settle(child)


def _settle(child: subprocess.Popen[bytes]) -> None:
    told = b""
    if child.stdin and child.stdout:
        with suppress(BrokenPipeError):
            child.stdin.write(b"\n")
        told = child.stdout.readline()
    if not told:
        raise SystemExit("--keep-memory: the process that holds free memory has ended. Leave the option out.")


def free_memory() -> int:
    """Return the bytes of memory that nobody uses, not even the system for files."""
    lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemFree:"))


def hold() -> None:
    """Take all that is free for every line that comes in, and say so; let go of it as others take more."""
    held: list[Array] = []
    while True:
        if not select.select([sys.stdin], [], [], _LOOK)[0]:
            let_go(held)
        elif sys.stdin.readline():
            take(held)
            print(flush=True)
        else:
            return


def take(held: list[Array]) -> None:
    """Take what is free but for ``LEFT``."""
    while free_memory() >= LEFT + PIECE:
        held.append(fresh_room(PIECE))


def let_go(held: list[Array]) -> None:
    """Let go of as much as is missing from ``LEFT``."""
    while held and free_memory() < LEFT:
        held.pop()


if __name__ == "__main__":
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # end this one if memory is short
    hold()
