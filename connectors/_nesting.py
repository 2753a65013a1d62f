"""Columns without nesting: structs, lists of structs and maps as leaves with dotted names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors._arrays import Array, cast, is_encoded, is_list, plain_type, unique
from connectors._model import Batch, Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A column without structs in it.

    Attributes:
        name: Dotted; ``[]`` stands for a list, as in ``visits[].doctor``.
        path: Dotted path down to the first list: what a Parquet reader can select.
    """

    name: str
    path: str
    type: pa.DataType
    comment: str = ""

    def column(self) -> Column:
        return Column(self.name, str(self.type), self.comment)


def leaves(schema: pa.Schema) -> tuple[Leaf, ...]:
    """Return the leaf columns of a nested schema, with plain strings and unique names."""
    found = [leaf for field in schema for leaf in _leaves_of(field, field.name, field.name)]
    names = unique(leaf.name for leaf in found)
    return tuple(
        Leaf(name=name, path=leaf.path, type=leaf.type, comment=leaf.comment)
        for name, leaf in zip(names, found, strict=True)
    )


def _leaves_of(field: pa.Field[Any], name: str, path: str) -> Iterator[Leaf]:
    if isinstance(field.type, pa.BaseExtensionType):
        field = field.with_type(field.type.storage_type)
    if _is_struct(field.type):
        for child in field.type:
            inner = f"{name}.{child.name}"
            yield from _leaves_of(child, inner, inner if path == name else path)
    elif is_list(field.type) and _is_struct(field.type.value_type):
        for leaf in _leaves_of(field.type.value_field, f"{name}[]", path):
            yield Leaf(name=leaf.name, path=path, type=pa.list_(leaf.type), comment=leaf.comment)
    elif pa.types.is_map(field.type):
        for child in _entry(field.type):
            for leaf in _leaves_of(child, f"{name}.{child.name}", path):
                yield Leaf(name=leaf.name, path=path, type=pa.list_(leaf.type), comment=leaf.comment)
    else:
        yield Leaf(name=name, path=path, type=plain_type(field.type), comment=_comment(field.metadata))


def flatten(batch: Batch, *, encoded: bool = False) -> tuple[list[str], list[Array[Any]]]:
    """Return names (may repeat) and arrays of the leaves of a batch, in the order of `leaves`.

    Args:
        batch: Perhaps nested.
        encoded: Leave text with a dictionary, or as views, as it is.
    """
    pairs = [
        pair
        for name, array in zip(batch.schema.names, batch.columns, strict=True)
        for pair in (((name, array),) if encoded and is_encoded(array.type) else _arrays_of(name, array))
    ]
    return [name for name, _ in pairs], [array for _, array in pairs]


def _arrays_of(name: str, array: Any) -> Iterator[tuple[str, Array[Any]]]:
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    kind: Any = array.type
    if _is_struct(kind):
        for child, inner in zip(kind, array.flatten(), strict=True):
            yield from _arrays_of(f"{name}.{child.name}", inner)
    elif is_list(kind) and _is_struct(kind.value_type):
        for inner_name, inner in _arrays_of(f"{name}[]", array.flatten()):
            yield inner_name, _list_like(array, inner)
    elif pa.types.is_map(kind):
        lists = array.cast(pa.list_(_entry(kind)))
        for child, items in zip(_entry(kind), lists.flatten().flatten(), strict=True):
            for inner_name, inner in _arrays_of(f"{name}.{child.name}", items):
                yield inner_name, _list_like(lists, inner)
    else:
        yield name, cast(array, plain_type(kind))


def _entry(kind: Any) -> pa.StructType:
    """Return the struct of one key and one value of a map."""
    return pa.struct([kind.key_field.with_name("key"), kind.item_field.with_name("value")])


def _list_like(lists: Array[Any], values: Array[Any]) -> Array[Any]:
    """Return ``values`` in lists of the same lengths and with the same nulls as ``lists``."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    return pa.ListArray.from_arrays(offsets, values, mask=lists.is_null())


def _is_struct(kind: pa.DataType) -> bool:
    return pa.types.is_struct(kind) and kind.num_fields > 0


def _comment(metadata: Mapping[bytes, bytes] | None) -> str:
    """Return the comment that Spark and others keep as ``comment``, Iceberg as ``doc``."""
    held = metadata or {}
    return held.get(b"comment", held.get(b"doc", b"")).decode("utf-8", "replace")
