"""Delta and Iceberg: what the log says is read, and nothing that it took away."""

import json
import warnings

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from connectors import RowCount, Table, TableUnreadable, Unread, connect

PEOPLE = pa.table(
    {"id": [1, 2, 3, 4], "city": ["北京", "上海", "北京", None], "visit": [{"at": "a", "n": 1}] * 4},
    schema=pa.schema(
        [
            pa.field("id", pa.int64(), metadata={"comment": "编号"}),
            pa.field("city", pa.string()),
            pa.field("visit", pa.struct([("at", pa.string()), ("n", pa.int64())])),
        ]
    ),
)


def read(source, table, columns):
    return [row for batch in source.stream(table, columns) for row in batch.to_pylist()]


def iceberg_table(folder, data=PEOPLE, **properties):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyiceberg.catalog.sql import SqlCatalog

        catalog = SqlCatalog("c", uri=f"sqlite:///{folder}/catalogue.db", warehouse=f"file://{folder}/lake")
        catalog.create_namespace_if_not_exists("crm")
        table = catalog.create_table("crm.people", schema=data.schema, properties=properties)
        table.append(data)
    return table


@pytest.fixture
def delta(tmp_path):
    write_deltalake(tmp_path / "lake/people", PEOPLE, partition_by=["city"], description="会员")
    return tmp_path / "lake/people"


@pytest.mark.parametrize("location", ["lake", "lake/people", "lake/*"])
def test_a_delta_table_is_one_table_from_anywhere(delta, location):
    with connect(str(delta.parents[1] / location)) as source:
        (table,) = source.tables()

        assert (table.name, table.comment, table.rows) == ("people", "会员", RowCount(4, exact=True))
        assert {column.name: column.comment for column in table.columns} == {
            "id": "编号",
            "visit.at": "",
            "visit.n": "",
            "city": "",
        }
        assert sorted(read(source, table, ["id", "city"]), key=lambda row: row["id"]) == [
            {"id": 1, "city": "北京"},
            {"id": 2, "city": "上海"},
            {"id": 3, "city": "北京"},
            {"id": 4, "city": None},
        ]


def test_rows_that_were_deleted_or_replaced_are_not_read(delta):
    DeltaTable(delta).delete("id = 2")
    DeltaTable(delta).update(predicate="id = 3", updates={"id": "30"})

    with connect(str(delta)) as source:
        (table,) = source.tables()

        assert sorted(row["id"] for row in read(source, table, ["id"])) == [1, 4, 30]
        assert table.rows == RowCount(3, exact=True)


def with_deletion_vector(folder, deleted):
    """Write a table of one file, of which a deletion vector in the log takes rows, as Spark writes it."""
    write_deltalake(folder, PEOPLE)
    log = folder / "_delta_log/00000000000000000000.json"
    actions = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for action in actions:
        if "protocol" in action:
            features = ["deletionVectors"]
            action["protocol"] = {
                "minReaderVersion": 3, "minWriterVersion": 7,
                "readerFeatures": features, "writerFeatures": features,
            }  # fmt: skip
        if "add" in action:
            action["add"]["deletionVector"] = inline_vector(deleted)
    log.write_text("\n".join(map(json.dumps, actions)), encoding="utf-8")


def inline_vector(rows):
    """A roaring bitmap array in the portable format, in Z85."""
    container = b"".join(row.to_bytes(2, "little") for row in rows)
    bitmap = (
        (12346).to_bytes(4, "little") + (1).to_bytes(4, "little")
        + (0).to_bytes(2, "little") + (len(rows) - 1).to_bytes(2, "little")
        + (16).to_bytes(4, "little") + container
    )  # fmt: skip
    data = (1681511377).to_bytes(4, "little") + (1).to_bytes(8, "little") + (0).to_bytes(4, "little") + bitmap
    size = len(data)
    data += b"\0" * (-size % 4)
    return {"storageType": "i", "pathOrInlineDv": z85(data), "sizeInBytes": size, "cardinality": len(rows)}


