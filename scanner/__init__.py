"""Tags in, report out: scans sources, counts natural persons, tests regulatory thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.notebook import assess, scan

__all__ = ["assess", "scan"]


def __getattr__(name: str) -> Any:
    # Importing the package alone stays fast: the command line shows its help without pandas and Arrow.
    if name in __all__:
        from scanner import notebook  # noqa: PLC0415

        return getattr(notebook, name)
    raise AttributeError(f"module 'scanner' has no attribute {name!r}")
