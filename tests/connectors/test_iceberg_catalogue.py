"""Iceberg catalogues: SQL, REST against a small server of the protocol, and tables in an object store."""

import hashlib
import http.server
import json
import threading
import traceback
import warnings
from urllib.parse import unquote

import pyarrow as pa
import pytest

from connectors import SourceUnreachable, Unread, connect, list_parts

from .conftest import KEY, SECRET

warnings.filterwarnings("ignore", module="pyiceberg")
PEOPLE = pa.table({"id": [1, 2, 3], "visit": [{"at": "a", "n": 1}] * 3})
TOKEN = "canary-Token.77193"


@pytest.fixture
def catalogue(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyiceberg.catalog.sql import SqlCatalog

        made = SqlCatalog("prod", uri=f"sqlite:///{tmp_path}/cat.db", warehouse=f"file://{tmp_path}/lake")
        fill(made)
        yield made
        made.close()


def fill(catalogue):
    for space in ("crm", "crm.deep", "empty"):
        catalogue.create_namespace(space)
    catalogue.create_table("crm.people", schema=PEOPLE.schema, properties={"comment": "会员"}).append(PEOPLE)
    catalogue.create_table("crm.deep.orders", schema=PEOPLE.schema).append(PEOPLE.slice(0, 2))


def found(url):
    with connect(url) as source:
        return {
            (table.group, table.name): sorted(
                row["id"] for batch in source.stream(table, ["id", "visit.n"]) for row in batch.to_pylist()
            )
            for table in source.tables()
        }


EVERYTHING = {("crm", "people"): [1, 2, 3], ("crm/deep", "orders"): [1, 2]}


def test_a_sql_catalogue_says_where_tables_are(catalogue, tmp_path):
    before = hashlib.sha256((tmp_path / "cat.db").read_bytes()).digest()

    assert found(f"iceberg+sqlite:///{tmp_path}/cat.db?catalog=prod") == EVERYTHING
    assert found(f"iceberg+sqlite:///{tmp_path}/cat.db?catalog=other") == {}
    assert hashlib.sha256((tmp_path / "cat.db").read_bytes()).digest() == before


def test_what_is_known_of_a_table(catalogue, tmp_path):
    with connect(f"iceberg+sqlite:///{tmp_path}/cat.db?catalog=prod", include=["crm/people"]) as source:
        (table,) = source.tables()
        parts = list_parts(source, table)

        assert table.comment == "会员"
        assert table.rows.value == 3
        assert [column.name for column in table.columns] == ["id", "visit.at", "visit.n"]
        assert [part.name.startswith("data/") and part.fingerprint != "" for part in parts] == [True]


def test_a_table_whose_files_are_gone_loses_itself_only(catalogue, tmp_path):
    for path in (tmp_path / "lake").rglob("*.metadata.json"):
        if "orders" in str(path):
            path.unlink()

    with connect(f"iceberg+sqlite:///{tmp_path}/cat.db?catalog=prod") as source:
        people, orders = source.tables()

    assert people.name == "people"
    assert isinstance(orders, Unread)
    assert orders.table == "orders"


def test_a_catalogue_on_a_server(pg):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyiceberg.catalog.sql import SqlCatalog

        made = SqlCatalog("default", uri=pg, warehouse="memory://x")
        made.create_namespace("crm")
        made.close()

    assert found(f"iceberg+{pg}") == {}


def test_tables_in_an_object_store(store, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyiceberg.catalog.sql import SqlCatalog

        at = {"s3.endpoint": f"http://{store.endpoint}", "s3.region": "us-east-1"}
        made = SqlCatalog(
            "default", uri=f"sqlite:///{tmp_path}/cat.db", warehouse=f"s3://{store.bucket}/lake", **at
        )
        fill(made)
        made.close()
    options = f"?s3.endpoint=http://{store.endpoint}&s3.region=us-east-1"

    assert found(f"iceberg+sqlite:///{tmp_path}/cat.db{options}") == EVERYTHING
    # The same tables without their catalogue, by what the folders hold.
    assert sorted(found(store.url("lake")).values()) == [[1, 2], [1, 2, 3]]


class Rest(http.server.BaseHTTPRequestHandler):
    """The part of the REST protocol that lists and loads, answered from a SQL catalogue."""

    catalogue = None
    seen = None

    def do_GET(self):
        self.seen.append(self.headers.get("Authorization", ""))
        path, _, query = self.path.partition("?")
        steps = [unquote(step) for step in path.strip("/").split("/")]
        if steps == ["v1", "config"]:
            return self.answer({"defaults": {}, "overrides": {}})
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer(
                {"error": {"message": f"no {TOKEN}", "type": "NotAuthorized", "code": 401}}, 401
            )
        if steps == ["v1", "namespaces"]:
            above = tuple(unquote(query.partition("parent=")[2]).split("\x1f")) if "parent=" in query else ()
            return self.answer({"namespaces": [list(s) for s in self.catalogue.list_namespaces(above)]})
        space = tuple(steps[2].split("\x1f"))
        if steps[3:] == ["tables"]:
            listed = [{"namespace": list(i[:-1]), "name": i[-1]} for i in self.catalogue.list_tables(space)]
            return self.answer({"identifiers": listed})
        table = self.catalogue.load_table((*space, steps[4]))
        metadata = json.loads(table.metadata.model_dump_json())
        return self.answer({"metadata-location": table.metadata_location, "metadata": metadata, "config": {}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        right = "client_secret=canary-Secret" in body
        answer = {"access_token": TOKEN, "token_type": "bearer", "expires_in": 3600}
        self.answer(answer if right else {"error": "invalid_client"}, 200 if right else 401)

    def answer(self, document, status=200):
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def service(catalogue):
    handler = type("Handler", (Rest,), {"catalogue": catalogue, "seen": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_rest_catalogue_says_where_tables_are(service):
    address, handler = service

    with connect(f"iceberg+http://client:canary-Secret@{address}") as source:
        assert source.location == f"iceberg+http://{address}"
        assert "canary" not in repr((source, vars(source)))
    assert found(f"iceberg+http://client:canary-Secret@{address}") == EVERYTHING
    assert f"Bearer {TOKEN}" in handler.seen


def test_a_catalogue_of_pyicebergs_own_configuration(service, monkeypatch):
    address, _ = service
    from pyiceberg import catalog
    from pyiceberg.utils.config import Config

    monkeypatch.setenv("PYICEBERG_CATALOG__LAKEHOUSE__URI", f"http://{address}")
    monkeypatch.setenv("PYICEBERG_CATALOG__LAKEHOUSE__TOKEN", TOKEN)
    monkeypatch.setattr(catalog, "_ENV_CONFIG", Config())

    assert found("iceberg://lakehouse") == EVERYTHING


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("iceberg+http://client:canary-Wrong@{address}", "does not open or answer"),
        ("iceberg+http://client:canary-Secret@127.0.0.1:1", "does not open or answer"),
        ("iceberg+sqlite:////nowhere/canary.db", "does not open or answer"),
        ("iceberg+postgresql+psycopg://me:canary-Secret@127.0.0.1:1/x", "does not open or answer"),
        ("iceberg://no_such_catalogue", "does not open or answer"),
    ],
)
def test_what_does_not_open_says_why_without_a_login(service, url, words):
    with pytest.raises(SourceUnreachable, match=words) as refused:
        connect(url.format(address=service[0]))

    shown = "".join(traceback.format_exception(refused.value))
    assert not any(secret in shown for secret in ("canary-Secret", "canary-Wrong", TOKEN, KEY, SECRET))
