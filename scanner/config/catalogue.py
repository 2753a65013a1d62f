"""The catalogue of a scan, as its configuration would have it."""

from __future__ import annotations

from pathlib import Path

from classifiers import Catalogue
from scanner.config import ScanConfig
from scanner.pi_types.lists import check_lists, take_no_notice
from scanner.pi_types.types_file import load_types


def load_catalogue(config: ScanConfig) -> Catalogue:
    """Return the PI types to look for: the built-in ones, the user's own, and the values to leave out.

    Raises:
        ConfigError: A file of types or values, or a list, does not hold.
    """
    catalogue = load_types([Path(name) for name in config.types])
    check_lists(config.lists, catalogue, "the configuration")
    return take_no_notice(config.lists, catalogue)
