"""Where compiled kernels are kept between scans. Does not import the compiler."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return a folder of the user that can be written, made if need be; None where there is none.

    ``PANDIAN_CACHE`` names another one. Nobody else may write to it: what lies there is run.
    """
    folder = _named(environment)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if _is_ours(folder) and _is_ours(folder.parent) else None
    except OSError:
        return None


def holds_kernels(environment: Mapping[str, str]) -> bool:
    """Return whether the kernels of this version were compiled before."""
    return any(_named(environment).glob("*/*.nbi"))


def _named(environment: Mapping[str, str]) -> Path:
    """Return a folder for the kernels of this version: numba does not see changes in what kernels call."""
    if "PANDIAN_CACHE" in environment:
        return Path(environment["PANDIAN_CACHE"]) / version()
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    home = Path(environment.get("HOME", Path.home()))
    return (Path(base) if base else home / ".cache") / "pandian" / "kernels" / version()


@cache
def version() -> str:
    """Return what tells kernels apart from those of other sources."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    read = b"".join(source.read_bytes() for source in sources)
    return hashlib.blake2b(read, digest_size=8).hexdigest()


def _is_ours(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    if os.name != "posix":
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
