"""Makers of values, found by the names of what they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def by_name(*makers: Callable[[T], Any]) -> dict[str, Callable[[T], Any]]:
    """Return makers by their names, which are those of the types that they make."""
    return {maker.__name__: maker for maker in makers}
