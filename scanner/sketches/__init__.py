"""Sketches of distinct values in the formats of Apache DataSketches, and people counted by them.

See docs/sketches.md.
"""

from scanner.sketches.cells import Precision
from scanner.sketches.collection import SketchCensus
from scanner.sketches.errors import SketchUnreadable
from scanner.sketches.people import SketchedPeople

__all__ = ["Precision", "SketchCensus", "SketchUnreadable", "SketchedPeople"]
