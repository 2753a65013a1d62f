"""Negative lists of free-trade zones: packs, matching, and loading the official table. Pure."""

from scanner.negative_lists.deciding import Declared, decide
from scanner.negative_lists.loading import Edition, ListProblem, load_list, parse_columns
from scanner.negative_lists.pack import NegativeList, list_in_force, parse_list, shipped_lists

__all__ = [
    "Declared",
    "Edition",
    "ListProblem",
    "NegativeList",
    "decide",
    "list_in_force",
    "load_list",
    "parse_columns",
    "parse_list",
    "shipped_lists",
]
