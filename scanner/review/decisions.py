"""Decisions of reviewers: read, applied to a column, and found stale when the data has moved on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from classifiers import Evidence, Tag, confirmed_tags
from scanner.user_files.documents import ConfigError, Model, checked, parse_document, read_text

PAGE = "docs/review.md"

Key = tuple[str, str, str]  # dataset, table, column


class Decision(Model):
    """What a reviewer decided about one column.

    Attributes:
        types: The PI types it holds; none: it holds no personal information.
        column_type: Type of the column when the decision was made, or empty; a change makes it stale.
    """

    dataset: str
    table: str
    column: str
    types: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    at: dt.date | None = None
    column_type: str = ""

    @property
    def key(self) -> Key:
        return self.dataset, self.table, self.column

    @property
    def id(self) -> str:
        return f"{self.dataset}/{self.table}.{self.column}"


class _Review(Model):
    decisions: tuple[Decision, ...] | None = None


Review = Mapping[Key, Decision]


def load_review(path: Path, known_types: Mapping[str, object]) -> Review:
    """Return the decisions of a review file, by column.

    Raises:
        ConfigError: The file is missing or broken, names a PI type that does not exist, or decides one
            column in two ways.
    """
    return parse_review(read_text(path, "the review file"), str(path), known_types)


def parse_review(text: str, where: str, known_types: Mapping[str, object]) -> Review:
    """Return the decisions of a text in the format of the review file; see ``load_review``.

    Raises:
        ConfigError: It is not understood, names a type that there is not, or decides a column in two ways.
    """
    decisions = parse_decisions(text, where)
    for decision in decisions:
        _check_types(decision, where, known_types)
    for name in conflicts(decisions):
        raise ConfigError(f"{where}: decides {name} in two ways. Keep one of the two entries.")
    return {decision.key: decision for decision in decisions}


def parse_decisions(text: str, where: str) -> tuple[Decision, ...]:
    """Return the decisions of a text one by one, whatever they say.

    Raises:
        ConfigError: The text is no YAML, or an entry has keys or values that are not understood.
    """
    return checked(_Review, parse_document(text, where, "decisions:"), where, PAGE).decisions or ()


def conflicts(decisions: Iterable[Decision]) -> list[str]:
    """Return the columns that are decided in two ways, sorted."""
    decided: dict[str, set[frozenset[str]]] = {}
    for decision in decisions:
        decided.setdefault(decision.id, set()).add(frozenset(decision.types))
    return sorted(name for name, ways in decided.items() if len(ways) > 1)


def _check_types(decision: Decision, where: str, known_types: Mapping[str, object]) -> None:
    unknown = [name for name in decision.types if name not in known_types]
    if unknown:
        raise ConfigError(
            f"{where}: {decision.id}: there is no PI type {unknown[0]!r}. `pandian types` lists them."
        )


def reviewed(tags: Sequence[Tag], decision: Decision) -> tuple[Tag, ...]:
    """Let a reviewer's decision win; what the classifier said otherwise stays visible as rejected."""
    why = _evidence(decision)
    rejected = (tag.rejected(why) for tag in tags if tag.type not in decision.types)
    return (*confirmed_tags(tags, decision.types, why), *rejected)


def _evidence(decision: Decision) -> Evidence:
    said = [decision.reason, decision.by, decision.at.isoformat() if decision.at else ""]
    return Evidence(
        kind="review", detail=", ".join(part for part in said if part) or "decision of a reviewer"
    )


def why_stale(decision: Decision, columns: Mapping[Key, str], unread: AbstractSet[tuple[str, str]]) -> str:
    """Return why a decision no longer meets the column it was made for, or empty.

    Args:
        decision: The decision.
        columns: Every column that a scan saw, with its type.
        unread: Datasets and tables that the scan knows of and could not read; a table of ``""`` is a
            whole dataset.

    Returns:
        ``not_read``, ``dataset_gone``, ``table_gone``, ``column_gone``, ``column_type_changed`` or ``""``.

    """
    if decision.key in columns:
        changed = decision.column_type and decision.column_type != columns[decision.key]
        return "column_type_changed" if changed else ""
    dataset, table, _ = decision.key
    if {(dataset, table), (dataset, ""), (dataset.split("/")[0], "")} & unread:
        return "not_read"
    if not any(key[0] == dataset for key in columns):
        return "dataset_gone"
    return "column_gone" if any(key[:2] == (dataset, table) for key in columns) else "table_gone"


def stale(
    review: Iterable[Decision], columns: Mapping[Key, str], unread: AbstractSet[tuple[str, str]]
) -> list[tuple[Decision, str]]:
    """Return the decisions that no longer meet their column, sorted, each with the reason."""
    found = [(decision, why_stale(decision, columns, unread)) for decision in review]
    return sorted(((d, why) for d, why in found if why), key=lambda pair: pair[0].key)
