"""Distinct natural persons: collect digests, link them, count any scope. See docs/counting.md."""

from scanner.census.collection import Census, ForeignKeyError
from scanner.census.modelled import Modelled
from scanner.census.people import Counted, People

__all__ = ["Census", "Counted", "ForeignKeyError", "Modelled", "People"]
