"""Cells a second of the column classifier, beside Presidio's analyzer on the same cells in the same run.

    python -m benchmarks.classify [--rows 100000] [--presidio-cells 2000] [--texts 3000]

100 columns that hold values: identifiers, numbers, codes and times of generated people, almost all
distinct, as text and as numbers. Presidio reads ``--presidio-cells`` of the same cells, drawn evenly from
all columns, with the recognizers it has for Chinese and no entity model (the fastest it can be); a cell
is one call. Running text is measured apart: the text engine beside the entity model (LAC) alone on the
same distinct texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from benchmarks.columns import data, values
from benchmarks.columns.warehouses import Persons
from benchmarks.peers.adapters import chinese_analyzer
from classifiers import decide, gather
from classifiers.text import load_text_engine
from classifiers.text.lac import load_lac
from connectors import Column, Table

T = TypeVar("T")

TARGET = 500  # times Presidio's rate
COLUMNS, PER_TABLE = 100, 20
KINDS = {  # attribute of the generated persons: header
    "id18": "sfzh", "id15": "old_id_no", "phone0": "mobile", "phone_old": "c1", "email0": "email",
    "member0": "member_no", "device0": "device_id", "card0": "card_no", "card1": "c2", "emp": "emp_no",
    "mrn": "blh", "student": "student_id", "openid": "openid", "plate": "plate_no", "doc": "passport_no",
    "name": "xm", "birth": "birthday",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--presidio-cells", type=int, default=2_000)
    parser.add_argument("--texts", type=int, default=3_000)
    options = parser.parse_args()
    print_columns(options.rows, options.presidio_cells)
    print_texts(options.texts)


def print_columns(rows: int, presidio_cells: int) -> None:
    """Print both rates over columns of values, and their ratio."""
    batches = list(tables(rows))
    gather(batches[0].slice(0, 100), described(batches[0]), None)  # imports and word lists
    start = time.perf_counter()
    tagged = sum(bool(decide(e)) for batch in batches for e in gather(batch, described(batch), None))
    seconds = time.perf_counter() - start
    cells = sum(batch.num_rows * batch.num_columns for batch in batches)
    print(f"{COLUMNS} columns x {rows:,} rows, {tagged} columns tagged")
    print(f"classifier  {seconds:8.2f} s  {cells / seconds:14,.0f} cells/s")
    sample = some_cells(batches, presidio_cells)
    analyzer = chinese_analyzer()
    analyzer.analyze(sample[0], language="zh")
    spent, _ = timed(lambda: [analyzer.analyze(cell, language="zh") for cell in sample])
    theirs = len(sample) / spent
    print(f"Presidio    {spent:8.2f} s  {theirs:14,.0f} cells/s  ({len(sample):,} of the same cells)")
    print(f"ratio       {cells / seconds / theirs:8.0f}  (target {TARGET})")


def print_texts(number: int) -> None:
    """Print the rate of the text engine beside that of the entity model alone."""
    texts = running_texts(number)
    engine, model = load_text_engine(), load_lac()
    engine.summarise(texts[:20])
    alone, _ = timed(lambda: model.mentions(texts))
    whole, _ = timed(lambda: engine.summarise(texts))
    characters = sum(map(len, texts)) / len(texts)
    print(f"{len(texts):,} distinct texts of {characters:.0f} characters on average")
    print(f"LAC alone   {alone:8.2f} s  {len(texts) / alone:14,.0f} texts/s")
    print(f"text engine {whole:8.2f} s  {len(texts) / whole:14,.0f} texts/s  ({whole / alone:.2f} times LAC)")


def tables(rows: int) -> Iterator[pa.RecordBatch]:
    """Yield tables of 20 columns each, every one of other people."""
    words = values.load_words(data.RESOURCES / "dev" / "words.json")
    layout = json.loads((data.RESOURCES / "dev" / "subject.json").read_text(encoding="utf-8"))[0]
    for number in range(COLUMNS // PER_TABLE):
        people = Persons({**layout, "seed": number + 1}, words, 0, rows)
        rng = np.random.default_rng(number)
        columns = {header: pa.array(getattr(people, kind).astype(str)) for kind, header in KINDS.items()}
        columns |= {
            "order_no": pa.array(rng.integers(10**17, 10**18, rows)),
            "amount": pa.array(np.round(rng.lognormal(4, 1, rows), 2)),
            "created_at": pa.array(np.datetime64("2025-01-01T00:00:00") + rng.integers(0, 10**7, rows)),
        }
        yield pa.RecordBatch.from_pydict(columns)


def described(batch: pa.RecordBatch) -> Table:
    """Return the table that a connector would hand over with the batch."""
    columns = tuple(Column(field.name, str(field.type)) for field in batch.schema)
    return Table(name="people", columns=columns)


def some_cells(batches: list[pa.RecordBatch], number: int) -> list[str]:
    """Return cells as text, evenly from all columns."""
    columns = [column for batch in batches for column in batch.columns]
    each = max(1, number // len(columns))
    rng = np.random.default_rng(0)
    return [str(column[int(i)]) for column in columns for i in rng.integers(0, len(column), each)]


def running_texts(number: int) -> list[str]:
    """Return distinct remarks, a third of which hold personal data."""
    rng = np.random.default_rng(3)
    words = values.load_words(data.RESOURCES / "heldout" / "words.json")
    people = values.People(rng, number, words)
    return [_remark(people, i, words) for i in range(number)]


def _remark(people: values.People, i: int, words: dict[str, Any]) -> str:
    if i % 3:
        return f"{values.pick(people.rng, words['remark_plain'])}，工单{values.digits(people.rng, 6)}"
    slots = {
        kind: values.make(kind, people, i)
        for kind in ("id_card", "bank_card", "email", "address", "wechat_id")
    }
    template = values.pick(people.rng, words["remark_templates"])
    return template.format(name=people.name[i], mobile=people.mobile[i], **slots)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
