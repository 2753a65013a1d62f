"""Columns with personal information: new, vanished, of other types, or not comparable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.changes.looking import Key, Look, types_of
from scanner.changes.model import ColumnChange, TypeName
from scanner.result import ColumnResult, Result

_NEW = {"table_gone": "table_new", "column_gone": "column_new"}


def column_changes(before: Look, after: Look) -> Iterator[ColumnChange]:
    """Yield every column whose personal information differs, in the order of its names."""
    sources = {**_sources(before.result), **_sources(after.result)}
    for key in sorted(_personal(before) | _personal(after)):
        change = _compared(key, sources[key[0]], before, after)
        if change:
            yield change


def type_names(changes: Iterable[ColumnChange], *looks: Look) -> Iterator[TypeName]:
    """Yield what the types of changed columns are called, in the order of their ids."""
    wanted = {name for change in changes for name in (*change.before, *change.after)}
    tags = {tag.type: tag for look in looks for column in look.columns.values() for tag in column.tags}
    for name in sorted(wanted):
        yield TypeName(type=name, name_zh=tags[name].name_zh, name_en=tags[name].name_en)


def _sources(result: Result) -> dict[str, str]:
    return {dataset.name: dataset.source for dataset in result.datasets}


def _personal(look: Look) -> set[Key]:
    return {key for key, column in look.columns.items() if column.held}


def _compared(key: Key, source: str, before: Look, after: Look) -> ColumnChange | None:
    old, new = before.columns.get(key), after.columns.get(key)
    kind, why = _kind(old, new, before.absence(key, source), after.absence(key, source))
    if not kind:
        return None
    dataset, table, column = key
    shown = new if new and new.held else old
    return ColumnChange(
        kind=kind,
        dataset=dataset,
        table=table,
        column=column,
        before=types_of(old),
        after=types_of(new),
        why=why,
        sensitive=_sensitive(shown),
        reviewed=any(_reviewed(one) for one in (old, new)),
    )


def _kind(old: ColumnResult | None, new: ColumnResult | None, was: str, now: str) -> tuple[str, str]:
    """Return kind and reason of a change, empty for none; ``was`` and ``now`` say why one is not there."""
    if was in {"unread", "outside"}:
        return "not_compared", f"{was}_before"
    if now in {"unread", "outside"}:
        return "not_compared", f"{now}_after"
    then, today = types_of(old), types_of(new)
    if not then:
        return "new", _NEW.get(was, "found")
    if not today:
        return "vanished", now or "not_found"
    if then != today:
        return "retyped", "found"
    return ("sensitivity", "found") if _sensitive(old) != _sensitive(new) else ("", "")


def _sensitive(column: ColumnResult | None) -> bool:
    return any(tag.sensitive for tag in column.held) if column else False


def _reviewed(column: ColumnResult | None) -> bool:
    """Return whether a person decided on a column."""
    found = column.tags if column else ()
    return any(evidence.kind == "review" for tag in found for evidence in tag.evidence)
