# ruff: noqa: ARG002 -- the methods of fsspec
"""Files behind URLs of fsspec: in memory and in an archive."""

import zipfile

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import DriverMissing, SourceUnreachable, TableUnreadable, connect, list_parts
from connectors._storage.fsspec import without_login


@pytest.fixture
def memory():
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


@pytest.fixture
def parquet(tmp_path):
    pq.write_table(pa.table({"id": [1, 2, 3]}), tmp_path / "p.parquet")
    return (tmp_path / "p.parquet").read_bytes()


def rows(url, columns=("id",)):
    with connect(url) as source:
        return {
            (table.group, table.name): [
                row for batch in source.stream(table, columns) for row in batch.to_pylist()
            ]
            for table in source.tables()
        }


def test_folders_trees_and_patterns_in_memory(memory, parquet):
    memory.pipe("/lake/t/day=1/part-0.parquet", parquet)
    memory.pipe("/lake/t/day=2/part-0.parquet", parquet)
    memory.pipe("/lake/crm/a.csv", b"id\n7\n")

    assert rows("memory://lake") == {
        ("", "t"): [{"id": n} for n in (1, 2, 3, 1, 2, 3)],
        ("crm", "a"): [{"id": "7"}],
    }
    assert list(rows("memory://lake/*/day=*/*.parquet")) == [("", "t")]
    assert list(rows("memory://lake/crm/a.csv")) == [("", "a")]


def test_files_in_an_archive(tmp_path, parquet):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("in/t.parquet", parquet)
        archive.writestr("in/u.csv", "id\n7\n")

    with connect(f"zip://in::{tmp_path}/x.zip") as source:
        assert source.location == f"zip://in::{tmp_path}/x.zip"
        assert [table.name for table in source.tables()] == ["t", "u"]
    assert rows(f"zip://in/*.csv::{tmp_path}/x.zip") == {("", "u"): [{"id": "7"}]}


def test_a_file_that_is_written_again_has_changed_and_is_noticed_while_read(memory):
    memory.pipe("/t.csv", b"id\n1\n")
    with connect("memory://t.csv") as source:
        (table,) = source.tables()
        (before,) = list_parts(source, table)
        stream = source.stream(table, ["id"])
        next(stream)
        memory.pipe("/t.csv", b"id\n2\n")

        with pytest.raises(TableUnreadable, match="was replaced"):
            list(stream)
    with connect("memory://t.csv") as source:
        (after,) = list_parts(source, *source.tables())

    assert before.fingerprint
    assert before.fingerprint != after.fingerprint


class Leaky(fsspec.AbstractFileSystem):
    """A file system whose errors quote everything."""

    protocol = "leaky"
    cachable = False

    def __init__(self, **options):
        super().__init__()
        self.failing = False

    def info(self, path, **options):
        return {"name": path, "size": 5, "type": "file", "created": 1}

    def ls(self, path, detail=True, **options):
        raise RuntimeError("canary-secret")

    def _open(self, path, mode="rb", **options):
        raise RuntimeError("canary-secret at https://me:canary-secret@host")


def test_what_a_file_system_raises_is_not_repeated(monkeypatch):
    fsspec.register_implementation("leaky", Leaky, clobber=True)

    with connect("simplecache::leaky://x.csv") as source:
        (unread,) = source.tables()

    assert "canary" not in repr(unread)


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("memory://none.csv", SourceUnreachable, "no such file"),
        ("zip://x::/nowhere/x.zip", SourceUnreachable, "x.zip: does not open"),
        ("sftp://me:canary-secret@host/x.csv", DriverMissing, "paramiko"),
        ("hdfs://me:canary-secret@host:8020/x", DriverMissing, "JAVA_HOME"),
        ("gs://bucket/x?nonsense=canary-secret", SourceUnreachable, "gs://bucket/x: does not open"),
        ("nonsense://x::memory://y", SourceUnreachable, "does not open"),
    ],
)
def test_what_does_not_open_says_why_without_a_login(memory, url, error, words):
    with pytest.raises(error) as refused:
        connect(url)

    assert words in str(refused.value)
    assert "canary" not in str(refused.value)


def test_a_login_is_no_part_of_a_location():
    assert without_login("zip://a::s3://k:s@b/x.zip?region=q") == "zip://a::s3://b/x.zip"
