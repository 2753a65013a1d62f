"""CSV and its kin: encodings, separators, headers, quotes, odd rows, and files that break."""

import bz2
import csv
import gzip
import io
import json
import lzma

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import RowCount, Table, TableUnreadable, Unread, connect, delimited
from connectors._files import delimited_layout, delimited_rows, text_bytes
from connectors._storage import on_this_machine

ROWS = [
    ["姓名", "手机", "备注"],
    ["张三", "013900000001", "a"],
    ["李四", "013900000002", ""],
    ["王五", "013900000003", "𠮷"],
]


def as_text(rows, separator=",", newline="\r\n"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=newline).writerows(rows)
    return stream.getvalue()


def read(path):
    """Return the table and all its rows."""
    with connect(str(path)) as source:
        (table,) = source.tables()
        names = [column.name for column in table.columns]
        rows = [list(row.values()) for batch in source.stream(table, names) for row in batch.to_pylist()]
    return table, names, rows


def expected_rows(rows):
    return [[cell or None for cell in row] for row in rows]


def written(tmp_path, content, name="t.csv"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return tmp_path / name


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("gb18030", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_every_encoding_with_every_separator(tmp_path, encoding, mark, separator):
    path = written(tmp_path, mark + as_text(ROWS, separator).encode(encoding))
    table, names, rows = read(path)

    assert names == ROWS[0]
    assert rows == expected_rows(ROWS[1:])
    assert table.rows == RowCount(3, exact=True)


@pytest.mark.parametrize("name", ["t.csv.gz", "t.txt", "t.tsv", "t.TXT.GZ", "part-0"])
def test_every_suffix(tmp_path, name):
    content = as_text(ROWS, "\t").encode("gb18030")
    folder = tmp_path / "t"
    folder.mkdir()
    written(folder, gzip.compress(content) if name.lower().endswith("gz") else content, name)

    table, _, rows = read(folder)

    assert (table.name, rows) == ("t", expected_rows(ROWS[1:]))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end(tmp_path, newline):
    assert read(written(tmp_path, as_text(ROWS, newline=newline)))[2] == expected_rows(ROWS[1:])


@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_the_last_line_may_end_or_not(tmp_path, last):
    assert read(written(tmp_path, "a,b\n1,2" + last))[2] == [["1", "2"]]


@pytest.mark.parametrize(
    ("text", "names", "first"),
    [
        ("id,name\n1,x\n", ["id", "name"], ["1", "x"]),
        ("13900000001,Li\n13900000002,Wu\n", ["column_1", "column_2"], ["13900000001", "Li"]),
        ("7,8\n3,4\n", ["column_1", "column_2"], ["7", "8"]),
        ("0,1\n3,4\n", ["0", "1"], ["3", "4"]),
        ("a@b.cn,2024-01-02\nc@d.cn,2024-01-03\n", ["column_1", "column_2"], ["a@b.cn", "2024-01-02"]),
        ("name,2024-01-01\nx,7\n", ["name", "2024-01-01"], ["x", "7"]),
        ("a,a,\nx,y,z\n", ["a", "a_2", "column_3"], ["x", "y", "z"]),
        ("only\nx\n", ["only"], ["x"]),
        ('"two\nlines",b\nx,y\n', ["two\nlines", "b"], ["x", "y"]),
        ("a,b\nx,y,\nz,w,\nq,r,\n", ["a", "b", "column_3"], ["x", "y", None]),
        ("a;b\n1,5;2\n2,5;3\n", ["a", "b"], ["1,5", "2"]),
    ],
)
def test_headers_and_separators_are_told(tmp_path, text, names, first):
    found = read(written(tmp_path, text))

    assert found[1] == names
    assert found[2][0] == first
    assert ("No header" in found[0].note) == names[0].startswith("column_")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n"x, y","say ""hi"""\n', [["x, y", 'say "hi"']]),
        ('a,b\n"line 1\nline 2",z\n', [["line 1\nline 2", "z"]]),
        ('a,b\n5" pipe,z\nx,y\n', [['5" pipe', "z"], ["x", "y"]]),
        ('a,b\nx,"open\nz,1\nw,2\n', [["x", '"open'], ["z", "1"], ["w", "2"]]),
        ('a,b\n007,""\n', [["007", None]]),
        ("a,b\n x ,NULL\n", [[" x ", "NULL"]]),
    ],
)
def test_quotes(tmp_path, text, rows):
    assert read(written(tmp_path, text))[2] == rows


