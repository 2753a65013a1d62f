"""DuckDB: what every connector does."""

import hashlib

import duckdb
import pytest
from conformance import DatabaseConformance, readable
from given import CANARIES
from sql_tables import comment_statements, identifier
from watching import comes_to_rest


class TestDuckDB(DatabaseConformance):
    KIND = "DuckDB"
    COMMENTS = ("table", "columns")
    BOUNDED = 256  # its cache of blocks, 384 MB at most; the table, held, would come on top

    @pytest.fixture
    def version(self):
        return f"DuckDB {duckdb.__version__}"

    @pytest.fixture
    def path(self, tmp_path):
        duckdb.connect(tmp_path / "crm.duckdb").close()
        return tmp_path / "crm.duckdb"

    @pytest.fixture
    def location(self, path):
        return f"duckdb:///{path}"

    @pytest.fixture
    def put(self, path):
        def put(given):
            table = identifier(given.name)
            with duckdb.connect(path) as database:
                database.register("given", given.data)
                database.execute(f"CREATE TABLE {table} AS SELECT * FROM given")
                database.unregister("given")
                for statement in comment_statements(given):
                    database.execute(statement)

        return put

    @pytest.fixture
    def fingerprint(self, path):
        return lambda: (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir()))

    @pytest.fixture
    def write(self):
        return lambda source: source._database.execute("INSERT INTO people VALUES (0, 'x', NULL)")

    @pytest.fixture
    def running(self):
        """Return 1 if this process still computes: the engine works in it."""
        return lambda: int(not comes_to_rest(looks=3))

    @pytest.fixture
    def fail(self, put, path, opened):
        """Read a view that casts what cannot be cast; the engine quotes it."""

        def fail():
            put(CANARIES)
            with duckdb.connect(path) as database:
                database.execute("CREATE VIEW broken AS SELECT id, name::INTEGER AS name FROM secrets")
            source = opened()
            list(source.stream(readable(source)["broken"], ["id", "name"]))

        return fail
