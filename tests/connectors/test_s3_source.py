"""Files in an object store: found, read, stamped by ETag, and nothing of a login ever shown."""

import traceback
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from connectors import SourceUnreachable, TableUnreadable, Unread, connect, list_parts

from .conftest import KEY, SECRET


@pytest.fixture
def lake(tmp_path):
    """A folder with tables of every shape."""
    root = tmp_path / "lake"
    for day, ids in {"2026-01-01": [1, 2], "2026-01-02": [3]}.items():
        folder = root / "crm" / "visit" / f"day={day}" / "city=%E5%8C%97%E4%BA%AC"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"id": ids}), folder / "part-0.parquet")
    (root / "a.csv").write_text("id,name\n1,x\n2,y\n", encoding="utf-8")
    (root / "notes.docx").write_bytes(b"PK")
    (root / "_hidden").mkdir()
    (root / "_hidden" / "b.csv").write_text("id\n1\n", encoding="utf-8")
    (root / "crm" / "people.jsonl").write_text('{"id": 1}\n{"id": 2}\n', encoding="utf-8")
    write_deltalake(
        root / "crm" / "orders", pa.table({"id": [1, 2, 3], "k": ["a", "b", "a"]}), partition_by=["k"]
    )
    return root


def listed(url):
    with connect(url) as source:
        return [(table.group, getattr(table, "name", None) or table.table) for table in source.tables()]


def read(url, columns):
    with connect(url) as source:
        (table,) = source.tables()
        return [row for batch in source.stream(table, columns) for row in batch.to_pylist()]


@pytest.mark.parametrize(
    "place",
    "lake|lake/||*|lake/*.csv|lake/**/*.parquet|lake/crm|lake/crm/vis*/day=*|l*/c*/[vo]*".split("|"),
)
def test_a_store_holds_the_tables_of_a_disk(store, lake, place):
    store.put_tree(lake)

    assert listed(store.url(place)) == listed(str(lake.parent / place))


def test_everything_under_one_name_is_one_table(store, lake):
    store.put_tree(lake)

    rows = read(store.url("lake/crm/visit"), ["id", "day", "city"])

    assert rows == [
        {"id": 1, "day": "2026-01-01", "city": "北京"},
        {"id": 2, "day": "2026-01-01", "city": "北京"},
        {"id": 3, "day": "2026-01-02", "city": "北京"},
    ]
    assert read(store.url("lake/a.csv"), ["name"]) == [{"name": "x"}, {"name": "y"}]
    assert sorted(row["id"] for row in read(store.url("lake/crm/orders"), ["id", "k"])) == [1, 2, 3]


def test_thousands_of_keys_are_listed_page_by_page(store):
    for number in range(2_100):
        store.put(f"many/{number:05}.csv", b"id\n1\n")
    store.server.seen.clear()

    with connect(store.url("many")) as source:
        names = source.tables()
        first = next(names)
        requests = len(store.server.seen)
        assert first.name == "00000"
        assert requests < 20  # three pages, and one file opened
        assert sum(1 for _, _ in zip(names, range(5), strict=False)) == 5


def test_only_the_wanted_columns_are_fetched(store, tmp_path):
    size = 200_000
    data = pa.table({"id": list(range(size)), "text": [f"{n:0120}" for n in range(size)]})
    pq.write_table(data, tmp_path / "t.parquet", compression="none", use_dictionary=False)
    store.put_tree(tmp_path / "t.parquet")
    with connect(store.url("t.parquet")) as source:
        (table,) = source.tables()
        store.server.seen.clear()
        assert sum(batch.num_rows for batch in source.stream(table, ["id"])) == size
        fetched = sum(length(r) for method, _, r in store.server.seen if method == "GET")

    assert fetched < 3 * 8 * size < (tmp_path / "t.parquet").stat().st_size / 4


def length(of_range):
    first, _, last = of_range.removeprefix("bytes=").partition("-")
    return int(last) - int(first) + 1


def parts_of(url):
    with connect(url) as source:
        (table,) = source.tables()
        return {part.name: part.fingerprint for part in list_parts(source, table)}


def test_the_stamp_of_an_object_is_its_size_and_etag(store):
    store.put("t.csv", b"id\n1\n")
    (before,) = parts_of(store.url("t.csv")).values()
    store.put("t.csv", b"id\n1\n")
    assert parts_of(store.url("t.csv")) == {"t.csv": before}

    store.put("t.csv", b"id\n2\n")  # the same size, within the same second

    assert before.startswith("5@")
    assert parts_of(store.url("t.csv"))["t.csv"] != before


def test_an_object_that_is_replaced_while_it_is_read_is_noticed(store, tmp_path):
    for number in (0, 1):
        pq.write_table(
            pa.table({"id": [number] * 300_000}), tmp_path / f"{number}.parquet", row_group_size=100_000
        )
    store.put("t.parquet", (tmp_path / "0.parquet").read_bytes())

    with connect(store.url("t.parquet")) as source:
        (table,) = source.tables()
        stream = source.stream(table, ["id"])
        next(stream)
        store.put("t.parquet", (tmp_path / "1.parquet").read_bytes())

        with pytest.raises(TableUnreadable, match=r"t\.parquet: was replaced"):
            list(stream)
        with pytest.raises(TableUnreadable, match=r"t\.parquet: was replaced"):
            source.sample(table, rows=5, seed=1)


