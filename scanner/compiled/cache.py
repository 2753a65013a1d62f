"""Where compiled kernels are kept between scans. Does not import the compiler."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_READY: Final = "ready"
_VERSION: Final = re.compile(r"[0-9a-f]{16}")
_UNUSED: Final = 90 * 86400  # seconds
_PROCESSOR: Final = ("model name", "flags", "CPU part", "Features")  # what Linux says of it


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return a folder that can be written, made if need be; None where there is none.

    It is the user's, and kept; if that cannot be used, one that goes with this process. ``PANDIAN_CACHE``
    names another one. Nobody else may write to it: what lies there is run.
    """
    try:
        return _usable(_named(environment)) or _usable(Path(_passing().name) / version())
    except OSError:
        return None


def is_ready(folder: Path) -> bool:
    """Return whether all kernels are in a folder."""
    return (folder / _READY).exists()


def set_ready(folder: Path) -> None:
    """Say that all kernels are in a folder, and used now."""
    (folder / _READY).touch()


def forget_unused(folder: Path) -> None:
    """Remove the kernels of other versions, beside a folder, that nobody has used for 90 days."""
    for ready in folder.parent.glob(f"*/{_READY}"):
        other = ready.parent
        if (
            other != folder
            and _VERSION.fullmatch(other.name)
            and time.time() - ready.stat().st_mtime > _UNUSED
        ):
            shutil.rmtree(other, ignore_errors=True)


def _named(environment: Mapping[str, str]) -> Path:
    """Return a folder for the kernels of this version: numba does not see changes in what kernels call."""
    if "PANDIAN_CACHE" in environment:
        return Path(environment["PANDIAN_CACHE"]) / version()
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    home = Path(environment.get("HOME", Path.home()))
    return (Path(base) if base else home / ".cache") / "pandian" / "kernels" / version()


@cache
def _passing() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="pandian-kernels-")


@cache
def version() -> str:
    """Return what tells kernels apart from those of other sources, places, compilers and processors."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    told = [platform.python_version(), importlib.metadata.version("numba"), *_processor()]
    told += [f"{source} {source.stat().st_mtime_ns}" for source in sources]
    read = b"".join(source.read_bytes() for source in sources)
    return hashlib.blake2b("\n".join(told).encode() + read, digest_size=8).hexdigest()


def _processor() -> list[str]:
    """Return what a processor is and can do, as far as the system says."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return [platform.machine(), platform.processor()]
    return sorted({line for line in lines if line.startswith(_PROCESSOR)})


def _usable(folder: Path) -> Path | None:
    """Return a folder if it can be made and nobody else may write to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if _is_ours(folder) and _is_ours(folder.parent) else None
    except OSError:
        return None


def _is_ours(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    if os.name != "posix":
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
