"""Arrow arrays out of rows of a database, and types that hold what several say. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from connectors._model import Batch
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


def is_encoded(kind: Any) -> bool:
    """Return whether a column is text with a dictionary, or as views."""
    return pa.types.is_string_view(kind) or _has_dictionary(kind)


def _has_dictionary(kind: Any) -> bool:
    return pa.types.is_dictionary(kind) and plain_type(kind) == pa.string()


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


def plain_type(kind: Any) -> pa.DataType:
    """Return the type without dictionary encoding, and every kind of string as ``string``."""
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_run_end_encoded(kind):
        return plain_type(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or _is_tangled(kind):
        return pa.string()
    if pa.types.is_binary_view(kind):
        return pa.binary()
    if pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
        return pa.list_(kind.value_field)
    plain: pa.DataType = kind
    return plain


def is_list(kind: Any) -> bool:
    """Return whether cells are lists, of whatever length."""
    return pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)


def _is_tangled(kind: Any) -> bool:
    """Return whether cells are best told as JSON: unions, and lists of lists, of maps or of unions.

    Lists of lists of numbers stay: they are grids and pictures.
    """
    if pa.types.is_union(kind):
        return True
    if not is_list(kind) or not pa.types.is_nested(kind.value_type):
        return False
    while is_list(kind):
        kind = kind.value_type
    return not (pa.types.is_floating(kind) or pa.types.is_integer(kind))


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
