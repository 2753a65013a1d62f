"""What is known of tables, and which of them go abroad."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from scanner.user_files.documents import Model


class TableConfig(Model):
    """What is known of a table.

    Attributes:
        deleted_column: Column that marks deleted rows.
        deleted_values: Its marks; default: 1, true, 是, ... (docs/configuration.md).
        deleted_time_column: Column with the time of deletion; empty for rows that are not deleted.
        slots: Whose column it is: ``self`` for the person of the row, else any word, such as ``guardian``.
        adults: Whether the persons of its rows are all of age, such as staff, though no birth date shows it;
            or who is, by words as in ``slots``.
    """

    dataset: str
    table: str
    deleted_column: str | None = None
    deleted_values: tuple[str, ...] = ()
    deleted_time_column: str | None = None
    slots: dict[str, str] = Field(default_factory=dict)
    adults: bool | tuple[str, ...] = False

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}"

    @property
    def marks_deleted(self) -> bool:
        return self.deleted_column is not None or self.deleted_time_column is not None

    @property
    def of_age(self) -> tuple[str, ...]:
        """Return who is of age, by words as in ``slots``."""
        if isinstance(self.adults, bool):
            return ("self",) if self.adults else ()
        return self.adults

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that it names, with what it is named for."""
        return tuple(c for c in (self.deleted_column, self.deleted_time_column, *self.slots) if c is not None)


class FlowTable(Model):
    """A table that goes abroad; ``columns`` when only some of it does."""

    dataset: str
    table: str
    time_column: str | None = None
    columns: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}"


class FlowConfig(Model):
    """A declared cross-border provision."""

    name: str = Field(min_length=1)
    recipient_country: str = ""
    recipient: str = ""
    purpose: str = ""
    scenario: str | None = None
    exemption: str | None = None
    mechanism: str | None = None
    important_data: bool | None = None
    retention_days: int | None = Field(default=None, gt=0)
    scope_changed: bool | None = None
    contract_effective: dt.date | None = None
    assessment_result: dt.date | None = None
    certificate_expiry: dt.date | None = None
    approved_subjects: int | None = None
    forecast_subjects: int | None = None
    health_subjects: int | None = None
    approved_important_volume: int | None = None
    forecast_important_volume: int | None = None
    tables: tuple[FlowTable, ...] = ()
