"""Compile all kernels ahead of use, in a process of its own: ``python -m scanner.compiled.building``."""

from __future__ import annotations

import importlib
import logging
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

from scanner.compiled.cache import cache_folder, forget_unused, is_ready, set_ready

MODULES: Final = ("cells", "joins", "lone", "plain", "rows", "small", "touches", "views")
# Where modules of ours are found comes last: nothing of the folder in which a scan was started is run.
_BUILD: Final = (
    "import sys; sys.path[0:1] = []; sys.path.append(sys.argv[1])\n"
    "from scanner.compiled.building import build; build()"
)
# What Python, the C library and numba go by. The secrets of a scan lie in the environment, too.
_NEEDED: Final = re.compile(
    r"PATH|HOME|LANG|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|LOCALAPPDATA|VIRTUAL_ENV"
    r"|(PYTHON|NUMBA_|LC_|LD_|DYLD_|CONDA_|XDG_).*"
)
_LOG: Final = logging.getLogger(__name__)


class Build:
    """The kernels of a folder, compiled by another process where they are not there yet.

    It takes no memory of a scan, and holds no lock of the interpreter. A scan may end before: then the other
    process still completes the folder, which takes less than a minute.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._failed = False

    def is_done(self, *, waits: bool) -> bool:
        """Return whether the kernels are there; start to compile them if nobody did."""
        if self._failed or is_ready(self._folder):
            return not self._failed
        try:
            self._process = self._process or _started(self._folder)
            code = self._process.wait() if waits else self._process.poll()
        except OSError as error:
            code = error.errno
        if code:
            self._failed = True
            _LOG.warning("Kernels were not compiled (%s); numpy does their work.", code)
        return code == 0


def _started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- this program
        [sys.executable, "-c", _BUILD, str(Path(__file__).parents[2])],
        env={**_environment(), "PANDIAN_CACHE": str(folder.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # who waits for the output of a scan does not wait for this
        stderr=subprocess.DEVNULL,
    )


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if _NEEDED.fullmatch(name.upper())}


build_of = cache(Build)


def build() -> None:
    """Compile every kernel for all types that it declares, and keep the machine code."""
    from scanner.compiled._jit import KERNELS, declared  # noqa: PLC0415 -- imports numba

    for name in MODULES:
        importlib.import_module(f"scanner.compiled.{name}")
    for kernel in KERNELS:
        for types in declared(kernel):
            kernel.compile(types)
    folder = cache_folder()
    if folder is not None:
        set_ready(folder)
        forget_unused(folder)


if __name__ == "__main__":
    build()
