"""Memory that is freed stays with the process, where the C library can be told so."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHILD = """
import numpy as np
from scanner.machine.allocation import keep_freed_memory
from scanner.machine.spill import used
if {keep}:
    keep_freed_memory()
arrays = [np.ones(3 << 17) for _ in range(64)]  # 3 MiB each
del arrays
print(used() >> 20)
"""


def left_after(*, keep: bool) -> int:
    """Return the MiB that a process holds after it freed 192 of them."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(keep=keep)], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked")
def test_freed_memory_is_kept_when_asked() -> None:
    assert left_after(keep=True) >= left_after(keep=False) + 150
