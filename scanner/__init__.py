"""Tags in, report out: scans sources, counts natural persons, tests regulatory thresholds."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.notebook.looking_back import diff, history, keep
    from scanner.notebook.scanning import assess, scan

__all__ = ["assess", "diff", "history", "keep", "scan"]
_HOMES = {
    "assess": "scanning",
    "diff": "looking_back",
    "history": "looking_back",
    "keep": "looking_back",
    "scan": "scanning",
}


def __getattr__(name: str) -> Any:
    # Importing the package alone stays fast: the command line shows its help without pandas and Arrow.
    if name in __all__:
        return getattr(import_module(f"scanner.notebook.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'scanner' has no attribute {name!r}")