def z85(data):
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
    found = ""
    for start in range(0, len(data), 4):
        number = int.from_bytes(data[start : start + 4], "big")
        found += "".join(alphabet[number // 85**power % 85] for power in range(4, -1, -1))
    return found


def test_a_deletion_vector_is_applied(tmp_path):
    with_deletion_vector(tmp_path / "people", [1, 3])

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()

        assert table.rows == RowCount(2, exact=True)
        assert [row["id"] for row in read(source, table, ["id"])] == [1, 3]
        assert sorted(source.sample(table, rows=9, seed=1)["id"].to_pylist()) == [1, 3]
        assert [batch.num_rows for batch in source.stream(table, [])] == [2]


def test_a_damaged_deletion_vector_loses_its_table_only(tmp_path):
    with_deletion_vector(tmp_path / "people", [1, 3])
    write_deltalake(tmp_path / "whole", PEOPLE)
    log = tmp_path / "people/_delta_log/00000000000000000000.json"
    actions = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for action in actions:
        if "add" in action:
            action["add"]["deletionVector"]["pathOrInlineDv"] = z85(b"no bitmap at all")
    log.write_text("\n".join(map(json.dumps, actions)), encoding="utf-8")

    with connect(str(tmp_path)) as source:
        unread, whole = source.tables()

    assert unread == Unread(table="people", reason="a deletion vector is damaged or missing")
    assert whole.name == "whole"


def test_a_missing_file_of_the_log_is_named_and_the_others_are_read(delta):
    next(
        delta.glob("city=%E5%8C%97*/*.parquet" if list(delta.glob("city=%*")) else "city=北京/*.parquet")
    ).unlink()

    with connect(str(delta.parent)) as source:
        table, unread = source.tables()

        assert unread.reason.endswith("no such file (any more)")
        assert sorted(row["id"] for row in read(source, table, ["id"])) == [2, 4]


@pytest.mark.parametrize("content", ["", "{", '{"add": 1}'])
def test_a_damaged_log_is_not_scanned(tmp_path, content):
    log = tmp_path / "t/_delta_log/00000000000000000000.json"
    log.parent.mkdir(parents=True)
    log.write_text(content, encoding="utf-8")

    with connect(str(tmp_path)) as source:
        assert list(source.tables()) == [Unread(table="t", reason="the Delta log is cut off or damaged")]


def test_what_is_not_understood_is_not_guessed(delta):
    DeltaTable(delta).alter.set_table_properties({"delta.appendOnly": "true"})
    log = max((delta / "_delta_log").glob("*.json"))
    text = log.read_text(encoding="utf-8").replace(
        '"delta.appendOnly":"true"', '"delta.columnMapping.mode":"name"'
    )
    log.write_text(text, encoding="utf-8")

    with connect(str(delta)) as source:
        (unread,) = source.tables()

    assert "columnMapping" in unread.reason


@pytest.mark.parametrize("location", ["lake", "lake/crm/people"])
def test_an_iceberg_table_is_one_table(tmp_path, location):
    table = iceberg_table(tmp_path, comment="会员")
    with table.update_schema() as schema:
        schema.update_column("id", doc="编号")
    with table.update_schema() as schema:
        schema.rename_column("id", "number")

    with connect(str(tmp_path / location)) as source:
        (found,) = source.tables()

        assert (found.name, found.comment, found.rows) == ("people", "会员", RowCount(4, exact=True))
        assert {column.name: column.comment for column in found.columns} == {
            "number": "编号",
            "city": "",
            "visit.at": "",
            "visit.n": "",
        }
        assert read(source, found, ["visit.n", "number"]) == [
            {"visit.n": 1, "number": number} for number in (1, 2, 3, 4)
        ]
        assert source.sample(found, rows=2, seed=3) == source.sample(found, rows=2, seed=3)
        assert source.sample(found, rows=2, seed=3).num_rows == 2


def test_rows_that_a_snapshot_no_longer_has_are_not_read(tmp_path):
    table = iceberg_table(tmp_path)
    table.append(PEOPLE.slice(0, 1))
    table.delete("id = 2")

    with connect(str(tmp_path / "lake")) as source:
        (found,) = source.tables()

        assert sorted(row["id"] for row in read(source, found, ["id"])) == [1, 1, 3, 4]
        assert sum(batch.num_rows for batch in source.stream(found, [])) == 4


def test_values_in_paths_of_partitions_are_told(tmp_path):
    table = iceberg_table(tmp_path)
    with table.update_spec() as spec:
        spec.add_identity("city")
    table.append(PEOPLE)

    with connect(str(tmp_path / "lake")) as source:
        (found,) = source.tables()
        keys = {part.keys for part in source.parts(found)}

        assert keys == {(), (("city", "北京"),), (("city", "上海"),), (("city", None),)}
        assert [column.name for column in found.columns] == ["id", "city", "visit.at", "visit.n"]
        assert sorted(row["city"] or "" for row in read(source, found, ["city"]))[:2] == ["", ""]


def test_an_iceberg_file_that_is_gone_is_an_error_without_its_values(tmp_path):
    iceberg_table(tmp_path)
    next((tmp_path / "lake").rglob("*.parquet")).unlink()

    with connect(str(tmp_path / "lake")) as source:
        (found,) = source.tables()
        with pytest.raises(TableUnreadable, match="1 of 1 files broke off"):
            read(source, found, ["id"])


@pytest.mark.parametrize("content", ["", "{", '{"format-version": 2}'])
def test_damaged_metadata_are_not_scanned(tmp_path, content):
    path = tmp_path / "t/metadata/v1.metadata.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")

    with connect(str(tmp_path)) as source:
        (unread,) = source.tables()

    assert isinstance(unread, Unread)
    assert "Iceberg metadata" in unread.reason


def test_lake_tables_stand_beside_files(tmp_path):
    write_deltalake(tmp_path / "a", PEOPLE)
    iceberg_table(tmp_path)
    (tmp_path / "b.csv").write_text("id\n1\n", encoding="utf-8")

    with connect(str(tmp_path), exclude=["catalogue*", "catalogue/*"]) as source:
        assert [table.name for table in source.tables() if isinstance(table, Table)] == ["a", "b", "people"]
