"""All recognizers. The file name is the registration: one file in ``recognizers`` is one PI type."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from classifiers import recognizers
from classifiers._recognizer import Recognizer


@cache
def load_recognizers() -> tuple[Recognizer, ...]:
    """Return every recognizer, in order of type."""
    names = sorted(module.name for module in pkgutil.iter_modules(recognizers.__path__))
    return tuple(_load(name) for name in names)


def _load(name: str) -> Recognizer:
    recognizer: Recognizer = import_module(f"classifiers.recognizers.{name}").RECOGNIZER
    return recognizer
