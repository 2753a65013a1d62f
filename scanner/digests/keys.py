"""The secret key of the digests: from ``PANDIAN_KEY``, else from a key file made on first use."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from scanner.digests.keyed import SubjectKey
from scanner.machine.files import create_file

BYTES = 16


class KeyUnusable(Exception):
    """The key cannot be read, made, or is not a key."""


def load_key(key_file: Path | None, environment: Mapping[str, str], *, lasting: bool = False) -> SubjectKey:
    """Return the key: ``PANDIAN_KEY`` (32 hexadecimal digits), else the key file, made if it is not there.

    Without a key file in the configuration it is ``pandian.key`` in the user's configuration folder. A folder
    that cannot be written leaves a key for this scan only: counts are right, but nothing can be merged later.
    Where digests are kept (``lasting``), that is refused.

    Raises:
        KeyUnusable: ``PANDIAN_KEY`` or the key file is no key, or others may read the file, or a key that is
            to last cannot be made.
    """
    if "PANDIAN_KEY" in environment:
        return _parse(environment["PANDIAN_KEY"], "the environment variable PANDIAN_KEY")
    path = key_file or _default_path(environment)
    if path.exists():
        return _read(path)
    try:
        _create(path)
    except OSError as error:
        if key_file is not None or lasting:
            raise KeyUnusable(
                f"{path}: the key file cannot be made ({error.strerror}). Set PANDIAN_KEY, or name "
                "another key_file."
            ) from error
        return SubjectKey(secrets.token_bytes(BYTES))
    return _read(path)


def _default_path(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME", ".")) / ".config"
    return Path(base) / "pandian" / "pandian.key"


def _read(path: Path) -> SubjectKey:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyUnusable(f"{path}: others may read the key file. Run: chmod 600 {path}")
        return _parse(path.read_text(encoding="ascii"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnusable(f"{path}: the key file cannot be read.") from error


def _create(path: Path) -> None:
    """Make the key file; of several processes that do so at once, one does, and all read the same key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    create_file(path, f"{secrets.token_bytes(BYTES).hex()}\n".encode("ascii"), 0o600)


def _parse(text: str, where: str) -> SubjectKey:
    try:
        return SubjectKey(bytes.fromhex(text.strip()))
    except ValueError:
        raise KeyUnusable(f"{where}: is no key. A key is {2 * BYTES} hexadecimal digits.") from None
