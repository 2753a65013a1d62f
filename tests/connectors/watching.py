"""What tests see of a process: how its memory grows, whether it computes, what it has open."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_STREAM = """
import sys
from connectors import Table, connect, list_parts, stream_part

def peak():
    with open("/proc/self/status") as file:
        return int(file.read().partition("VmHWM:")[2].split()[0]) // 1024

def streamed(source, table):
    parts = list_parts(source, table)
    return sum(b.num_rows for part in parts for b in stream_part(source, table, part, ["id", "pad"]))

with connect(sys.argv[1]) as source:
    tables = {entry.name: entry for entry in source.tables() if isinstance(entry, Table)}
    streamed(source, tables["warm"])
    before = peak()
    print(streamed(source, tables["large"]), peak() - before)
"""


def streamed_alone(location):
    """Stream the tables ``warm`` and ``large`` in a process; return rows and MiB of the second."""
    command = [sys.executable, "-c", _STREAM, str(location)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    rows, grown = done.stdout.split()
    return int(rows), int(grown)


def comes_to_rest(looks):
    """Return whether this process stops computing, as it does not while an engine in it goes on."""
    for _ in range(looks):
        before = time.process_time()
        time.sleep(0.5)
        if time.process_time() - before < 0.1:
            return True
    return False


def open_files(location):
    """Return what this process has open below a place."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            target = entry.readlink()
            if target.is_relative_to(location):
                found.append(target)
    return found
