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


def left_after(before: str = "", after: str = "") -> int:
    """Return the MiB that a process holds after it freed 192 of them."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(before=before, after=after)],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_freed_memory_is_kept_when_asked_until_it_is_to_go_back() -> None:
    kept = left_after("keep_freed_memory()")
    assert kept >= left_after() + 150
    assert kept >= left_after("keep_freed_memory()", "give_back_freed_memory()") + 150
