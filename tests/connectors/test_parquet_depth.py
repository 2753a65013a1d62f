"""What Parquet files hold beside plain columns, and what need not be read of them."""
# ruff: noqa: ARG002 -- the interface of a key service

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import TableUnreadable, Unread, connect, list_parts, spelled_out, stream_part


def read(source, table, columns):
    return [row for batch in source.stream(table, columns) for row in batch.to_pylist()]


def take_all(batches, into):
    """Add the values of one column to a list as they come, which are there also when they break off."""
    for batch in batches:
        into.extend(batch.column(0).to_pylist())


def test_structs_lists_and_maps_are_leaf_columns(tmp_path):
    people = [
        {"name": "a", "home": {"city": "x", "geo": {"lat": 1.5}}},
        {"name": None, "home": None},
    ]
    data = pa.table(
        {
            "person": pa.array(people),
            "tags": pa.array([["t", None], []]),
            "visits": pa.array([[{"at": "1", "who": {"id": 7}}], None]),
            "labels": pa.array([[("k", "v"), ("l", None)], None], pa.map_(pa.string(), pa.string())),
            "deep": pa.array([[("k", {"n": 1})], []], pa.map_(pa.string(), pa.struct([("n", pa.int64())]))),
            "grid": pa.array([[[1, 2], [3]], None], pa.list_(pa.list_(pa.int64()))),
        }
    )
    pq.write_table(data, tmp_path / "t.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]
        rows = read(source, table, names)
        sample = source.sample(table, rows=9, seed=0).to_pylist()

    assert names == [
        "person.name", "person.home.city", "person.home.geo.lat", "tags", "visits[].at", "visits[].who.id",
        "labels.key", "labels.value", "deep.key", "deep.value.n", "grid",
    ]  # fmt: skip
    assert rows == sample
    assert list(rows[0].values()) == [
        "a", "x", 1.5, ["t", None], ["1"], [7], ["k", "l"], ["v", None], ["k"], [1], [[1, 2], [3]],
    ]  # fmt: skip
    assert list(rows[1].values()) == [None, None, None, [], None, None, None, None, [], [], None]


def test_files_that_drifted_apart_are_one_table(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    pq.write_table(pa.table({"id": [1], "who": [{"name": "a"}]}), folder / "part-0.parquet")
    pq.write_table(
        pa.table({"id": ["2x"], "who": [{"name": "b", "phone": 139}], "tags": [["t"]]}),
        folder / "part-1.parquet",
    )
    pq.write_table(
        pa.table({"who": [{"phone": "137", "more": {"deep": True}}], "id": pa.nulls(1)}),
        folder / "part-2.parquet",
    )

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        rows = read(source, table, ["id", "who.name", "who.phone", "tags", "who.more.deep"])

    assert {column.name: column.type for column in table.columns} == {
        "id": "string",
        "who.name": "string",
        "who.phone": "string",
        "tags": "list<element: string>",
        "who.more.deep": "bool",
    }
    assert [list(row.values()) for row in rows] == [
        ["1", "a", None, None, None],
        ["2x", "b", "139", ["t"], None],
        [None, None, "137", None, True],
    ]


def test_row_groups_of_nulls_are_not_read(tmp_path):
    size = 50_000
    ids = pa.array([None] * size + [f"{n:09}" for n in range(size)] + [None] * size, pa.string())
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"id": ids, "n": range(3 * size)}), path, row_group_size=size)
    groups = pq.read_metadata(path)
    broken = bytearray(path.read_bytes())
    for number in (0, 2):  # what is not read may as well be damaged
        chunk = groups.row_group(number).column(0)
        start = (
            chunk.data_page_offset if chunk.dictionary_page_offset is None else chunk.dictionary_page_offset
        )
        broken[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(broken)

    with connect(str(path)) as source:
        (table,) = source.tables()
        batches = list(source.stream(table, ["id"]))

    found = [value for batch in batches for value in batch.column(0).to_pylist()]
    assert found == ids.to_pylist()
    assert {str(batch.schema.field("id").type) for batch in batches} == {"string"}


def test_a_page_that_is_damaged_loses_its_file_and_nothing_else(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    for number in range(5):
        pq.write_table(
            pa.table({"id": [f"{number}{n:06}" for n in range(9_000)]}), folder / f"part-{number}.parquet"
        )
    path = folder / "part-2.parquet"
    content = bytearray(path.read_bytes())
    content[1_000:40_000] = b"\xff" * 39_000
    path.write_bytes(content)

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        assert source.sample(table, rows=50, seed=1).num_rows >= 40
        found = []
        with pytest.raises(TableUnreadable, match=r"1 of 5 files broke off.*part-2\.parquet"):
            take_all(source.stream(table, ["id"]), found)

    assert {value[0] for value in found} == set("0134")
    assert len(found) == 4 * 9_000


@pytest.mark.parametrize("plain_footer", [True, False])
def test_an_encrypted_file_is_said_to_be_one(tmp_path, plain_footer):
    import pyarrow.parquet.encryption as pe

    class Kms(pe.KmsClient):
        def __init__(self, config):
            super().__init__()

        def wrap_key(self, key, master):
            return key.hex()

        def unwrap_key(self, wrapped, master):
            return bytes.fromhex(wrapped)

    factory = pe.CryptoFactory(Kms)
    how = pe.EncryptionConfiguration(
        footer_key="f", column_keys={"c": ["phone"]}, plaintext_footer=plain_footer
    )
    properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), how)
    data = pa.table({"id": [1, 2], "phone": ["13912345678", "13912345679"]})
    with pq.ParquetWriter(tmp_path / "t.parquet", data.schema, encryption_properties=properties) as writer:
        writer.write_table(data)
    pq.write_table(data, tmp_path / "u.parquet")

    with connect(str(tmp_path)) as source:
        found, plain = source.tables()
        if isinstance(found, Unread):
            reason = found.reason
        else:
            assert read(source, found, ["id"]) == [{"id": 1}, {"id": 2}]  # its own column is readable
            with pytest.raises(TableUnreadable) as refused:
                read(source, found, ["phone"])
            reason = str(refused.value)

    assert "encrypted" in reason
    assert "13912345678" not in reason
    assert plain.name == "u"


