"""Examine sources one by one: what opens is asked, what does not says why."""

from __future__ import annotations

import platform
import re
import secrets
from collections.abc import Callable, Sequence
from importlib.metadata import version

from classifiers import built_in
from connectors import (
    Checkup,
    Connector,
    ConnectorError,
    Table,
    TableCheckup,
    Unread,
    checkup_of,
    remedy_of,
    table_checkup_of,
)
from scanner.config import SourceConfig
from scanner.digests import SubjectKey
from scanner.doctor.diagnosis import Cost, Diagnosis, Refused, Remark, SourceDiagnosis, TableDiagnosis
from scanner.doctor.login import grant_to_connect
from scanner.sources import open_configured, open_named

# Our own messages end with what to do: a command of pip, or a statement for the administrator.
_FIX = re.compile(r"(pip install '[^']+'|GRANT [^;]+;)")


def examine(sources: Sequence[SourceConfig], sample_rows: int) -> Diagnosis:
    """Return what a scan of these sources would meet; values in names have codes of this run alone."""
    named = open_named(open_configured, SubjectKey(secrets.token_bytes(16)), built_in())
    return Diagnosis(
        version=version("pandian"),
        python=platform.python_version(),
        sources=tuple(_examined(source, sample_rows, named) for source in sources),
    )


def _examined(
    source: SourceConfig, sample_rows: int, open_source: Callable[[SourceConfig], Connector]
) -> SourceDiagnosis:
    try:
        with open_source(source) as connector:
            return _asked(source, connector, sample_rows)
    except ConnectorError as error:
        reason = str(error)
        refused = Refused(
            table="", column="", reason=reason, fix=_fix_in(reason) or grant_to_connect(source.url, reason)
        )
        return SourceDiagnosis(name=source.name, location="", status="unreachable", refused=(refused,))


def _asked(source: SourceConfig, connector: Connector, sample_rows: int) -> SourceDiagnosis:
    entries = list(connector.tables())
    tables = tuple(_table(connector, entry, sample_rows) for entry in entries if isinstance(entry, Table))
    refused = tuple(_refused(connector, entry) for entry in entries if isinstance(entry, Unread))
    checkup = checkup_of(connector)
    return SourceDiagnosis(
        name=source.name,
        location=connector.location,
        status="partial" if refused or not entries else "ok",
        kind=checkup.kind,
        server=checkup.server,
        drivers=checkup.drivers,
        role=checkup.role,
        session=checkup.session,
        running=checkup.running,
        tables=tables,
        refused=refused,
        remarks=_remarks(checkup, any_tables=bool(entries)),
        cost=_cost(tables, source.max_rows_per_second),
    )


def _table(connector: Connector, table: Table, sample_rows: int) -> TableDiagnosis:
    try:
        found, note = table_checkup_of(connector, table, sample_rows), table.note
    except ConnectorError as error:
        found, note = TableCheckup(), str(error)
    rows = table.rows.value if table.rows else None
    return TableDiagnosis(
        name=_name(table.group, table.name),
        columns=len(table.columns),
        rows=rows,
        exact=table.rows is not None and table.rows.exact,
        bytes=found.size,
        sampled=sample_rows if rows is None else min(rows, sample_rows),
        sampling=found.sampling,
        reading=found.reading,
        note=note,
    )


def _refused(connector: Connector, unread: Unread) -> Refused:
    try:
        fix = remedy_of(connector, unread)
    except ConnectorError:
        fix = ""
    return Refused(
        table=_name(unread.group, unread.table),
        column=unread.column,
        reason=unread.reason,
        fix=fix or _fix_in(unread.reason),
    )


def _name(group: str, name: str) -> str:
    return f"{group}/{name}" if group else name


def _fix_in(reason: str) -> str:
    found = _FIX.search(reason)
    return found[1] if found else ""


def _remarks(checkup: Checkup, *, any_tables: bool) -> tuple[Remark, ...]:
    given = [Remark(what=advice.what, fix=advice.fix) for advice in checkup.advice]
    if not any_tables:
        given.append(Remark(what="There are no tables, or none that this role may see, or none selected."))
    return tuple(given)


def _cost(tables: Sequence[TableDiagnosis], rows_per_second: float | None) -> Cost:
    sampled = sum(table.sampled for table in tables)
    rows = sum(table.rows or 0 for table in tables)
    return Cost(
        tables=len(tables),
        sampled_rows=sampled,
        rows=rows,
        bytes=sum(table.bytes or 0 for table in tables),
        tables_unknown=sum(table.rows is None for table in tables),
        sizes_unknown=sum(table.bytes is None for table in tables),
        seconds=None if rows_per_second is None else (sampled + rows) / rows_per_second,
    )
