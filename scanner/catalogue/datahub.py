"""DataHub: a file of metadata change proposals, for ``datahub ingest`` with the file source.

Definitions of tags and terms are upserted. Columns and datasets are patched, so that what people tagged
themselves stays. Source: DataHub's metadata model; the patches are those of its Python SDK, version 1.7.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from scanner.catalogue._places import FILES, Naming, Place, places
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

NAME = "datahub"
FILE_NAME = "datahub.json"

_NODE = "urn:li:glossaryNode:pandian"
_RESERVED = ",()\u241f"  # what may not stand in a name inside a URN
_PLATFORMS = {
    "clickhousedb": "clickhouse",
    "postgresql": "postgres",
    "opengauss": "postgres",
    "s3a": "s3",
    "gs": "gcs",
    "abfs": "abs",
    "abfss": "abs",
}
_PATCH, _PLAIN = "application/json-patch+json", "application/json"


def render(result: Result, naming: Naming) -> str:
    """Return the file: a list of metadata change proposals."""
    proposals = [*_definitions(result), *_datasets(result, naming)]
    return json.dumps(proposals, ensure_ascii=False, indent=1) + "\n"


def _definitions(result: Result) -> Iterator[dict[str, Any]]:
    yield _upsert(
        "glossaryNode", _NODE, "glossaryNodeInfo", {"definition": "个人信息 (PIPL)", "name": "Pandian"}
    )
    for term in sensitivity_terms():
        yield _upsert("glossaryTerm", _term(term.id), "glossaryTermInfo", _term_info(term))
    for term in type_terms(result):
        yield _tag_definition(f"pi.{term.id}", term)
    for term in grade_terms():
        yield _tag_definition(f"grade.{term.id}", term)


def _term_info(term: Term) -> dict[str, Any]:
    return {
        "customProperties": {},
        "name": term.text,
        "definition": f"{term.en}; {term.zh}.",
        "parentNode": _NODE,
        "termSource": "EXTERNAL",
        "sourceRef": "中华人民共和国个人信息保护法",
    }


def _tag_definition(name: str, term: Term) -> dict[str, Any]:
    content = {"name": f"{name} {term.zh}".strip(), "description": term.text}
    return _upsert("tag", _tag(name), "tagProperties", content)


def _datasets(result: Result, naming: Naming) -> Iterator[dict[str, Any]]:
    for place in places(result, naming):
        if is_said(place.table):
            urn = _urn(place, naming)
            fields = [patch for column in place.table.columns for patch in _field(column)]
            if fields:
                yield _patch(urn, "editableSchemaMetadata", fields)
            yield _patch(urn, "globalTags", _keyed_tags(f"grade.{grade_of(place.table)}"))
            yield _patch(urn, "datasetProperties", list(_properties(properties(result, place.table))))


def _field(column: ColumnResult) -> Iterator[dict[str, Any]]:
    tags = column.held
    base = f"/editableSchemaFieldInfo/{_step(column.name)}"
    for tag in tags:
        urn = _tag(f"pi.{tag.type}")
        yield {"op": "add", "path": f"{base}/globalTags/tags/{_step(urn)}", "value": {"tag": urn}}
    if tags:
        urn = _term(sensitivity(column))
        yield {"op": "add", "path": f"{base}/glossaryTerms/terms/{_step(urn)}", "value": {"urn": urn}}


def _keyed_tags(name: str) -> dict[str, Any]:
    """Return a patch in whose path a tag stands behind its source; none is named, as when a person tags."""
    urn = _tag(name)
    return {
        "arrayPrimaryKeys": {"tags": ["attribution\u241fsource", "tag"]},
        "patch": [{"op": "add", "path": f"/tags//{_step(urn)}", "value": {"tag": urn}}],
    }


def _properties(said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for name, value in said.items():
        yield {"op": "add", "path": f"/customProperties/pi.{_step(name)}", "value": value}


def _urn(place: Place, naming: Naming) -> str:
    platform = naming.platform or _PLATFORMS.get(place.backend, place.backend)
    name = place.path or ".".join(place.names)
    if place.path and place.backend != FILES:
        name = name.partition("://")[2]
    return f"urn:li:dataset:(urn:li:dataPlatform:{_inside(platform)},{_inside(name)},{naming.env})"


def _inside(name: str) -> str:
    return "".join(quote(c) if c in _RESERVED else c for c in name)


def _step(name: str) -> str:
    """Return a name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _tag(name: str) -> str:
    return f"urn:li:tag:pandian.{_inside(name)}"


def _term(name: str) -> str:
    return f"urn:li:glossaryTerm:pandian.{name}"


def _upsert(kind: str, urn: str, aspect: str, content: object) -> dict[str, Any]:
    return _proposal(kind, urn, "UPSERT", aspect, content)


def _patch(urn: str, aspect: str, content: object) -> dict[str, Any]:
    return _proposal("dataset", urn, "PATCH", aspect, content)


def _proposal(kind: str, urn: str, change: str, aspect: str, content: object) -> dict[str, Any]:
    form = _PATCH if change == "PATCH" else _PLAIN
    return {
        "entityType": kind,
        "entityUrn": urn,
        "changeType": change,
        "aspectName": aspect,
        "aspect": {"contentType": form, "value": json.dumps(content, ensure_ascii=False)},
    }
