"""Objects whose keys are values: read as entries with a key, so that no value names a column."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import connect
from connectors._files.json_keyed import as_rows, find_keyed
from connectors._files.value_words import is_key

ID = "11010519491231002X"
PHONE, OTHER = "13800138000", "13900139000"


def read(folder):
    """Return the columns of the only table in a folder, and what is said of it."""
    with connect(str(folder)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]
        batches = list(source.stream(table, names))
        sample = source.sample(table, rows=10**6, seed=0)
    found = {name: [cell for batch in batches for cell in batch.column(name).to_pylist()] for name in names}
    assert sample.to_pydict() == found
    return found, table.note


DOCUMENTS = [
    ({PHONE: {"age": 3}}, {"key": [PHONE], "age": [3]}),
    ({ID: "x", PHONE: "y"}, {"key": [ID, PHONE], "value": ["x", "y"]}),
    ({"a@b.cn": {"key": 1}}, {"key": ["a@b.cn"], "value.key": [1]}),
    ({"total": 1, PHONE: 5}, {"total": [1, None], "key": [None, PHONE], "value": [None, 5]}),
    (
        {"data": {PHONE: {"age": 3}}, "n": 1},
        {"n": [1, None], "data.key": [None, PHONE], "data.age": [None, 3]},
    ),
    ({"1001": {"x": 1}, "1002": {"x": 2}}, {"key": ["1001", "1002"], "x": [1, 2]}),
    (
        {"buyer": {"phone": PHONE}, "seller": {"phone": OTHER}},
        {"buyer.phone": [PHONE], "seller.phone": [OTHER]},
    ),
]


@pytest.mark.parametrize(("document", "expected"), DOCUMENTS)
def test_a_document(tmp_path, document, expected):
    (tmp_path / "export.json").write_text(json.dumps(document), encoding="utf-8")

    assert read(tmp_path)[0] == expected


ROWS = [
    ([{PHONE: {"n": 1}}, {OTHER: {"n": 2}}], {"key": [PHONE, OTHER], "n": [1, 2]}),
    (
        [{"id": 1, "to": {PHONE: {"n": 1}, OTHER: {"n": 2}}}, {"id": 2, "to": None}],
        {"id": [1, None, None, 2], "to.key": [None, PHONE, OTHER, None], "to.n": [None, 1, 2, None]},
    ),
    ([{"to": {"n": 2, PHONE: 7}}], {"to.n": [2, None], "to.key": [None, PHONE], "to.value": [None, 7]}),
    ([{"a": {"b": {PHONE: 7}}}], {"a.b.key": [PHONE], "a.b.value": [7]}),
    ([{"a": [{PHONE: 7}]}], {"a[].key": [PHONE], "a[].value": [7]}),
    ([{"home": {"city": "x", "zip": "1"}}], {"home.city": ["x"], "home.zip": ["1"]}),
]


@pytest.mark.parametrize(("rows", "expected"), ROWS)
@pytest.mark.parametrize("array", [False, True])
def test_rows(tmp_path, rows, expected, array):
    text = json.dumps(rows) if array else "\n".join(map(json.dumps, rows))
    (tmp_path / "rows.jsonl").write_text(text, encoding="utf-8")

    assert read(tmp_path)[0] == expected


def test_keys_that_do_not_come_again_are_values_whatever_they_are(tmp_path):
    rows = [
        {"at": i, "marks": {f"{chr(0x4E00 + i)}{chr(0x5000 + i)}": i, chr(0x6000 + i): 1}} for i in range(40)
    ]
    (tmp_path / "marks.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found, note = read(tmp_path)

    assert set(found) == {"at", "marks.key", "marks.value"}
    assert [key for key in found["marks.key"] if key] == [key for row in rows for key in row["marks"]]
    assert note == "Keys of objects that are values are rows of their own, with the key in column 'key'."


def test_fields_that_are_seldom_there_stay_fields(tmp_path):
    rows = [{"payload": {"kind": "k", f"field_{i % 12}": i, "note": "x"}} for i in range(60)]
    (tmp_path / "events.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found, note = read(tmp_path)

    assert len(found) == 14
    assert note == ""


def test_keys_far_behind_the_start_are_found(tmp_path):
    rows = [{"id": i, "text": "x" * 900, "to": {"n": i}} for i in range(3_000)]
    rows[2_500]["to"] = {PHONE: 1, "n": 0}
    (tmp_path / "late.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found, _ = read(tmp_path)

    assert [cell for cell in found["to.key"] if cell] == [PHONE]
    assert found["to.n"][0] == 0


def test_a_line_that_is_broken_is_reported_as_ever(tmp_path):
    (tmp_path / "rows.jsonl").write_text(f'{{"{PHONE}": 1}}\n{{"broken\n', encoding="utf-8")
    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        assert source.sample(table, rows=9, seed=0).to_pydict() == {"key": [PHONE], "value": [1]}


VALUES = st.one_of(st.integers(), st.text(max_size=3), st.none())
KEYS = st.sampled_from(["name", "n", "home", PHONE, OTHER, ID, "1001", "2026-01-01", "x@y.cn"])
TREES = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=9,
)


def keys_of(node):
    if isinstance(node, dict):
        return {*node, *(key for value in node.values() for key in keys_of(value))}
    return {key for value in node for key in keys_of(value)} if isinstance(node, list) else set()


def leaves_of(node):
    if isinstance(node, dict):
        return [leaf for value in node.values() for leaf in leaves_of(value)]
    return [leaf for value in node for leaf in leaves_of(value)] if isinstance(node, list) else [node]


@given(st.lists(st.dictionaries(KEYS, TREES, max_size=3), max_size=3))
def test_no_key_is_a_value_and_nothing_is_lost(rows):
    keyed = find_keyed(rows)
    found = [made for row in rows for made in as_rows(row, keyed)]

    assert not [key for key in keys_of(found) if is_key(key)]
    kept = leaves_of(found)
    assert all(kept.count(leaf) >= leaves_of(rows).count(leaf) for leaf in leaves_of(rows))
    assert {key for key in keys_of(rows) if is_key(key)} <= {leaf for leaf in kept if isinstance(leaf, str)}
