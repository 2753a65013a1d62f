"""Tables with a log, and files in an object store: what every connector does."""

import io
import shutil
import warnings

import deltalake
import moto
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conformance import Conformance, FileConformance
from deltalake import WriterProperties, write_deltalake
from pyarrow import csv, orc
from test_connector_contract import arrow_with_comments

_UNNAMEABLE = " ,;{}()\n\t="  # in columns of Delta tables


def write_delta(folder, given):
    """Write a table in row groups of 20,000: what one takes compressed is held while it is read."""
    write_deltalake(
        folder,
        arrow_with_comments(given),
        description=given.comment or None,
        writer_properties=WriterProperties(max_row_group_size=20_000),
    )


class TestDelta(FileConformance):
    KIND = "Delta"

    @pytest.fixture
    def version(self):
        return f"deltalake {deltalake.__version__}"

    COMMENTS = ("table", "columns")
    UNNAMEABLE = _UNNAMEABLE

    @pytest.fixture
    def put(self, location):
        return lambda given: write_delta(location / given.name, given)

    def table_name(self, name):
        name = "".join(letter for letter in name if letter not in "[]?*;%\n\t")[
            :40
        ]  # the writer stumbles over %
        return f"hostile {name}"


class TestIceberg(FileConformance):
    KIND = "Iceberg"

    @pytest.fixture
    def version(self):
        import pyiceberg

        return f"PyIceberg {pyiceberg.__version__}"

    COMMENTS = ("table", "columns")

    @pytest.fixture
    def catalogue(self, tmp_path):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyiceberg.catalog.sql import SqlCatalog

            made = SqlCatalog("c", uri="sqlite:///:memory:", warehouse=f"file://{tmp_path}")
            made.create_namespace("lake")
            yield made
            made.close()

    @pytest.fixture
    def location(self, tmp_path):
        (tmp_path / "lake").mkdir()
        return tmp_path / "lake"

    @pytest.fixture
    def put(self, catalogue, location):
        def put(given):
            fields = [f.with_metadata({"doc": given.comments.get(f.name, "")}) for f in given.data.schema]
            data = given.data.cast(pa.schema(fields))
            properties = {
                "comment": given.comment,
                "write.parquet.row-group-limit": str(50 if given.data.num_rows < 10_000 else 20_000),
            }
            catalogue.create_table(
                ("lake", given.name), data.schema, f"file://{location}/{given.name}", properties=properties
            ).append(data)

        return put


class InStore(Conformance):
    """Files of a kind that is proven on disks, under a name of their own in a bucket."""

    @pytest.fixture
    def version(self):
        return f"moto {moto.__version__}, PyArrow {pa.__version__}"

    @pytest.fixture
    def location(self, store):
        return store.url("lake")

    def table_name(self, name):
        return "hostile " + "".join(letter for letter in name if letter not in "[]?*\n\t")[:40]

    @pytest.fixture
    def put(self, store):
        def put(given):
            written = io.BytesIO()
            self.write(given, written)
            store.put(f"lake/{given.name}.{self.SUFFIX}", written.getvalue())

        return put

    @pytest.fixture
    def fingerprint(self, store):
        return lambda: sorted((key, store.get(key)) for key in store.listed())

    @pytest.fixture
    def spoil(self, store):
        def cut():
            for key in store.listed():
                store.put(key, b"\xff" * (len(store.get(key)) // 2))

        return cut


class TestParquetInStore(InStore):
    KIND = "S3"
    COMMENTS = ("columns",)
    SUFFIX = "parquet"

    def write(self, given, to):
        group = 50 if given.data.num_rows < 10_000 else 20_000
        pq.write_table(arrow_with_comments(given), to, row_group_size=group)


class TestDelimitedInStore(InStore):
    SUFFIX = "csv"
    TYPES = tuple(name for name in Conformance.TYPES if name != "picture")

    def write(self, given, to):
        csv.write_csv(given.data, to)


class TestOrcInStore(InStore):
    SUFFIX = "orc"

    def write(self, given, to):
        few = given.data.num_rows < 10_000
        orc.write_table(
            given.data, to, stripe_size=1024 if few else 8 * 2**20, batch_size=50 if few else 1024
        )


class TestDeltaInStore(InStore):
    COMMENTS = ("table", "columns")
    UNNAMEABLE = _UNNAMEABLE
    table_name = TestDelta.table_name

    @pytest.fixture
    def put(self, store, tmp_path):
        def put(given):
            folder = tmp_path / "lake" / given.name
            write_delta(folder, given)
            store.put_tree(tmp_path / "lake")
            shutil.rmtree(folder)

        return put
