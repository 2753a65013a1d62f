"""What tests of classifiers share: generated columns, and the tags and the evidence of some."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest

from classifiers import decide, gather
from connectors import Column, Table

from .generated import MAKERS


@pytest.fixture(scope="session")
def make():
    """``make(name, count, seed)``: generated values of one kind."""

    def made(name: str, count: int = 60, seed: int = 1) -> list[Any]:
        r = random.Random(f"{name} {seed}")  # noqa: S311
        return [MAKERS[name](r, i) for i in range(count)]

    return made


@pytest.fixture(scope="session")
def tags_of():
    """``tags_of(values, header)``: the tags of one column, by type."""

    def tagged(values: Any, header: str = "c7", comment: str = "", reader: Any = None) -> dict[str, Any]:
        array = values if isinstance(values, pa.Array) else pa.array(values)
        batch = pa.RecordBatch.from_arrays([array], names=[header])
        table = Table(name="t", columns=(Column(header, str(array.type), comment),))
        (evidence,) = gather(batch, table, reader)
        return {tag.type: tag for tag in decide(evidence)}

    return tagged


@pytest.fixture(scope="session")
def evidence_of():
    """``evidence_of(columns)``: the evidence of a table of (header, values) pairs; headers may repeat."""

    def gathered(columns: Any) -> Any:
        arrays = [values if isinstance(values, pa.Array) else pa.array(values) for _, values in columns]
        names = [name for name, _ in columns]
        batch = pa.RecordBatch.from_arrays(arrays, names=names)
        return gather(batch, Table(name="t", columns=tuple(Column(n, "", "") for n in names)), None)

    return gathered
