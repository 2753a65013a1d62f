"""PostgreSQL, read by rows and straight into Arrow: what every connector does."""

import psycopg
import pytest
from conformance import DatabaseConformance, Variant
from given import REPEATED
from sql_tables import POSTGRESQL, comment_statements, create_statement, engine_of, identifier

from connectors.dialects.postgresql import streaming


class TestPostgresql(DatabaseConformance):
    KIND = "PostgreSQL"
    COMMENTS = ("table", "columns")

    def column_name(self, name):
        return name.encode()[:63].decode()

    @pytest.fixture
    def version(self, pg):
        with engine_of(pg).connect() as connection:
            return "PostgreSQL " + connection.exec_driver_sql("SHOW server_version").scalar_one()

    @pytest.fixture
    def location(self, pg):
        return pg

    @pytest.fixture
    def put(self, pg):
        libpq = pg.replace("postgresql+psycopg://", "postgresql://")

        def put(given):
            with psycopg.connect(libpq) as session, session.cursor() as cursor:
                for statement in (create_statement(given, POSTGRESQL), *comment_statements(given)):
                    cursor.execute(statement)
                if given.is_series:
                    cursor.execute(
                        f"INSERT INTO {given.name} SELECT n, repeat(lpad(n::text, 9, '0'), {REPEATED})"
                        f" FROM generate_series(0, {given.data.num_rows - 1}) n"
                    )
                    return
                with cursor.copy(f"COPY {identifier(given.name)} FROM STDIN") as copy:
                    for row in zip(*(column.to_pylist() for column in given.data.columns), strict=True):
                        copy.write_row(row)

        return put

    @pytest.fixture
    def fingerprint(self, pg):
        def checksum():
            with engine_of(pg).connect() as connection:
                query = "SELECT count(*), sum(hashtext(people::text)) FROM people"
                return tuple(connection.exec_driver_sql(query).one())

        return checksum

    @pytest.fixture
    def running(self, pg):
        def running():
            ours = "application_name = 'pandian' AND state = 'active'"
            query = f"SELECT count(*) FROM pg_stat_activity WHERE {ours}"
            with engine_of(pg).connect() as connection:
                return connection.exec_driver_sql(query).scalar_one()

        return running

    @pytest.fixture
    def spoil(self, pg_run):
        """End the query, and leave cells that cannot be cast, whose values the server quotes."""

        def spoil():
            pg_run(
                "SELECT pg_terminate_backend(pid, 9999) FROM pg_stat_activity"
                " WHERE application_name = 'pandian'",
                "ALTER TABLE secrets RENAME TO kept",
                "CREATE VIEW secrets AS SELECT id, (name || id)::int::text AS name FROM kept",
            )

        return spoil


class TestPostgresqlIntoArrow(Variant, TestPostgresql):
    """Small tables as large ones are read: through ADBC."""

    @pytest.fixture(autouse=True)
    def _no_table_is_small(self, monkeypatch):
        monkeypatch.setattr(streaming, "FEW_ROWS", -1)
