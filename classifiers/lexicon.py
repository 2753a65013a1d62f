"""Word lists under ``classifiers/lexicons``; a line that starts with ``#`` is provenance."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of ``lexicons/<name>.txt``, separated by white space."""
    return frozenset(_ordered(name))


def alternation(name: str) -> str:
    """Return a regular expression for any of the words of ``lexicons/<name>.txt``, longest first."""
    return "|".join(sorted(words(name), key=lambda word: (-len(word), word)))


@cache
def characters(name: str) -> frozenset[str]:
    """Return the single characters of ``lexicons/<name>.txt``."""
    return frozenset("".join(_ordered(name)))


@cache
def table(name: str) -> Any:
    """Return ``lexicons/<name>.yaml``."""
    return yaml.safe_load(_read(f"{name}.yaml"))


def package_yaml(file_name: str) -> Any:
    """Return a YAML file of the package itself."""
    return yaml.safe_load((files("classifiers") / file_name).read_text(encoding="utf-8"))


def _ordered(name: str) -> list[str]:
    lines = (line for line in _read(f"{name}.txt").splitlines() if not line.startswith("#"))
    return [word for line in lines for word in line.split()]


def _read(file_name: str) -> str:
    return (files("classifiers") / "lexicons" / file_name).read_text(encoding="utf-8")
