"""Apache Atlas: the requests that define classifications and attach them, in the order to send them.

Source: Apache Atlas 2, REST interface (``/v2/types/typedefs``, ``/v2/entity/bulk/classification``).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from scanner.catalogue._places import FILES, Naming, Place, places
from scanner.catalogue._said import Term, is_said, properties, sensitivity, type_terms
from scanner.result import Result

NAME = "atlas"
FILE_NAME = "atlas.json"

FORMAT = "pandian.atlas/1"
TABLE, COLUMN = "PI_table", "PI"
_HIVE = frozenset({FILES, "hive", "spark", "databricks", "hdfs", "impala"})
_NO_NAME = re.compile(r"[^A-Za-z0-9_ ]")  # what Atlas does not take in the name of a type
_OF_TABLES = (
    "data_subjects", "data_subjects_lower", "data_subjects_upper", "sensitive_subjects",
    "sensitive_subjects_lower", "sensitive_subjects_upper", "grade", "scan", "as_of",
)  # fmt: skip
_OF_COLUMNS = ("sensitivity", "decision", "grade")


def render(result: Result, naming: Naming) -> str:
    """Return the file: a list of requests."""
    said = [place for place in places(result, naming) if is_said(place.table)]
    requests = [
        {
            "method": "POST",
            "path": "/v2/types/typedefs",
            "body": {"classificationDefs": _definitions(result)},
        },
        *(_attached(body) for body in _columns(said, naming)),
        *(_attached(_table(result, place, naming)) for place in said),
    ]
    return json.dumps({"format": FORMAT, "requests": requests}, ensure_ascii=False, indent=1) + "\n"


def _definitions(result: Result) -> list[dict[str, Any]]:
    base = Term(COLUMN, "Personal information", "个人信息")
    table = Term(TABLE, "Table with personal information", "含个人信息的表")
    return [
        _definition(base, COLUMN, (), _OF_COLUMNS),
        *(_definition(term, _type_name(term.id), (COLUMN,), ()) for term in type_terms(result)),
        _definition(table, TABLE, (), _OF_TABLES),
    ]


def _definition(term: Term, name: str, above: tuple[str, ...], attributes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "category": "CLASSIFICATION",
        "name": name,
        "description": term.text,
        "superTypes": list(above),
        "attributeDefs": [
            {"name": each, "typeName": "string", "isOptional": True, "cardinality": "SINGLE"}
            for each in attributes
        ],
    }


def _type_name(name: str) -> str:
    return f"{COLUMN}_{_NO_NAME.sub('_', name)}"


def _columns(said: list[Place], naming: Naming) -> Iterator[dict[str, Any]]:
    """Yield a classification for each type, with all columns that it is attached to in the same way."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in said:
        for column in place.table.columns:
            for tag in column.held:
                key = (
                    _entity(place, "column"),
                    tag.type,
                    sensitivity(column),
                    tag.decision,
                    column.grade.level,
                )
                found[key].append(_qualified(place, naming, column.name))
    for (entity, name, *values), columns in found.items():
        attributes = dict(zip(_OF_COLUMNS, values, strict=True))
        yield _classified(_type_name(name), attributes, entity, columns)


def _table(result: Result, place: Place, naming: Naming) -> dict[str, Any]:
    said = {name.replace(".", "_"): value for name, value in properties(result, place.table).items()}
    attributes = {name: said[name] for name in _OF_TABLES if name in said}
    return _classified(TABLE, attributes, _entity(place, "table"), [_qualified(place, naming)])


def _classified(name: str, attributes: dict[str, str], entity: str, names: list[str]) -> dict[str, Any]:
    return {
        "classification": {"typeName": name, "attributes": attributes, "propagate": False},
        "entityTypeName": entity,
        "entitiesUniqueAttributes": [{"qualifiedName": each} for each in names],
    }


def _attached(body: dict[str, Any]) -> dict[str, Any]:
    return {"method": "POST", "path": "/v2/entity/bulk/classification", "body": body}


def _entity(place: Place, kind: str) -> str:
    return f"hive_{kind}" if place.backend in _HIVE else f"rdbms_{kind}"


def _qualified(place: Place, naming: Naming, column: str = "") -> str:
    above = place.names[:-1] or (naming.database or place.dataset.name.rpartition("/")[2],)
    names = (*above, place.table.name, *([column] if column else []))
    return f"{'.'.join(names)}@{naming.cluster}"
