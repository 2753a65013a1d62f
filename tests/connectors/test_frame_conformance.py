"""Tables and open databases of a program: what every connector does."""

import duckdb
import polars as pl
import pyarrow.dataset as ds
import pytest
import sqlalchemy as sa
from conformance import Conformance
from test_postgresql_conformance import TestPostgresql as PostgresqlTests
from test_sqlite_conformance import TestSqlite as SqliteTests

from connectors.frame import FrameConnector
from connectors.lent import connect_lent


class InMemory(Conformance):
    """Tables as a program holds them; ``held`` makes one of an Arrow table."""

    test_a_stream_never_holds_the_table = None  # it is in memory already
    test_what_goes_wrong_is_said_without_values = None  # test_frame_source.py

    @pytest.fixture
    def frames(self):
        return {}

    @pytest.fixture
    def put(self, frames):
        return lambda given: frames.update({given.name: self.held(given.data)})

    @pytest.fixture
    def opened(self, frames):
        return lambda: FrameConnector(frames)

    @pytest.fixture
    def fingerprint(self, frames):
        return lambda: sorted(frames)


class TestPolarsFrame(InMemory):
    held = staticmethod(pl.from_arrow)


class TestPolarsLazyFrame(InMemory):
    held = staticmethod(lambda data: pl.from_arrow(data).lazy())


class TestArrowTable(InMemory):
    held = staticmethod(lambda data: data)


class TestArrowDataset(InMemory):
    held = staticmethod(ds.dataset)


class TestDuckDBRelation(InMemory):
    held = staticmethod(lambda data: duckdb.connect().from_arrow(data))


class TestRecords(InMemory):
    held = staticmethod(lambda data: data.to_pylist())


class Lent:
    """An engine of the program, over the same database as the class beside it."""

    KIND = ""

    @pytest.fixture
    def opened(self, location):
        engine = sa.create_engine(location)
        yield lambda: connect_lent(engine)
        engine.dispose()


class TestLentSqlite(Lent, SqliteTests):
    test_what_goes_wrong_is_said_without_values = None  # pages that are read already are in its cache


class TestLentPostgresql(Lent, PostgresqlTests):
    pass
