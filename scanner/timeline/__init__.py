"""Counts over time against the lines of the law, from the figures of kept scans. Pure."""

from scanner.timeline.model import Chart, Line, Point, ScanFigures, Timeline, to_dict
from scanner.timeline.series import timeline_of

__all__ = ["Chart", "Line", "Point", "ScanFigures", "Timeline", "timeline_of", "to_dict"]
