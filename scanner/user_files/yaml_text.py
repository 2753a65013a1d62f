"""YAML in which a key given twice is an error, not a silent replacement."""

from __future__ import annotations

from typing import Any, ClassVar

import yaml
from yaml.constructor import ConstructorError

# The loader in C reads the packs ten times as fast, where PyYAML was built with it.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeyTwice(ConstructorError):
    """A mapping has a key twice; ``problem`` names it."""


class _Loader(_Safe):  # type: ignore[misc]
    """PyYAML's safe loader with distinct keys."""


class _Texts(_Loader):
    """The same, which takes no text for a number, a date or a yes."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _distinct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen = set()
    for key_node, _ in node.value:  # before merging, since a merged key may be overridden
        if not isinstance(key_node, yaml.ScalarNode):
            raise ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
        if key_node.value in seen:
            raise KeyTwice(None, None, f"the key {key_node.value!r} is given twice", key_node.start_mark)
        seen.add(key_node.value)
    loader.flatten_mapping(node)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _distinct_mapping)


def read_yaml(text: str | bytes) -> Any:
    """Return the plain data in a YAML document; raise ``yaml.YAMLError`` or ``ValueError``."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader


def read_texts(text: str | bytes) -> Any:
    """Return the data of a YAML document with every scalar as it is written.

    >>> read_yaml("postcode: 010010"), read_texts("postcode: 010010")  # YAML 1.1 takes it for octal
    ({'postcode': 4104}, {'postcode': '010010'})
    """
    return yaml.load(text, Loader=_Texts)  # noqa: S506 - a subclass of SafeLoader
