"""Arrow arrays out of rows of a database, and Arrow batches without nesting. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors._model import Batch, Column
from connectors._sampling import Indices

Array = pa.Array

# Python types that become the Arrow type that PyArrow infers, if a column holds no other type.
_NATIVE = (bool, int, float, str, bytes, Decimal, datetime, date, time, timedelta, list)
_REFUSALS = (pa.ArrowException, OverflowError, TypeError, ValueError)
_EXACT_IN_FLOAT = 2**53  # integers up to here survive in a float64


def text(value: object) -> str:
    """Return a cell as text that Arrow can hold, whatever it is. Never fails.

    >>> text(b"ab"), text(bytes([255])), text({"a": 1}), text(13800138000.0)
    ('ab', 'ff', '{"a": 1}', '13800138000')
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _text_of_bytes(bytes(value))
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT_IN_FLOAT:
        return str(int(value))
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=text)
    return str(value)


def _text_of_bytes(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()


def decoded(data: bytes) -> str:
    """Return text in UTF-8, else in GB18030, else what can be read of it.

    >>> decoded("张".encode()), decoded("张".encode("gb18030")), decoded(bytes([255, 254]))
    ('张', '张', '��')
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def array_of(values: Sequence[object]) -> Array[Any]:
    """Return values of one column as an array: of their own type if they share one, else text."""
    kinds = set(map(type, values)) - {type(None)}
    if not kinds:
        return nulls(len(values), pa.string())
    if kinds == {int, float} and all(_exact(value) for value in values):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())  # type: ignore[arg-type]
    if kinds <= {bytes, bytearray, memoryview}:
        return pa.array([None if value is None else bytes(value) for value in values], pa.binary())  # type: ignore[call-overload]
    if len(kinds) == 1 and kinds <= set(_NATIVE):
        try:
            return _small(pa.array(values))
        except _REFUSALS:
            return _as_text(values)
    return _as_text(values)


def _exact(value: object) -> bool:
    return not isinstance(value, int) or abs(value) <= _EXACT_IN_FLOAT


def _small(array: Array[Any] | pa.ChunkedArray[Any]) -> Array[Any]:
    # Above 2 GB PyArrow infers a chunked array, which no batch can hold.
    if isinstance(array, pa.ChunkedArray):
        raise OverflowError
    return array


def _as_text(values: Iterable[object]) -> Array[Any]:
    return pa.array([None if value is None else text(value) for value in values], pa.string())


def batch_of_rows(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Batch:
    """Return rows as a batch; a column of mixed types becomes text."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return batch_of(names, [array_of(column) for column in columns], len(rows))


def batch_of(names: Sequence[str], arrays: Sequence[Array[Any]], rows: int) -> Batch:
    """Return arrays as a batch, also if there is no column to count the rows by."""
    if not names:
        empty: Any = pa.array([{}] * rows, pa.struct([]))
        return pa.RecordBatch.from_struct_array(empty)
    return pa.RecordBatch.from_arrays(list(arrays), names=list(names))


def nulls(rows: int, kind: Any) -> Array[Any]:
    """Return a column without a value."""
    array: Array[Any] = pa.nulls(rows, kind)
    return array


def one_batch(batches: Sequence[Batch]) -> Batch:
    """Unite batches of one schema."""
    columns = [
        pa.concat_arrays([batch.column(i) for batch in batches]) for i in range(batches[0].num_columns)
    ]
    return batch_of(batches[0].schema.names, columns, sum(batch.num_rows for batch in batches))


def take(batch: Batch, rows: Indices) -> Batch:
    """Return some rows of a batch."""
    if not batch.num_columns:
        return batch.slice(0, len(rows))
    if any(map(pa.types.is_string_view, batch.schema.types)):  # of which Arrow takes none
        batch = spelled_out(batch, but=batch.schema.names)
    return batch.take(rows)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in which repeated and empty ones are told apart.

    >>> unique(["a", "a", ""])
    ('a', 'a_2', 'column_3')
    """
    found: dict[str, None] = {}
    for position, name in enumerate(names, start=1):
        plain = candidate = name or f"column_{position}"
        count = 1
        while candidate in found:
            count += 1
            candidate = f"{plain}_{count}"
        found[candidate] = None
    return tuple(found)


# --- nesting -------------------------------------------------------------------------------


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
    elif _is_list(field.type) and _is_struct(field.type.value_type):
        for leaf in _leaves_of(field.type.value_field, f"{name}[]", path):
            yield Leaf(name=leaf.name, path=path, type=pa.list_(leaf.type), comment=leaf.comment)
    elif pa.types.is_map(field.type):
        for child in _entry(field.type):
            for leaf in _leaves_of(child, f"{name}.{child.name}", path):
                yield Leaf(name=leaf.name, path=path, type=pa.list_(leaf.type), comment=leaf.comment)
    else:
        yield Leaf(name=name, path=path, type=_plain_type(field.type), comment=_comment(field.metadata))


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
    elif _is_list(kind) and _is_struct(kind.value_type):
        for inner_name, inner in _arrays_of(f"{name}[]", array.flatten()):
            yield inner_name, _list_like(array, inner)
    elif pa.types.is_map(kind):
        lists = array.cast(pa.list_(_entry(kind)))
        for child, items in zip(_entry(kind), lists.flatten().flatten(), strict=True):
            for inner_name, inner in _arrays_of(f"{name}.{child.name}", items):
                yield inner_name, _list_like(lists, inner)
    else:
        yield name, cast(array, _plain_type(kind))


def _entry(kind: Any) -> pa.StructType:
    """Return the struct of one key and one value of a map."""
    return pa.struct([kind.key_field.with_name("key"), kind.item_field.with_name("value")])


def _list_like(lists: Array[Any], values: Array[Any]) -> Array[Any]:
    """Return ``values`` in lists of the same lengths and with the same nulls as ``lists``."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    return pa.ListArray.from_arrays(offsets, values, mask=lists.is_null())


def is_encoded(kind: Any) -> bool:
    """Return whether a column is text with a dictionary, or as views."""
    return pa.types.is_string_view(kind) or _has_dictionary(kind)


def _has_dictionary(kind: Any) -> bool:
    return pa.types.is_dictionary(kind) and _plain_type(kind) == pa.string()


def spelled_out(batch: Batch, *, but: Collection[str] = ()) -> Batch:
    """Return a batch in which no text comes as views, and none but of these columns with a dictionary."""
    arrays = [
        _spelled_out(array, dictionary=name in but)
        for name, array in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return batch_of(batch.schema.names, arrays, batch.num_rows)


def _spelled_out(array: Array[Any], *, dictionary: bool) -> Array[Any]:
    stays = dictionary and _has_dictionary(array.type)
    return cast(array, pa.string()) if is_encoded(array.type) and not stays else array


def _is_struct(kind: pa.DataType) -> bool:
    return pa.types.is_struct(kind) and kind.num_fields > 0


def _is_list(kind: Any) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)


def _plain_type(kind: Any) -> pa.DataType:
    """Return the type without dictionary encoding, and every kind of string as ``string``."""
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_run_end_encoded(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or _is_tangled(kind):
        return pa.string()
    if pa.types.is_binary_view(kind):
        return pa.binary()
    if pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
        return pa.list_(kind.value_field)
    plain: pa.DataType = kind
    return plain


def _is_tangled(kind: Any) -> bool:
    """Return whether cells are best told as JSON: unions, and lists of lists, of maps or of unions.

    Lists of lists of numbers stay: they are grids and pictures.
    """
    if pa.types.is_union(kind):
        return True
    if not _is_list(kind) or not pa.types.is_nested(kind.value_type):
        return False
    while _is_list(kind):
        kind = kind.value_type
    return not (pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _comment(metadata: Mapping[bytes, bytes] | None) -> str:
    """Return the comment that Spark and others keep as ``comment``, Iceberg as ``doc``."""
    held = metadata or {}
    return held.get(b"comment", held.get(b"doc", b"")).decode("utf-8", "replace")


# --- schema drift --------------------------------------------------------------------------


def common_type(types: Iterable[pa.DataType]) -> pa.DataType:
    """Return a type that holds all values of all of them without loss; text if there is none.

    >>> common_type([pa.int32(), pa.int64(), pa.null()]), common_type([pa.int64(), pa.float64()])
    (DataType(int64), DataType(string))
    """
    real = {kind for kind in types if not pa.types.is_null(kind)}
    if len(real) <= 1:
        return next(iter(real), pa.string())
    if any(pa.types.is_int64(kind) or pa.types.is_uint64(kind) for kind in real) and any(
        pa.types.is_floating(kind) for kind in real
    ):
        return pa.string()
    try:
        schemas = [pa.schema([("value", kind)]) for kind in sorted(real, key=str)]
        united: pa.DataType = pa.unify_schemas(schemas, promote_options="permissive").field(0).type
    except (pa.ArrowException, TypeError):
        return pa.string()
    return united


def cast(array: Array[Any], kind: pa.DataType) -> Array[Any]:
    """Return the array in another type, without loss; text is always possible."""
    if array.type == kind:
        return array
    if kind == pa.string() and pa.types.is_floating(array.type):
        return _as_text(array.to_pylist())
    try:
        return array.cast(kind)
    except pa.ArrowException:
        if kind != pa.string():
            raise
        return _as_text(array.to_pylist())
