"""Word lists under ``classifiers/lexicons``; a line that starts with ``#`` is provenance."""

from __future__ import annotations

from collections.abc import Mapping
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
def simplified() -> Mapping[int, str]:
    """Return the simplified form of each traditional character, for ``str.translate``."""
    return {ord(pair[0]): pair[1] for pair in _ordered("traditional")}


@cache
def table(name: str) -> Any:
    """Return ``lexicons/<name>.yaml``."""
    return _parsed(_read(f"{name}.yaml"))


def package_yaml(file_name: str) -> Any:
    """Return a YAML file of the package itself."""
    return _parsed((files("classifiers") / file_name).read_text(encoding="utf-8"))


def lines(name: str) -> tuple[str, ...]:
    """Return the lines of ``lexicons/<name>.txt``, in order."""
    return tuple(line for line in _read(f"{name}.txt").splitlines() if line and not line.startswith("#"))


def _ordered(name: str) -> list[str]:
    return [word for line in lines(name) for word in line.split()]


def _parsed(text: str) -> Any:
    # The loader in C is eight times as fast, where PyYAML was built with it, and every scan waits for this.
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe


def _read(file_name: str) -> str:
    return (files("classifiers") / "lexicons" / file_name).read_text(encoding="utf-8")
