"""Sketches of distinct values in the formats of Apache DataSketches. See docs/sketches.md."""

from scanner.sketches.errors import SketchUnreadable

__all__ = ["SketchUnreadable"]
