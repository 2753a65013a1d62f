"""Distinct natural persons: collect digests, link them, count any scope. See docs/counting.md."""

from scanner.census.collection import Census
from scanner.census.doubts import Doubt
from scanner.census.modelled import Modelled
from scanner.census.one_key import ForeignKeyError
from scanner.census.people import Counted, Groups, People
from scanner.census.reasons import Reasons

__all__ = ["Census", "Counted", "Doubt", "ForeignKeyError", "Groups", "Modelled", "People", "Reasons"]
