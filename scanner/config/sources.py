"""Sources: where they are, and how they are read."""

from __future__ import annotations

from pydantic import Field, model_validator

from connectors import Retries
from scanner.user_files.documents import Model


class IncrementConfig(Model):
    """How to tell what is new in tables of a database; ``table`` is a pattern as in ``include``."""

    table: str = Field(min_length=1)
    partition: str = ""
    changed: str = ""
    grows: str = ""

    @model_validator(mode="after")
    def _either(self) -> IncrementConfig:
        if bool(self.partition) == bool(self.grows) or (self.changed and self.grows):
            raise ValueError("name either 'partition' (with or without 'changed') or 'grows'")
        return self


class RetriesConfig(Model):
    """How often something is tried: see ``connectors.Retries``."""

    attempts: int = Field(default=Retries().attempts, ge=1)
    wait: float = Field(default=Retries().wait, ge=0)
    timeouts: bool = False


class SourceConfig(Model):
    """One source. Its name is the name of its dataset.

    Attributes:
        views, foreign_tables: Whether they are read.
        max_rows_per_second: Rows read at most, on average.
        max_load: Statements of others on the server, above which it is left alone.
        with_header, without_header: Patterns, as in ``include``, of delimited files and sheets whose first
            row is a header, or is none.
        retries: How often something is tried that may work a little later.
        password_from: Where the password of the URL is, if it has none: ``keyring:SERVICE/USER``.
    """

    name: str = Field(min_length=1)
    url: str = Field(min_length=1, repr=False)
    password_from: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    with_header: tuple[str, ...] = ()
    without_header: tuple[str, ...] = ()
    dictionary: str | None = None
    increments: tuple[IncrementConfig, ...] = ()
    views: bool = True
    foreign_tables: bool = True
    max_rows_per_second: float | None = Field(default=None, gt=0)
    max_load: int | None = Field(default=None, ge=0)
    retries: RetriesConfig = RetriesConfig()
