"""What every connector does, tried on each of them.

Every source holds one table ``people``: ``id`` from 1 to 1,200, ``phone`` (made up), ``note`` (null).
"""

import gzip
import hashlib
import json
import sqlite3

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from pyarrow import feather, orc

from connectors import TableUnreadable, connect, list_parts, stream_part
from connectors.dialects import generic
from connectors.frame import FrameConnector
from connectors.sql import SqlConnector

ROWS = 1_200
PHONES = [f"139{number:08d}" for number in range(1, ROWS + 1)]


def people():
    return [(number, phone, None) for number, phone in enumerate(PHONES, start=1)]


class ConnectorContract:
    @pytest.fixture
    def table(self, source):
        (table,) = source.tables()
        return table

    def test_the_table_is_described(self, table):
        assert (table.name, table.group) == ("people", "")
        assert [column.name for column in table.columns] == ["id", "phone", "note"]
        assert table.rows is not None
        assert table.rows.value == ROWS

    def test_same_seed_same_sample(self, source, table):
        first = source.sample(table, rows=50, seed=7)

        assert first.num_rows == 50
        assert first.equals(source.sample(table, rows=50, seed=7))

    def test_another_seed_another_sample(self, source, table):
        first, second = (source.sample(table, rows=50, seed=seed) for seed in (7, 8))

        assert not first.equals(second)

    def test_a_sample_reaches_all_over_the_table(self, source, table):
        numbers = sorted(int(value) for value in source.sample(table, rows=60, seed=1).column(0).to_pylist())

        assert numbers[0] <= ROWS // 4
        assert numbers[-1] >= ROWS * 3 // 4
        assert len(set(numbers)) == 60

    def test_a_sample_has_no_more_rows_than_the_table(self, source, table):
        sample = source.sample(table, rows=10 * ROWS, seed=1)

        assert sorted(sample.column(1).to_pylist()) == PHONES

    def test_a_sample_has_all_columns_in_order(self, source, table):
        sample = source.sample(table, rows=5, seed=1)

        assert sample.schema.names == ["id", "phone", "note"]
        assert sample.column(2).null_count == 5

    def test_a_stream_reads_only_what_is_asked_for(self, source, table):
        batches = list(source.stream(table, ["phone"]))

        assert {tuple(batch.schema.names) for batch in batches} == {("phone",)}
        assert sorted(value for batch in batches for value in batch.column(0).to_pylist()) == PHONES

    def test_a_stream_keeps_the_order_asked_for(self, source, table):
        batch = next(iter(source.stream(table, ["phone", "id"])))

        assert batch.schema.names == ["phone", "id"]
        assert str(batch.column(0)[0]).endswith(f"{int(str(batch.column(1)[0])):08d}")

    def test_a_stream_of_no_columns_still_counts(self, source, table):
        assert sum(batch.num_rows for batch in source.stream(table, [])) == ROWS

    def test_a_stream_can_be_left_early_and_read_again(self, source, table):
        stream = source.stream(table, ["id"])
        next(stream)
        stream.close()

        assert sum(batch.num_rows for batch in source.stream(table, ["id"])) == ROWS

    def test_the_parts_together_are_the_table(self, source, table):
        parts = list_parts(source, table)
        batches = [b for part in parts for b in stream_part(source, table, part, ["phone", "id"])]

        assert len({part.name for part in parts}) == len(parts)
        assert {tuple(batch.schema.names) for batch in batches} == {("phone", "id")}
        assert sorted(value for batch in batches for value in batch.column(0).to_pylist()) == PHONES

    def test_parts_stay_while_nothing_changes(self, source, table):
        assert list_parts(source, table) == list_parts(source, table)

    def test_values_never_show_in_names_and_notes(self, source, table):
        assert not any(phone in repr((table, source)) + source.location for phone in PHONES)

    def test_a_table_that_is_not_there_is_named_and_nothing_else(self, source, table):
        gone = type(table)(name="gone", columns=table.columns)

        with pytest.raises(TableUnreadable, match="gone"):
            source.sample(gone, rows=1, seed=0)

    def test_reading_changes_nothing(self, source, table, fingerprint):
        before = fingerprint()
        source.sample(table, rows=5, seed=1)
        list(source.stream(table, ["id"]))

        assert fingerprint() == before

    def test_a_source_can_be_left(self, source, table):
        with source:
            source.sample(table, rows=1, seed=0)