def test_many_footers_are_read_at_once_and_stay_in_order(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    for number in range(200):
        pq.write_table(pa.table({"id": [number]}), folder / f"part-{number:05}.parquet")
    (folder / "part-00077.parquet").write_bytes(b"PAR1 no")

    with connect(str(tmp_path)) as source:
        table, broken = source.tables()
        rows = read(source, table, ["id"])

    assert [row["id"] for row in rows] == [number for number in range(200) if number != 77]
    assert broken.reason.startswith("part-00077.parquet")


def test_text_that_repeats_comes_with_its_dictionary_to_those_who_count(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    often = [f"139{n % 50:08}" for n in range(9_000)]
    once = [f"138{n:08}" for n in range(9_000)]
    pq.write_table(pa.table({"phone": often, "other": once}), folder / "part-0.parquet")
    pq.write_table(pa.table({"phone": once, "other": often}), folder / "part-1.parquet")

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        parts = list_parts(source, table)
        counted = [next(iter(stream_part(source, table, part, ["phone", "other"]))) for part in parts]
        streamed = list(source.stream(table, ["phone", "other"]))
        sample = source.sample(table, rows=9, seed=1)

    kinds = [[str(kind) for kind in batch.schema.types] for batch in counted]
    encoded = "dictionary<values=string, indices=int32, ordered=0>"
    assert kinds == [[encoded, "string"], ["string", encoded]]
    assert {str(kind) for batch in (*streamed, sample) for kind in batch.schema.types} == {"string"}
    assert [v for batch in streamed for v in batch.column(0).to_pylist()] == often + once
    assert [v for batch in counted for v in spelled_out(batch).column(0).to_pylist()] == often + once


def test_people_behind_a_dictionary_are_those_without_one(tmp_path, make_people):
    from scanner import scan

    people = make_people(40)
    rows = [people[n * 7 % 40 if n % 11 else 0] for n in range(6_000)]
    columns = {
        "姓名": [p.name for p in rows],
        "身份证号": [p.id_card if n % 5 else None for n, p in enumerate(rows)],
        "手机号": [p.mobile if n % 3 else "" for n, p in enumerate(rows)],
        "更新时间": [f"2026-0{n % 9 + 1}-01" for n in range(6_000)],
    }
    counts = []
    for dictionary in (True, False):
        folder = tmp_path / str(dictionary)
        folder.mkdir()
        pq.write_table(
            pa.table(columns), folder / "crm.parquet", use_dictionary=dictionary, row_group_size=2_000
        )
        counts.append(scan(str(folder)).subjects().drop(columns="name").to_dict("list"))

    assert max(counts[0]["estimate"]) == 40
    assert counts[0]["estimate"] == counts[1]["estimate"]
    assert counts[0]["lower"] == counts[1]["lower"]
    assert counts[0]["upper"] == counts[1]["upper"]
