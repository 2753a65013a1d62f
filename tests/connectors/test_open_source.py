"""Which connector opens what, and what is said if none does."""

import sqlite3
import traceback

import pytest
import sqlalchemy as sa

from connectors import DriverMissing, SourceUnreachable, Table, UnknownScheme, Unread, connect

SECRET = "not-the-Pa55word"


def shown(error):
    """Everything that a traceback prints."""
    return "".join(traceback.format_exception(error))


@pytest.fixture
def people_csv(tmp_path):
    (tmp_path / "people.csv").write_text("name,phone\nLi,1\n", encoding="utf-8")
    return tmp_path / "people.csv"


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("nfs://host/key", UnknownScheme, "No connector for 'nfs'"),
        ("foo+bar://host/db", UnknownScheme, "postgresql://"),
        ("postgresql://me:p@ss:w0rd@host:port/x", UnknownScheme, "percent-encoded"),
        ("oracle+oracledb://me:secret@host/x", DriverMissing, "pip install 'pandian[oracle]'"),
        ("oracle://me:secret@host/x", DriverMissing, "pip install 'pandian[oracle]'"),
        ("postgresql+psycopg2://me:secret@host/x", DriverMissing, "pip install 'pandian[postgresql]'"),
        ("snowflake://me:secret@account/x", DriverMissing, "pip install 'pandian[snowflake]'"),
        ("sqlite:///nowhere/none.db", SourceUnreachable, "no such file"),
        ("sqlite://", SourceUnreachable, "no such file"),
        ("/nowhere/at/all", SourceUnreachable, "no such file"),
        ("/nowhere/*.csv", SourceUnreachable, "no such file"),
        ("file:///nowhere/at/all.csv", SourceUnreachable, "no such file"),
        ("postgresql://me:secret@127.0.0.1:1/x", SourceUnreachable, "no server answers"),
        ("postgresql://me:secret@127.0.0.1:1/x?nonsense=1", SourceUnreachable, "127.0.0.1:1/x"),
    ],
)
def test_what_cannot_be_opened_says_why_without_credentials(url, error, words):
    with pytest.raises(error) as caught:
        connect(url)

    assert words in str(caught.value)
    assert not any(secret in shown(caught.value) for secret in ("secret", "w0rd"))


def test_a_wrong_password_is_not_repeated(pg_server, pg, pg_run):
    pg_run(
        "DO $$ BEGIN CREATE ROLE locked LOGIN PASSWORD 'other'; EXCEPTION WHEN duplicate_object THEN END $$"
    )
    url = sa.make_url(pg).set(username="locked", password=SECRET)

    with pytest.raises(SourceUnreachable, match="login refused") as caught:
        connect(url.render_as_string(hide_password=False))

    assert SECRET not in shown(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"database": "none_such"}, "no such database"), ({"username": "nobody"}, "login refused")],
)
def test_a_database_or_user_that_is_not_there_is_said(pg, change, words):
    url = sa.make_url(pg).set(**change).render_as_string(hide_password=False)

    with pytest.raises(SourceUnreachable, match=words):
        connect(url)


@pytest.mark.parametrize(
    "form", ["{path}", "file://{path}", "{folder}", "{folder}/*.csv", "{folder}/**/*.csv"]
)
def test_a_file_opens_under_every_name(people_csv, form):
    url = form.format(path=people_csv, folder=people_csv.parent)

    with connect(url) as source:
        assert [(table.group, table.name) for table in source.tables()] == [("", "people")]


def test_a_file_that_is_no_database_is_refused(people_csv):
    with pytest.raises(SourceUnreachable, match="not a SQLite database"):
        connect(f"sqlite:///{people_csv}")


def test_the_location_holds_no_credential(pg):
    url = sa.make_url(pg).set(password=SECRET).update_query_dict({"application_name": SECRET})

    with connect(url.render_as_string(hide_password=False)) as source:
        assert SECRET not in source.location
        assert SECRET not in repr(source)


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ((), (), {"a", "b", "c"}),
        (("a", "b"), (), {"a", "b"}),
        (("[ab]",), ("b",), {"a"}),
        (("sub/*",), (), {"c"}),
        (("sub.c",), (), {"c"}),
        ((), ("sub/*",), {"a", "b"}),
        (("none",), (), set()),
    ],
)
def test_patterns_choose_tables(tmp_path, include, exclude, expected):
    (tmp_path / "sub").mkdir()
    for name in ("a.csv", "b.csv", "sub/c.csv"):
        (tmp_path / name).write_text("x,y\n1,2\n", encoding="utf-8")

    with connect(str(tmp_path), include=include, exclude=exclude) as source:
        assert {table.name for table in source.tables()} == expected


def test_a_table_that_is_left_out_is_never_opened(tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 cut")
    (tmp_path / "good.csv").write_text("x,y\n1,2\n", encoding="utf-8")

    with connect(str(tmp_path), exclude=["broken"]) as source:
        assert [type(table) for table in source.tables()] == [Table]


@pytest.fixture
def crm(tmp_path):
    path = tmp_path / "crm.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t_kh (xm TEXT, sjh)")
    database.close()
    return path


@pytest.mark.parametrize(
    ("suffix", "encoding", "separator"), [("csv", "utf-8-sig", ","), ("tsv", "gb18030", "\t")]
)
def test_a_dictionary_fills_in_comments(crm, tmp_path, suffix, encoding, separator):
    rows = [
        ("dataset", "table", "table_comment", "column", "type", "comment"),
        ("crm", "t_kh", "客户", "xm", "CHAR", "姓名"),
        ("other", "t_kh", "", "sjh", "", "wrong dataset"),
        ("", "t_kh", "", "sjh", "VARCHAR", "手机号"),
    ]
    dictionary = tmp_path / f"dictionary.{suffix}"
    dictionary.write_text("\n".join(separator.join(row) for row in rows), encoding=encoding)

    with connect(str(crm), dictionary=str(dictionary), name="crm") as source:
        (table,) = source.tables()

    assert table.comment == "客户"
    assert [(column.type, column.comment) for column in table.columns] == [
        ("TEXT", "姓名"),
        ("VARCHAR", "手机号"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "no such file"),
        ("comments.xlsx", b"PK", "only CSV and TSV"),
        ("comments.csv", b"a,b\n1,2\n", "no column"),
        ("comments.csv", b"table,column\n\xff\xff,\xff\n", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_dictionary_that_cannot_be_read_stops(crm, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(SourceUnreachable, match=words):
        connect(str(crm), dictionary=str(tmp_path / name))


def test_what_cannot_be_read_goes_through_a_dictionary(tmp_path):
    (tmp_path / "x.bin").write_bytes(b"?")
    (tmp_path.parent / "words.csv").write_text("table,column\n", encoding="utf-8")

    with connect(str(tmp_path), dictionary=str(tmp_path.parent / "words.csv")) as source:
        assert list(source.tables()) == [Unread(table="x.bin", reason="format not supported")]


def test_a_password_with_a_bare_at_sign_is_refused_and_not_shown():
    with pytest.raises(SourceUnreachable) as refused:
        connect("postgresql+psycopg://me:p@s3cret@db/crm")

    assert "%40" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_an_archive_is_listed_with_what_to_do(tmp_path):
    for name in ("people.zip", "people.tar.gz", "PEOPLE.RAR"):
        (tmp_path / name).write_bytes(b"PK")

    with connect(str(tmp_path)) as source:
        assert {table.reason for table in source.tables()} == {
            "an archive; unpack it and scan the files in it"
        }