class TestSqlite(ConnectorContract):
    @pytest.fixture
    def path(self, tmp_path):
        database = sqlite3.connect(tmp_path / "crm.sqlite")
        database.execute("CREATE TABLE people (id INTEGER, phone TEXT, note TEXT)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", people())
        database.commit()
        database.close()
        return tmp_path / "crm.sqlite"

    @pytest.fixture
    def source(self, path):
        with connect(f"sqlite:///{path}") as source:
            yield source

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir()))


class TestSqliteWithALog(TestSqlite):
    @pytest.fixture
    def path(self, tmp_path):
        database = sqlite3.connect(tmp_path / "crm.sqlite")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE people (id INTEGER, phone TEXT, note TEXT)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", people())
        database.commit()
        database.close()
        return tmp_path / "crm.sqlite"


class TestSqliteWithoutRowId(TestSqlite):
    @pytest.fixture
    def path(self, tmp_path):
        database = sqlite3.connect(tmp_path / "crm.sqlite")
        database.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, phone TEXT, note TEXT) WITHOUT ROWID")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", people())
        database.commit()
        database.close()
        return tmp_path / "crm.sqlite"


class TestDuckDB(TestSqlite):
    @pytest.fixture
    def path(self, tmp_path):
        with duckdb.connect(tmp_path / "crm.duckdb") as database:
            database.execute("CREATE TABLE people (id INTEGER, phone VARCHAR, note VARCHAR)")
            rows = f"SELECT i, '139' || lpad(i::VARCHAR, 8, '0'), NULL FROM range(1, {ROWS + 1}) AS t(i)"
            database.execute(f"INSERT INTO people {rows}")
        return tmp_path / "crm.duckdb"

    @pytest.fixture
    def source(self, path):
        with connect(f"duckdb:///{path}") as source:
            yield source


class TestAnyDatabase(TestSqlite):
    """The ways that need nothing particular of a database, tried on SQLite."""

    KEY = ""

    @pytest.fixture
    def path(self, tmp_path):
        database = sqlite3.connect(tmp_path / "crm.sqlite")
        database.execute(f"CREATE TABLE people (id INTEGER {self.KEY}, phone TEXT, note TEXT)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", people())
        database.commit()
        database.close()
        return tmp_path / "crm.sqlite"

    @pytest.fixture
    def source(self, path):
        engine = generic.open_engine(sa.make_url(f"sqlite:///{path}"))
        with SqlConnector(engine, generic, "anywhere") as source:
            yield source

    def test_the_table_is_described(self, table):
        assert [column.type for column in table.columns] == ["INTEGER", "TEXT", "TEXT"]
        assert table.rows is None


class TestAnyDatabaseWithAKey(TestAnyDatabase):
    KEY = "PRIMARY KEY"

    def test_a_sample_has_no_more_rows_than_the_table(self, source, table):
        sample = source.sample(table, rows=10 * ROWS, seed=1)

        assert set(sample.column(1).to_pylist()) <= set(PHONES)


class TestPostgresql(ConnectorContract):
    @pytest.fixture
    def source(self, pg, pg_run):
        values = ", ".join(f"({number}, '{phone}', NULL)" for number, phone, _ in people())
        pg_run(
            "CREATE TABLE people (id integer, phone text, note text)",
            f"INSERT INTO people VALUES {values}",
        )
        with connect(pg) as source:
            yield source

    @pytest.fixture
    def fingerprint(self, pg):
        def counters():
            engine = sa.create_engine(pg, poolclass=sa.NullPool)
            with engine.connect() as connection:
                query = "SELECT count(*), sum(hashtext(people::text)) FROM people"
                return tuple(connection.exec_driver_sql(query).one())

        return counters


