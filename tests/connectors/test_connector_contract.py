"""Files and frames: what every connector does."""

import gzip
import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest
from conformance import Conformance, FileConformance, Variant
from pyarrow import csv, feather, orc

from connectors.frame import FrameConnector


def arrow_with_comments(given):
    """Return the table with comments as Spark and Arrow keep them in a schema."""
    fields = [
        field.with_metadata({"comment": given.comments.get(field.name, "")}) for field in given.data.schema
    ]
    return given.data.cast(pa.schema(fields))


class TestParquet(FileConformance):
    KIND = "Parquet"
    COMMENTS = ("columns",)

    @pytest.fixture
    def put(self, location):
        return lambda given: pq.write_table(
            arrow_with_comments(given), location / f"{given.name}.parquet", row_group_size=self.group(given)
        )

    def group(self, given):
        """Return the rows of a row group: several in every table."""
        return 50 if given.data.num_rows < 10_000 else 20_000


class TestPartitionedParquet(Variant, TestParquet):
    @pytest.fixture
    def put(self, location):
        def put(given):
            folder = location / given.name
            folder.mkdir()
            data = arrow_with_comments(given)
            size = max(30, data.num_rows // 40)
            for part in range(0, data.num_rows, size):
                pq.write_table(data.slice(part, size), folder / f"part-{part:08}.parquet")

        return put


class TestDelimited(FileConformance):
    KIND = "CSV, TSV"
    TYPES = tuple(name for name in Conformance.TYPES if name != "picture")

    @pytest.fixture
    def put(self, location):
        return lambda given: csv.write_csv(given.data, location / f"{given.name}.csv")


class TestCompressedDelimited(Variant, TestDelimited):
    def column_name(self, name):
        return name.replace("\n", "")  # every other end of a line becomes CR LF below

    @pytest.fixture
    def put(self, location):
        def put(given):
            written = io.BytesIO()
            csv.write_csv(given.data, written, csv.WriteOptions(delimiter="\t"))
            text = written.getvalue().decode().replace("\n", "\r\n")
            (location / f"{given.name}.tsv.gz").write_bytes(gzip.compress(text.encode("gb18030")))

        return put


class TestJsonLines(FileConformance):
    KIND = "JSON lines, JSON"
    TYPES = tuple(name for name in Conformance.TYPES if name != "picture")

    @pytest.fixture
    def put(self, location):
        def put(given):
            lines = (json.dumps(row, ensure_ascii=False, default=str) for row in given.data.to_pylist())
            self.save(location / given.name, lines)

        return put

    def save(self, path, lines):
        path.with_name(f"{path.name}.jsonl").write_text("\n".join(lines), encoding="utf-8")


class TestCompressedJsonLines(Variant, TestJsonLines):
    def save(self, path, lines):
        path.with_name(f"{path.name}.ndjson.gz").write_bytes(gzip.compress("\n".join(lines).encode()))


class TestJsonArray(TestJsonLines):
    KIND = ""

    def save(self, path, lines):
        path.with_name(f"{path.name}.json").write_text(f"[{','.join(lines)}]", encoding="utf-8")

    test_a_stream_never_holds_the_table = None  # a document is read as a whole, up to a limit


class TestOrc(FileConformance):
    KIND = "ORC"

    @pytest.fixture
    def put(self, location):
        def put(given):
            few = given.data.num_rows < 10_000
            sizes = {"stripe_size": 1024, "batch_size": 50} if few else {"stripe_size": 8 * 2**20}
            orc.write_table(given.data, location / f"{given.name}.orc", **sizes)

        return put


class TestFeather(FileConformance):
    KIND = "Arrow, Feather"

    @pytest.fixture
    def put(self, location):
        return lambda given: feather.write_feather(
            given.data, location / f"{given.name}.feather", chunksize=max(50, given.data.num_rows // 20)
        )


class TestArrowStream(Variant, TestFeather):
    @pytest.fixture
    def put(self, location):
        def put(given):
            size = max(50, given.data.num_rows // 20)
            with pa.ipc.new_stream(location / f"{given.name}.arrow", given.data.schema) as writer:
                writer.write_table(given.data, max_chunksize=size)

        return put


class TestWorkbook(FileConformance):
    KIND = "Excel"
    TYPES = tuple(
        name for name in Conformance.TYPES if name not in {"picture", "money", "whole"}
    )  # numbers are floats

    @pytest.fixture
    def put(self, location):
        def put(given):
            workbook = openpyxl.Workbook()
            workbook.active.append(given.data.schema.names)
            for row in zip(*(column.to_pylist() for column in given.data.columns), strict=True):
                workbook.active.append(row)
            workbook.save(location / f"{given.name}.xlsx")

        return put

    test_a_stream_never_holds_the_table = None  # a sheet is read as a whole; it has a million rows at most


class TestFrame(Conformance):
    KIND = "pandas"

    @pytest.fixture
    def frames(self):
        return {}

    @pytest.fixture
    def put(self, frames):
        return lambda given: frames.update({given.name: given.data.to_pandas()})

    @pytest.fixture
    def opened(self, frames):
        return lambda: FrameConnector(frames)

    @pytest.fixture
    def fingerprint(self, frames):
        return lambda: {name: frame.to_json() for name, frame in frames.items()}

    test_a_stream_never_holds_the_table = None  # it is in memory already
    test_what_goes_wrong_is_said_without_values = None  # nothing goes wrong