def test_rows_of_odd_width_are_mended_and_counted(tmp_path):
    table, _, rows = read(written(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n5,6,7\n"))

    assert rows == [["1", "2", "3"], ["1", "2", None], ["1", "2", "3,4"], ["5", "6", "7"]]
    assert table.rows == RowCount(4, exact=True)
    assert "2 rows are wider or narrower" in table.note


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_empty_table(tmp_path, content):
    table, names, rows = read(written(tmp_path, content))

    assert (table.rows, names, rows) == (RowCount(0, exact=True), [], [])


def test_a_file_with_a_header_only_has_no_rows(tmp_path):
    table, names, rows = read(written(tmp_path, "a,b"))

    assert (table.rows, names, rows) == (RowCount(0, exact=True), ["a", "b"], [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n" + b"\xff\xff\xff,1\n", "from byte 4 on"),
        ("姓名,b\n".encode() + b"\xe5\xff,1\n", "from byte 9 on"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-16"),
    ],
)
def test_an_unknown_encoding_is_said_without_the_bytes(tmp_path, content, words):
    with connect(str(written(tmp_path, content))) as source:
        (unread,) = source.tables()

    assert isinstance(unread, Unread)
    assert unread.table == "t"
    assert words in unread.reason


def test_prose_is_no_table(tmp_path):
    path = written(tmp_path, "Dear all,\nhello.\nThis is, as you see, text.\n", "notes.txt")

    with connect(str(path)) as source:
        (unread,) = source.tables()

    assert "no table" in unread.reason


def test_a_letter_on_the_edge_of_the_head_does_not_fool_the_check(tmp_path):
    head = "a,b\n" + "x,y\n" * ((delimited_layout._HEAD - 8) // 4)
    content = (head + "zz,").encode() + "姓名\n".encode() * 3
    assert len(head) < delimited_layout._HEAD

    for shift in range(4):
        path = written(tmp_path, b" " * shift + content)
        with connect(str(path)) as source:
            (table,) = source.tables()
            assert table.rows is not None


def test_what_comes_after_an_ascii_head_decides_the_encoding(tmp_path):
    text = "a,b\n" + "x,y\n" * (delimited_layout._HEAD // 4 + 10) + "张三,李四\n"

    _, _, rows = read(written(tmp_path, text.encode("gb18030")))

    assert rows[-1] == ["张三", "李四"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_that_breaks_is_read_up_to_there(tmp_path, encoding):
    good = "名,b\n" + "张三,y\n" * 300_000
    content = good.encode(encoding) + b"secret\xff\xff,1\n" + "张三,y\n".encode(encoding) * 10
    with connect(str(written(tmp_path, content))) as source:
        (table,) = source.tables()
        batches = []
        with pytest.raises(TableUnreadable) as caught:
            batches.extend(source.stream(table, ["b"]))
        sample = source.sample(table, rows=10, seed=0)

    assert sum(batch.num_rows for batch in batches) == 300_000
    assert f"at byte {len(good.encode(encoding)) + 6}" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert (sample.num_rows, table.rows) == (10, None)
    assert "break" in table.note


def test_a_letter_cut_off_at_the_end_is_a_break(tmp_path):
    with connect(str(written(tmp_path, "名,b\nx,y\n张,李".encode()[:-1]))) as source:
        (table,) = source.tables()
        if isinstance(table, Unread):
            assert "byte" in table.reason
            return
        with pytest.raises(TableUnreadable, match="byte"):
            list(source.stream(table, ["b"]))


def test_a_compressed_file_that_is_cut_is_said(tmp_path):
    content = gzip.compress(as_text([["a", "b"], *([str(n), "y"] for n in range(100_000))]).encode())
    path = written(tmp_path, content[: len(content) // 2], "t.csv.gz")

    with connect(str(path)) as source:
        (table,) = source.tables()
        if isinstance(table, Unread):
            assert "cut off" in table.reason
        else:
            with pytest.raises(TableUnreadable, match="cut off"):
                list(source.stream(table, ["a"]))


def test_parts_without_a_header_are_noticed_by_their_first_rows(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    for part, name in enumerate(["Li", "Wu", "He"]):
        written(folder, f"{name},north\nMa,south\n", f"part-{part}.csv")

    _, names, rows = read(folder)

    assert names == ["column_1", "column_2"]
    assert len(rows) == 6


def test_a_cell_of_100_mb_is_read(tmp_path):
    size = 100 * 2**20
    path = written(tmp_path, b'a,b\n1,x\n2,"' + b"z" * size + b'"\n3,y\n')

    with connect(str(path)) as source:
        (table,) = source.tables()
        lengths = [len(str(cell)) for batch in source.stream(table, ["b"]) for cell in batch.column(0)]
        sample = source.sample(table, rows=3, seed=0)

    assert lengths == [1, size, 1]
    assert sample.num_rows == 3


def test_a_row_without_an_end_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited_rows, "LONGEST_ROW", 2**20)
    monkeypatch.setattr(delimited, "SMALL", 0)
    path = written(tmp_path, b'a,b\n1,x\n2,"' + b"z\n" * 2**23)

    with connect(str(path)) as source:
        (table,) = source.tables()
        with pytest.raises(TableUnreadable, match="is a quote left open"):
            list(source.stream(table, ["b"]))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_large_file_is_sampled_at_places_all_over(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(delimited, "SMALL", 2**20)
    monkeypatch.setattr(text_bytes, "SEEK_BYTES", 2**14)
    count = 200_000
    text = "号,名\n" + "".join(f"{number},张三\n" for number in range(count))
    path = written(tmp_path, text.encode(encoding))

    with connect(str(path)) as source:
        (table,) = source.tables()
        sample, again = (source.sample(table, rows=500, seed=4) for _ in range(2))
    numbers = [int(cell) for cell in sample.column(0).to_pylist()]

    assert table.rows is None
    assert sample.equals(again)
    assert len(set(numbers)) == 500
    assert min(numbers) < count // 3
    assert max(numbers) > count * 2 // 3
    assert set(sample.column(1).to_pylist()) == {"张三"}


def test_a_large_compressed_file_is_sampled_from_all_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "SMALL", 1000)
    text = "a,b\n" + "".join(f"{number},x\n" for number in range(50_000))
    path = written(tmp_path, gzip.compress(text.encode()), "t.csv.gz")

    with connect(str(path)) as source:
        (table,) = source.tables()
        sample, again = (source.sample(table, rows=100, seed=4) for _ in range(2))
    numbers = [int(cell) for cell in sample.column(0).to_pylist()]

    assert sample.equals(again)
    assert (len(set(numbers)), min(numbers) < 12_500, max(numbers) > 37_500) == (100, True, True)


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\ufeff", exclude_categories=["Cs"]), max_size=8
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30), st.sampled_from([16, 64, 1024]))
def test_whatever_is_written_is_read_however_it_is_cut(tmp_path_factory, rows, block):
    path = tmp_path_factory.mktemp("law") / "t.csv"
    header = ["name", "phone", "mail"]
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    path.write_bytes(stream.getvalue().encode("utf-8"))
    layout = delimited_layout.Layout(
        encoding="utf-8", separator=",", names=tuple(header), has_header=True, row_bytes=9.0
    )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_rows, "_BLOCK", block)
        part = delimited.DelimitedPart(path=on_this_machine(path), layout=layout, rows=None, size=9)
        found = [tuple(row.values()) for batch in part.stream(header) for row in batch.to_pylist()]

    assert found == [tuple(cell or None for cell in row) for row in rows]


def _lz4(data):
    return pa.compress(data, "lz4", asbytes=True)


def _zstd(data):
    return pa.compress(data, "zstd", asbytes=True)


COMPRESSIONS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": _zstd, "lz4": _lz4}


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_compressed_text_in_every_encoding(tmp_path, suffix, encoding):
    text = "姓名,手机\n" + "".join(f"赵{n},139{n:08}\n" for n in range(40_000))
    path = tmp_path / f"t.csv.{suffix}"
    path.write_bytes(COMPRESSIONS[suffix](text.encode(encoding)))

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        phones = [v for batch in source.stream(table, ["手机"]) for v in batch.column(0).to_pylist()]

        assert (table.name, table.rows.value) == ("t", 40_000)
        assert phones == [f"139{n:08}" for n in range(40_000)]
        assert source.sample(table, rows=20, seed=3).num_rows == 20


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_compressed_json_lines(tmp_path, suffix):
    text = "".join(json.dumps({"id": n, "who": {"name": f"赵{n}"}}) + "\n" for n in range(2_000))
    (tmp_path / f"t.jsonl.{suffix}").write_bytes(COMPRESSIONS[suffix](text.encode()))

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()
        names = [v for batch in source.stream(table, ["who.name"]) for v in batch.column(0).to_pylist()]

    assert names == [f"赵{n}" for n in range(2_000)]


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz"])
def test_files_that_were_compressed_in_pieces_are_read_whole(tmp_path, suffix):
    pieces = [b"id\n1\n", b"2\n", b"3\n"]
    (tmp_path / f"t.csv.{suffix}").write_bytes(b"".join(map(COMPRESSIONS[suffix], pieces)))

    with connect(str(tmp_path)) as source:
        (table,) = source.tables()

        assert [v for b in source.stream(table, ["id"]) for v in b.column(0).to_pylist()] == ["1", "2", "3"]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_compressed_file_that_is_cut_off_is_named(tmp_path, suffix):
    rows = "".join(f"{n},139{n * 7919 % 10**8:08}\n" for n in range(400_000))
    whole = COMPRESSIONS[suffix](f"id,phone\n{rows}".encode())
    (tmp_path / f"t.csv.{suffix}").write_bytes(whole[: len(whole) * 2 // 3])

    with connect(str(tmp_path)) as source:
        found = list(source.tables())
        reasons = [entry.reason for entry in found if isinstance(entry, Unread)]
        for table in (entry for entry in found if isinstance(entry, Table)):
            with pytest.raises(TableUnreadable) as broken:
                list(source.stream(table, ["id"]))
            reasons.append(str(broken.value))

    assert reasons
    assert all("cut off" in reason and "139" not in reason for reason in reasons)


@pytest.mark.parametrize(
    ("text", "swallows"),
    [
        ('id,note\n1,"open a\n2,"open b\n', True),
        ('id,note\n1,"a\nb"\n2,"c ""d"" e"\n', False),
        ('id,note\n1,"a" b\n2,c\n', False),
        ('id,note\n1,5" wide\n2,"a\nb"\n', False),
        ('"id","note"\r\n"1","a,\r\n"\r\n', False),
    ],
)
def test_rows_that_a_stray_quote_makes_one_are_not_passed_over_in_silence(tmp_path, text, swallows):
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    rows, broken = [], ""
    with connect(str(path)) as source:
        (table,) = source.tables()
        try:
            for batch in source.stream(table, ["id"]):
                rows += batch.column("id").to_pylist()
        except TableUnreadable as error:
            broken = str(error)

    assert rows
    assert ("a quote is closed by another one further down" in broken) is swallows