class TestMariadb(ConnectorContract):
    @pytest.fixture
    def source(self, mariadb, mariadb_run):
        values = ", ".join(f"({number}, '{phone}', NULL)" for number, phone, _ in people())
        mariadb_run(
            "CREATE TABLE people (id integer, phone varchar(20), note text)",
            f"INSERT INTO people VALUES {values}",
            "ANALYZE TABLE people",
        )
        with connect(mariadb) as source:
            yield source

    @pytest.fixture
    def fingerprint(self, mariadb):
        def checksum():
            engine = sa.create_engine(mariadb, poolclass=sa.NullPool)
            with engine.connect() as connection:
                return tuple(connection.exec_driver_sql("CHECKSUM TABLE people").one())

        return checksum


class TestMariadbWithAKey(TestMariadb):
    pass


class TestParquet(ConnectorContract):
    @pytest.fixture
    def path(self, tmp_path):
        ids, phones, notes = zip(*people(), strict=True)
        data = pa.table({"id": ids, "phone": phones, "note": pa.array(notes, pa.string())})
        pq.write_table(data, tmp_path / "people.parquet", row_group_size=50)
        return tmp_path / "people.parquet"

    @pytest.fixture
    def source(self, path):
        with connect(str(path)) as source:
            yield source

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir()))


class TestPartitionedParquet(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        ids, phones, notes = zip(*people(), strict=True)
        data = pa.table({"id": ids, "phone": phones, "note": pa.array(notes, pa.string())})
        folder = tmp_path / "people"
        folder.mkdir()
        for part in range(40):
            pq.write_table(data.slice(part * 30, 30), folder / f"part-{part:05}.parquet")
        return folder

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: [file.read_bytes() for file in sorted(path.iterdir())]


class TestDelimited(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        lines = ["id,phone,note", *(f"{number},{phone}," for number, phone, _ in people())]
        (tmp_path / "people.csv").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path / "people.csv"


class TestCompressedDelimited(TestDelimited):
    @pytest.fixture
    def path(self, tmp_path):
        lines = ["id\tphone\tnote", *(f"{number}\t{phone}\t" for number, phone, _ in people())]
        (tmp_path / "people.tsv.gz").write_bytes(gzip.compress("\r\n".join(lines).encode("gb18030")))
        return tmp_path / "people.tsv.gz"


class TestJsonLines(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        lines = [json.dumps({"id": number, "phone": phone, "note": None}) for number, phone, _ in people()]
        (tmp_path / "people.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path / "people.jsonl"


class TestCompressedJsonLines(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        lines = [json.dumps({"id": number, "phone": phone, "note": None}) for number, phone, _ in people()]
        (tmp_path / "people.ndjson.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
        return tmp_path / "people.ndjson.gz"


class TestJsonArray(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        rows = [{"id": number, "phone": phone, "note": None} for number, phone, _ in people()]
        (tmp_path / "people.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
        return tmp_path / "people.json"


class TestOrc(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        ids, phones, notes = zip(*people(), strict=True)
        data = pa.table({"id": ids, "phone": phones, "note": pa.array(notes, pa.string())})
        orc.write_table(data, tmp_path / "people.orc", stripe_size=1024, batch_size=50)
        return tmp_path / "people.orc"


class TestFeather(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        ids, phones, notes = zip(*people(), strict=True)
        data = pa.table({"id": ids, "phone": phones, "note": pa.array(notes, pa.string())})
        feather.write_feather(data, tmp_path / "people.feather", chunksize=50)
        return tmp_path / "people.feather"


class TestArrowStream(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        ids, phones, notes = zip(*people(), strict=True)
        data = pa.table({"id": ids, "phone": phones, "note": pa.array(notes, pa.string())})
        with pa.ipc.new_stream(tmp_path / "people.arrow", data.schema) as writer:
            writer.write_table(data, max_chunksize=50)
        return tmp_path / "people.arrow"


class TestWorkbook(TestParquet):
    @pytest.fixture
    def path(self, tmp_path):
        workbook = openpyxl.Workbook()
        workbook.active.append(["id", "phone", "note"])
        for row in people():
            workbook.active.append(row)
        workbook.save(tmp_path / "people.xlsx")
        return tmp_path / "people.xlsx"


class TestFrame(ConnectorContract):
    @pytest.fixture
    def frame(self):
        return pd.DataFrame(people(), columns=["id", "phone", "note"])

    @pytest.fixture
    def source(self, frame):
        return FrameConnector({"people": frame})

    @pytest.fixture
    def fingerprint(self, frame):
        return frame.to_json
