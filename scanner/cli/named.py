"""The scan that a command works on: a scan.json, its folder, a scan of the store, or the one that is here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.cli.keeping import place_of
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.result import Result
    from scanner.store import Scans

HERE = ("pandian-out", "pandian-demo")  # where scans are written unless told otherwise


def record_of(scan: str | None, config: Path | None, store: str | None) -> Mapping[str, Any]:
    """Return the record of a scan; see ``Scans.load`` for names and errors."""
    name = _name(scan)
    return _scans(name, config, store).record(name)


def result_of(scan: str | None, config: Path | None, store: str | None) -> Result:
    """Return the result of a scan; see ``Scans.load`` for names and errors."""
    name = _name(scan)
    return _scans(name, config, store).load(name)


def scan_here() -> str | None:
    """Return the folder of the scan that is here, if there is one."""
    from scanner.scan_record import FILE_NAME

    return next((folder for folder in HERE if (Path(folder) / FILE_NAME).is_file()), None)


def place_beside(scan: str | None) -> Path:
    """Return the folder of a scan's file; of a scan of the store, the one where scans are written."""
    from scanner.store.naming import file_of

    file = file_of(_name(scan))
    if file is None:
        return Path(HERE[0])
    return file if file.is_dir() else file.parent


def _name(scan: str | None) -> str:
    name = scan or scan_here()
    if name is None:
        raise UsageProblem(
            "There is no scan here. Name its scan.json, its folder, or a scan of the store such as 'latest'."
        )
    return name


def _scans(name: str, config: Path | None, store: str | None) -> Scans:
    """Return the scans among which the name is; the configuration is read where it names their store."""
    from scanner.store.naming import Scans, file_of

    return Scans(None if file_of(name) else place_of(config, store), os.environ)