def test_an_object_that_went_away_is_named(store):
    store.put("t.csv", b"id\n1\n")
    with connect(store.url("t.csv")) as source:
        (table,) = source.tables()
        store.files.delete_file(f"{store.bucket}/t.csv")

        with pytest.raises(TableUnreadable, match=r"t\.csv: no such file"):
            list(source.stream(table, ["id"]))


def test_a_store_that_is_busy_for_a_moment_is_asked_again(store):
    store.put("t.csv", b"id\n1\n")
    store.server.refusals = 2

    assert read(store.url("t.csv"), ["id"]) == [{"id": "1"}]
    assert store.server.refusals == 0


def test_a_database_in_a_store_is_named_and_the_rest_is_read(store):
    store.put("lake/crm.sqlite", b"SQLite format 3\0")
    store.put("lake/t.csv", b"id\n1\n")

    with connect(store.url("lake")) as source:
        unread, table = sorted(source.tables(), key=lambda found: isinstance(found, Unread), reverse=True)

    assert table.name == "t"
    assert "local disk" in unread.reason


@pytest.mark.parametrize(
    "name", ['we"ird name', "名字 带空格", "a%2Fb", "select", "x" * 200, "a\u202eb", "a?b#c"]
)
def test_hostile_names(store, name):
    store.put(f"lake/{name}.csv", b"id\n1\n")

    assert listed(store.url("lake")) == [("", name)]
    assert read(store.url("lake"), ["id"]) == [{"id": "1"}]


def shown(error):
    return "".join(traceback.format_exception(error))


def with_login(url, key=KEY, secret=SECRET):
    return url.replace("s3://", f"s3://{quote(key, safe='')}:{quote(secret, safe='')}@")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda url: url.replace("bucket-", "no-bucket-"), "NO_SUCH_BUCKET|no such file"),
        (lambda url: url.replace("t.csv", "u.csv"), "no such file"),
        (lambda url: url.replace("scheme=http", "scheme=https"), "NETWORK_CONNECTION|the store refused"),
        (lambda url: url.replace("region=", "regio="), "unknown option 'regio'"),
    ],
)
def test_what_cannot_be_opened_says_why_without_the_login(store, monkeypatch, change, words):
    from connectors._storage import s3

    monkeypatch.setattr(s3, "_ATTEMPTS", 1)
    store.put("t.csv", b"id\n1\n")

    with pytest.raises(SourceUnreachable, match=words) as refused:
        connect(change(with_login(store.url("t.csv"))))

    assert not any(canary in shown(refused.value) for canary in (KEY, SECRET))


@pytest.mark.parametrize("where", ["environment", "url", "profile"])
def test_a_login_is_used_and_never_shown(store, lake, tmp_path, monkeypatch, where):
    store.put_tree(lake)
    url = store.url("lake")
    if where != "environment":
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    if where == "url":
        url = with_login(url)
    if where == "profile":
        (tmp_path / "credentials").write_text(
            f"[lake]\naws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n"
        )
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        monkeypatch.setenv("AWS_PROFILE", "lake")

    with connect(url) as source:
        found = [*source.tables()]
        tables = [table for table in found if not isinstance(table, Unread)]
        parts = [list_parts(source, table) for table in tables]

        assert source.location == f"s3://{store.bucket}/lake"
        assert sum(part.fingerprint != "" for listed in parts for part in listed) >= 5
        assert not any(canary in repr((source, vars(source), found, parts)) for canary in (KEY, SECRET))


def test_a_scan_of_a_store_keeps_a_state_by_etag_and_shows_no_login(
    store, tmp_path, monkeypatch, pandian, make_people, caplog
):
    people = make_people(30)
    for day, some in {"2026-01-01": people[:20], "2026-01-02": people[10:]}.items():
        put_people(store, f"lake/visit/day={day}/part-0.parquet", some)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("LAKE_LOGIN", with_login("s3://").removeprefix("s3://"))
    config = tmp_path / "pandian.yaml"
    url = store.url("lake").replace("s3://", "s3://${LAKE_LOGIN}")
    config.write_text(
        f'sources: [{{name: lake, url: "{url}"}}]\nstate: {{folder: state}}\n', encoding="utf-8"
    )

    first = pandian("scan", "--config", config)
    second = pandian("scan", "--config", config)
    put_people(store, "lake/visit/day=2026-01-02/part-0.parquet", people[5:])
    third = pandian("scan", "--config", config)

    assert [outcome.code for outcome in (first, second, third)] == [0, 0, 0]
    assert [held(outcome) for outcome in (first, second, third)] == [30, 30, 30]
    assert [read_and_kept(outcome) for outcome in (first, second, third)] == [(2, 0), (0, 2), (1, 1)]
    kept = [path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    shown = b"\n".join([first.written, second.written, third.written, *kept, caplog.text.encode()])
    assert not any(canary.encode() in shown for canary in (KEY, SECRET, quote(SECRET, safe="")))
    assert f"s3://{store.bucket}/lake" in first.scan["datasets"][0]["location"]


def put_people(store, key, people):
    sink = pa.BufferOutputStream()
    columns = {"name": [p.name for p in people], "id_card": [p.id_card for p in people]}
    pq.write_table(pa.table(columns), sink)
    store.put(key, sink.getvalue().to_pybytes())


def held(outcome):
    (count,) = (c for c in outcome.scan["organization"]["subjects"] if c["category"] in {None, "", "all"})
    return count["estimate"]


def read_and_kept(outcome):
    parts = outcome.scan["scan"]["parts"]
    return parts["read"], parts["from_state"]
