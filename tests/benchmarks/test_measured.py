"""What a command of a benchmark costs."""

import sys

import pytest

from benchmarks.measured import measure


def test_output_and_exit_code():
    done = measure([sys.executable, "-c", "import sys; print('x'); print('y', file=sys.stderr); sys.exit(3)"])
    assert (done.code, done.out, done.err) == (3, "x\n", "y\n")
    assert done.seconds > 0


def test_computing_is_told_from_waiting():
    waits = measure([sys.executable, "-c", "import time; time.sleep(1)"])
    works = measure([sys.executable, "-c", "import time\nwhile time.process_time() < 1: pass"])
    assert waits.seconds >= 1 > waits.cpu
    assert works.cpu >= 0.9  # the system counts in ticks, and loses parts of them


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory of another process")
def test_memory_is_that_of_the_command_and_not_that_of_its_parent():
    held = bytearray(400 << 20)
    held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    script = "import time; held = b'x' * (100 << 20); time.sleep(1)"
    done = measure([sys.executable, "-c", script])
    assert done.peak is not None
    assert 100 <= done.peak < 200
    assert done.cost.endswith(f"peak {done.peak} MiB")
