"""MariaDB: what every connector does."""

import pytest
from conformance import DatabaseConformance, Variant
from given import REPEATED
from sql_tables import MARIADB, create_statement, engine_of, identifier, put_rows


class TestMariadb(DatabaseConformance):
    KIND = "MariaDB"
    COMMENTS = ("table", "columns")
    KEY = ""

    def column_name(self, name):
        return name[:64]

    @pytest.fixture
    def version(self, mariadb):
        with engine_of(mariadb).connect() as connection:
            return "MariaDB " + connection.exec_driver_sql("SELECT version()").scalar_one().partition("-")[0]

    @pytest.fixture
    def location(self, mariadb):
        return mariadb

    @pytest.fixture
    def put(self, mariadb):
        def put(given):
            raw = engine_of(mariadb).raw_connection()
            try:
                raw.cursor().execute(create_statement(given, MARIADB, mark="`", key=self.KEY, inline=True))
                if given.is_series:
                    raw.cursor().execute(
                        f"INSERT INTO {given.name} SELECT seq, repeat(lpad(seq, 9, '0'), {REPEATED})"
                        f" FROM seq_0_to_{given.data.num_rows - 1}"
                    )
                    raw.commit()
                else:
                    put_rows(raw, given, "%s", mark="`")
                raw.cursor().execute(f"ANALYZE TABLE {identifier(given.name, '`')}")
            finally:
                raw.close()

        return put

    @pytest.fixture
    def fingerprint(self, mariadb):
        def checksum():
            with engine_of(mariadb).connect() as connection:
                return tuple(connection.exec_driver_sql("CHECKSUM TABLE people").one())

        return checksum

    @pytest.fixture
    def running(self, mariadb):
        def running():
            query = (
                "SELECT count(*) FROM information_schema.processlist"
                " WHERE info LIKE '%pandian%' AND id <> connection_id()"
            )
            with engine_of(mariadb).connect() as connection:
                return connection.exec_driver_sql(query.replace("%", "%%")).scalar_one()

        return running

    @pytest.fixture
    def spoil(self, mariadb, mariadb_run):
        """End the query, and leave cells that make the server quote them."""

        def spoil():
            with engine_of(mariadb).connect() as connection:
                query = "SELECT id FROM information_schema.processlist WHERE id <> connection_id()"
                for (number,) in connection.exec_driver_sql(query).all():
                    connection.exec_driver_sql(f"KILL {number}")
            mariadb_run(
                "RENAME TABLE secrets TO kept",
                "CREATE FUNCTION leak(told text) RETURNS text BEGIN"
                " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = told; RETURN ''; END",
                "CREATE VIEW secrets AS SELECT id, leak(name) AS name FROM kept",
            )

        return spoil


class TestMariadbWithAKey(Variant, TestMariadb):
    KEY = "PRIMARY KEY"
