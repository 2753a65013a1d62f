"""Grades, levels and sensitivity: a result without grades in, the same with them out. Pure."""

from scanner.grading.catalogues import DataCatalogue, parse_catalogue
from scanner.grading.grades import Grading, grade_dataset, grade_items, grade_organization
from scanner.grading.indicators import IndicatorPack, Setting, parse_indicators, shipped_indicators
from scanner.grading.packfiles import PackError
from scanner.grading.sensitivity import listed

__all__ = [
    "DataCatalogue",
    "Grading",
    "IndicatorPack",
    "PackError",
    "Setting",
    "grade_dataset",
    "grade_items",
    "grade_organization",
    "listed",
    "parse_catalogue",
    "parse_indicators",
    "shipped_indicators",
]
