"""What differs between two scans: columns, people, grades, routes, verdicts and why they changed. Pure."""

from scanner.changes.asking import PackArchive, shipped
from scanner.changes.comparing import diff
from scanner.changes.model import (
    Changes,
    ColumnChange,
    CountChange,
    CoverageChange,
    GradeChange,
    LineChange,
    RouteChange,
    ScanRef,
    SettingChange,
    TypeName,
    to_dict,
)

__all__ = [
    "Changes",
    "ColumnChange",
    "CountChange",
    "CoverageChange",
    "GradeChange",
    "LineChange",
    "PackArchive",
    "RouteChange",
    "ScanRef",
    "SettingChange",
    "TypeName",
    "diff",
    "shipped",
    "to_dict",
]
