"""JSON Lines and JSON arrays, as they come."""

import json

import pytest

from connectors import Unread, connect, jsonlines
from connectors._files import json_blocks, text_bytes


def scanned(path):
    with connect(str(path)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]
        batches = list(source.stream(table, names))
        return table, {
            name: [v for b in batches for v in b.column(i).to_pylist()] for i, name in enumerate(names)
        }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n{"b": "x"}\n', {"a": [1, None], "b": [None, "x"]}),
        ('{"a": 1}\n\n  \n{"a": 2}', {"a": [1, 2]}),
        ('\ufeff{"a": 1}\r\n{"a": 2}\r\n', {"a": [1, 2]}),
        ('{"a": {"b": "x", "c": {"d": 1}}}\n', {"a.b": ["x"], "a.c.d": [1]}),
        ('{"a": 1}\n{"a": "x"}\n', {"a": ["1", "x"]}),
        ('{"phone": "0123"}\n', {"phone": ["0123"]}),
        ('{"id": 110101199003070038}\n{"id": 1.5}\n', {"id": ["110101199003070038", "1.5"]}),
        ('{"iccid": 89860012345678901234}\n', {"iccid": ["89860012345678901234"]}),
        ('{"a": {"b": 1}}\n{"a": {"b": "x"}}\n', {"a.b": ["1", "x"]}),
        ('{"a": 1, "a": 2}\n', {"a": [2]}),
        ('[{"a": 1}, {"a": 2, "b": [1, 2]}]', {"a": [1, 2], "b": [None, [1, 2]]}),
        ("[]", {}),
        ("", {}),
    ],
)
def test_objects_become_rows(tmp_path, text, expected):
    path = tmp_path / "people.json"
    path.write_text(text, encoding="utf-8")

    table, columns = scanned(path)

    assert columns == expected
    assert table.rows.value == max(map(len, expected.values()), default=0)


def test_small_blocks_are_one_table(tmp_path, monkeypatch):
    monkeypatch.setattr(json_blocks, "_BLOCK", 64)
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps({"id": n, "k": n if n % 2 else str(n)}) + "\n" for n in range(500)))

    _, columns = scanned(path)

    assert columns == {"id": list(range(500)), "k": [str(n) for n in range(500)]}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("just prose\nof two lines\n", "neither an object a line nor an array of objects"),
        ('[{"a": 1}, {"a"', "no valid JSON"),
        ('"13912345678"\n', "neither an object a line"),
    ],
)
def test_what_is_no_table_is_said_without_its_content(tmp_path, text, reason):
    (tmp_path / "people.json").write_text(text, encoding="utf-8")

    with connect(str(tmp_path)) as source:
        (entry,) = source.tables()

    assert isinstance(entry, Unread)
    assert reason in entry.reason
    assert "13912345678" not in entry.reason


def test_broken_lines_lose_no_others_and_are_counted(tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text('{"a": 1}\n{"a": 13912345678\n[3]\n{"a": 2}\n', encoding="utf-8")

    with connect(str(path)) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["a"])
        assert next(stream).column(0).to_pylist() == [1, 2]
        with pytest.raises(Exception, match="2 lines hold no JSON object") as broke:
            next(stream)

    assert "13912345678" not in str(broke.value)


def test_a_large_file_is_sampled_at_places_all_over(tmp_path, monkeypatch):
    for name in ("SMALL", "SEEK_BYTES"):
        monkeypatch.setattr(text_bytes, name, 2**14)
    monkeypatch.setattr(jsonlines, "SMALL", 2**14)
    monkeypatch.setattr(json_blocks, "_BLOCK", 2**12)
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps({"id": number}) + "\n" for number in range(50_000)))

    with connect(str(path)) as source:
        (table,) = source.tables()
        ids = source.sample(table, rows=400, seed=3).column(0).to_pylist()

    assert table.rows is None
    assert "places of a large file" in table.note
    assert len(ids) == len(set(ids)) == 400
    assert min(ids) < 5_000
    assert max(ids) > 45_000


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"code": 0, "data": {"n": 2, "list": [{"id": "x"}, {"id": "y"}]}},
            {"code": [0, None, None], "data.n": [2, None, None], "data.list.id": [None, "x", "y"]},
        ),
        (
            {"13800138001": {"a": "x"}, "13800138002": {"a": "y"}, "13800138003": {"a": "z"}},
            {"key": ["13800138001", "13800138002", "13800138003"], "a": ["x", "y", "z"]},
        ),
        ({"a": 1, "b": {"c": "x"}}, {"a": [1], "b.c": ["x"]}),
        ({"a": [1, 2], "b": []}, {"a": [[1, 2]], "b": [[]]}),
    ],
)
def test_records_in_one_object_become_rows(tmp_path, document, expected, indent):
    (tmp_path / "export.json").write_text(json.dumps(document, indent=indent), encoding="utf-8")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]
        (batch,) = source.stream(table, names)

    assert batch.to_pydict() == expected


def test_lines_in_a_json_file_stay_lines(tmp_path):
    (tmp_path / "log.json").write_text('{"a": [{"b": 1}]}\n{"a": [{"b": 2}]}\n', encoding="utf-8")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()

    assert (table.rows.value, [column.name for column in table.columns]) == (2, ["a[].b"])
