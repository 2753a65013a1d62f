"""Memory that is freed stays with the process, or goes back, where the C library can be told so."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHILD = """
import numpy as np
from scanner.machine.allocation import give_back_freed_memory, keep_freed_memory
from scanner.machine.spill import used
{before}
arrays = [np.ones(3 << 17) for _ in range(64)]  # 3 MiB each
del arrays
{after}
print(used() >> 20)
"""

THREADS = """
import re
from pathlib import Path
from threading import Barrier, Thread
import numpy as np
from scanner.machine.allocation import keep_to_one_heap
{before}
met = Barrier(6)

def work():
    array = np.ones(1000)
    met.wait()

threads = [Thread(target=work) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
spans = [line.split()[:2] for line in Path("/proc/self/maps").read_text().splitlines()]
ends = [[int(end, 16) for end in span.split("-")] for span, _ in spans]
pairs = zip(ends, ends[1:], spans[1:])
print(sum(last - first == 64 << 20 and mode == "---p" for (first, _), (_, last), (_, mode) in pairs))
"""


def left_after(before: str = "", after: str = "") -> int:
    """Return the MiB that a process holds after it freed 192 of them."""
    return printed(CHILD.format(before=before, after=after))


def printed(program: str) -> int:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_freed_memory_is_kept_when_asked_until_it_is_to_go_back() -> None:
    kept = left_after("keep_freed_memory()")
    assert kept >= left_after() + 150
    assert kept >= left_after("keep_freed_memory()", "give_back_freed_memory()") + 150


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_threads_share_one_heap_when_asked() -> None:
    assert printed(THREADS.format(before="keep_to_one_heap()")) < printed(THREADS.format(before="")) - 3
