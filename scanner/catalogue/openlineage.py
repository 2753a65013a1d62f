"""OpenLineage: one DatasetEvent a line, with the facets ``schema`` and ``tags``.

Source: OpenLineage 2-0-2 and its naming of datasets. There is no facet for counts of people; they are tags
of the dataset.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scanner.catalogue._places import FILES, Naming, Place, places
from scanner.catalogue._said import properties, sensitivity
from scanner.result import Result

NAME = "openlineage"
FILE_NAME = "openlineage.ndjson"

_SPEC = "https://openlineage.io/spec"
_SOURCE = "PANDIAN"
_SCHEMES = {
    "postgresql": "postgres",
    "opengauss": "postgres",
    "mssql": "sqlserver",
    "clickhousedb": "clickhouse",
}
_PORTS = {"postgres": 5432, "mysql": 3306, "sqlserver": 1433, "oracle": 1521, "trino": 8080, "hive": 10000}


def render(result: Result, naming: Naming) -> str:
    """Return the events, a line each, for every table that was seen."""
    events = (_event(result, place) for place in places(result, naming))
    return "".join(json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n" for event in events)


def _event(result: Result, place: Place) -> dict[str, Any]:
    producer = f"urn:pandian:{result.scan.version}"
    namespace, name = _names(place)
    facets = {
        "schema": _facet(producer, "1-2-0", "SchemaDatasetFacet") | {"fields": list(_fields(place))},
        "tags": _facet(producer, "1-0-0", "TagsDatasetFacet") | {"tags": list(_tags(result, place))},
    }
    return {
        "eventTime": result.scan.finished,
        "producer": producer,
        "schemaURL": f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/DatasetEvent",
        "dataset": {"namespace": namespace, "name": name, "facets": facets},
    }


def _facet(producer: str, version: str, name: str) -> dict[str, Any]:
    return {"_producer": producer, "_schemaURL": f"{_SPEC}/facets/{version}/{name}.json#/$defs/{name}"}


def _fields(place: Place) -> Iterator[dict[str, str]]:
    for column in place.table.columns:
        described = {"description": column.comment} if column.comment else {}
        yield {"name": column.name, "type": column.type, **described}


def _tags(result: Result, place: Place) -> Iterator[dict[str, str]]:
    for key, value in properties(result, place.table).items():
        yield {"key": f"pi.{key}", "value": value, "source": _SOURCE}
    for column in place.table.columns:
        for tag in column.held:
            yield {"key": "pi.type", "value": tag.type, "source": _SOURCE, "field": column.name}
        if kind := sensitivity(column):
            yield {"key": "pi.sensitivity", "value": kind, "source": _SOURCE, "field": column.name}
        if column.grade.level != "general":
            yield {"key": "pi.grade", "value": column.grade.level, "source": _SOURCE, "field": column.name}


def _names(place: Place) -> tuple[str, str]:
    """Return namespace and name as OpenLineage spells them for the platform."""
    if place.backend == FILES:
        return "file", place.path
    if place.path:
        scheme, _, rest = place.path.partition("://")
        bucket, _, name = rest.partition("/")
        return f"{scheme}://{bucket}", name
    scheme = _SCHEMES.get(place.backend, place.backend)
    if not place.host:
        return f"{scheme}://{place.dataset.location.partition('://')[2] or place.dataset.location}", _dotted(
            place
        )
    port = place.port or _PORTS.get(scheme)
    return f"{scheme}://{place.host}" + (f":{port}" if port else ""), _dotted(place)


def _dotted(place: Place) -> str:
    return ".".join(place.names)
