"""OpenMetadata: the requests that define classifications and tag columns, in the order to send them.

Columns are patched by their position, and each patch tests the name at that position first: a table whose
columns stand in another order refuses it, and nothing is tagged wrongly.
Source: OpenMetadata's API and its JSON Schemas, version 2.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from scanner.catalogue._places import Naming, Place, places
from scanner.catalogue._said import (
    Term,
    grade_of,
    grade_terms,
    is_said,
    properties,
    sensitivity,
    sensitivity_terms,
    type_terms,
)
from scanner.result import ColumnResult, Result

NAME = "openmetadata"
FILE_NAME = "openmetadata.json"

FORMAT = "pandian.openmetadata/1"
TYPES, SENSITIVITY, GRADE = "PersonalInformation", "PISensitivity", "DataGrade"
_PATCH, _PLAIN = "application/json-patch+json", "application/json"
_RESERVED = {
    "::": "colon",
    ">": "arrow",
    '"': "quote",
    "\n": "newline",
    "\r": "carriage_return",
    "\t": "tab",
}
_NO_SCHEMA = "default"  # what OpenMetadata calls the database of platforms that have schemas only


def render(result: Result, naming: Naming) -> str:
    """Return the file: the requests, and the custom properties that the last ones need."""
    said = [place for place in places(result, naming) if is_said(place.table)]
    document = {
        "format": FORMAT,
        "requests": [*_definitions(result), *_tagging(said, naming)],
        "customProperties": [_property(result, place, naming) for place in said],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _definitions(result: Result) -> Iterator[dict[str, Any]]:
    kinds = (
        (TYPES, "What a column says of a person. 个人信息类型。", False, type_terms(result)),
        (
            SENSITIVITY,
            "Under the Personal Information Protection Law. 个人信息敏感性。",
            True,
            sensitivity_terms(),
        ),
        (GRADE, "Under the Data Security Law, article 21. 数据分级。", True, grade_terms()),
    )
    for name, description, exclusive, terms in kinds:
        body = {"name": name, "description": description, "mutuallyExclusive": exclusive}
        yield _request("PUT", "/v1/classifications", body)
        for term in terms:
            yield _request("PUT", "/v1/tags", _tag(name, term))


def _tag(classification: str, term: Term) -> dict[str, Any]:
    return {
        "classification": classification,
        "name": term.id,
        "displayName": term.text,
        "description": f"{term.en}; {term.zh}.",
    }


def _tagging(said: list[Place], naming: Naming) -> Iterator[dict[str, Any]]:
    for place in said:
        path = _path(place, naming)
        grade = _label(f"{GRADE}.{grade_of(place.table)}", confirmed=False)
        yield _request("PATCH", path, [{"op": "add", "path": "/tags/-", "value": grade}])
        for position, column in enumerate(place.table.columns):
            if column.held:
                yield _request("PATCH", path, list(_column(position, column)))


def _column(position: int, column: ColumnResult) -> Iterator[dict[str, Any]]:
    at = f"/columns/{position}"
    yield {"op": "test", "path": f"{at}/name", "value": _stored(column.name)}
    for tag in column.held:
        label = _label(f"{TYPES}.{_quoted(tag.type)}", confirmed=tag.decision == "confirmed")
        yield {"op": "add", "path": f"{at}/tags/-", "value": label}
    confirmed = all(tag.decision == "confirmed" for tag in column.held)
    label = _label(f"{SENSITIVITY}.{sensitivity(column)}", confirmed=confirmed)
    yield {"op": "add", "path": f"{at}/tags/-", "value": label}


def _label(tag: str, *, confirmed: bool) -> dict[str, str]:
    """Return a label: suggested by the scan, or confirmed by whoever reviewed it."""
    how = ("Manual", "Confirmed") if confirmed else ("Automated", "Suggested")
    return {"tagFQN": tag, "source": "Classification", "labelType": how[0], "state": how[1]}


def _property(result: Result, place: Place, naming: Naming) -> dict[str, Any]:
    """Return values for custom properties of a table; their names have no dots, as OpenMetadata wants it."""
    values = {_camel(name): value for name, value in properties(result, place.table).items()}
    return {"table": _table(place, naming), "extension": values}


def _camel(name: str) -> str:
    """Return the name of a property.

    >>> _camel("data_subjects.lower")
    'piDataSubjectsLower'
    """
    words = name.replace(".", "_").replace("-", "_").split("_")
    return "pi" + "".join(word.capitalize() for word in words)


def _path(place: Place, naming: Naming) -> str:
    return f"/v1/tables/name/{quote(_table(place, naming), safe='')}"


def _table(place: Place, naming: Naming) -> str:
    """Return the fully qualified name: service, database, schema, table."""
    service = naming.service or place.source
    if place.path:
        above = (naming.database or _NO_SCHEMA, naming.schema or place.dataset.name)
    elif place.schema:
        above = (place.database, place.schema)
    else:
        above = (_NO_SCHEMA, place.database)
    return ".".join(_quoted(name) for name in (service, *above, place.table.name))


def _quoted(name: str) -> str:
    """Return one part of a fully qualified name."""
    stored = _stored(name)
    return f'"{stored}"' if "." in stored else stored


def _stored(name: str) -> str:
    """Return a name as OpenMetadata's ingestion stores it: what separates names is spelled out.

    >>> _stored('a"b')
    'a__reserved__quote__b'
    """
    for mark, word in _RESERVED.items():
        name = name.replace(mark, f"__reserved__{word}__")
    return name


def _request(method: str, path: str, body: object) -> dict[str, Any]:
    form = _PATCH if method == "PATCH" else _PLAIN
    return {"method": method, "path": path, "contentType": form, "body": body}
