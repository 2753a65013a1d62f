"""Files of sketches, read and written for commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scanner.cli.files import read_bytes, writing
from scanner.cli.problems import UsageProblem

if TYPE_CHECKING:
    from scanner.sketches import SketchCensus


def read_sketches(path: Path) -> SketchCensus:
    """Return the sketches of a file; one that is none is a ``UsageProblem``."""
    from scanner.sketches import SketchUnreadable
    from scanner.sketches.sketch_file import from_bytes

    try:
        return from_bytes(read_bytes(path))
    except SketchUnreadable as error:
        raise UsageProblem(f"{path}: {error}. Name a file that 'pandian scan --sketches' wrote.") from error


def write_sketches(census: SketchCensus, path: Path) -> None:
    """Write sketches to a file that only its owner may read."""
    from scanner.sketches.sketch_file import to_bytes

    with writing(str(path)):
        path.touch(mode=0o600)
        path.write_bytes(to_bytes(census))
