"""scan.json and its schema."""

from __future__ import annotations

import dataclasses
import inspect
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

import scanner.result
from scanner.report import json as report
from scanner.result.reloading import result_of

CLASSES = [
    kind
    for _, kind in inspect.getmembers(scanner.result, inspect.isclass)
    if dataclasses.is_dataclass(kind) and kind.__module__.startswith(scanner.result.__name__)
]


def errors(record):
    return [error.json_path for error in Draft202012Validator(report.schema()).iter_errors(record)]


def definition(kind):
    schema = report.schema()
    return schema if kind is scanner.result.Result else schema["$defs"][kind.__name__]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(report.schema())


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_schema_and_result_name_the_same_fields(kind):
    names = {field.name for field in dataclasses.fields(kind)}

    assert set(definition(kind)["properties"]) == names
    assert set(definition(kind)["required"]) == names
    assert definition(kind)["additionalProperties"] is False


def test_a_realistic_result_fits_the_schema(result):
    assert errors(json.loads(report.render(result))) == []


def test_a_realistic_result_reads_back(result):
    assert result_of(json.loads(report.render(result))) == result


def test_an_empty_result_fits_the_schema(empty_result):
    assert errors(json.loads(report.render(empty_result))) == []


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("format",), "pandian.scan/2", "another format"),
        (("surprise",), 1, "an unknown key"),
        (("complete",), "yes", "text for a truth value"),
        (("findings", 0, "verdict"), "maybe", "a verdict there is not"),
        (("findings", 0, "scope"), "department", "a scope there is not"),
        (("findings", 0, "count"), {"lower": 1, "upper": 2}, "an interval without its estimate"),
        (("organization", "subjects", 0, "lower"), -1, "fewer than nobody"),
        (("organization", "subjects", 0, "category"), "everybody", "a category there is not"),
        (("organization", "subjects", 0, "method"), "guess", "a method there is not"),
        (("datasets", 0, "grade", "level"), "secret", "a level there is not"),
        (("datasets", 0, "tables", 0, "columns", 0, "tags", 0, "confidence"), 1.5, "more than certain"),
        (("scan", "as_of"), "22 November 2026", "a date in words"),
    ],
)
def test_the_schema_refuses_what_is_no_record(path, value, why, result):
    record = json.loads(report.render(result))
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert errors(record), why


def test_the_record_is_what_the_result_holds(result):
    record = json.loads(report.render(result))

    assert record == json.loads(json.dumps(scanner.result.to_dict(result)))


def test_chinese_stays_readable_and_keys_are_sorted(result):
    text = report.render(result)

    assert "示例零售集团" in text
    assert text.startswith('{\n "complete"')


def test_a_name_that_is_no_unicode_survives(result, hostile_names):
    text = report.render(result)

    assert {dataset["source"] for dataset in json.loads(text)["datasets"]} & set(hostile_names)
    assert "\\udcff" in text


def test_a_number_that_json_does_not_know_is_refused(result):
    (dataset, *_) = result.datasets
    (table, *_) = dataset.tables
    (column, *_) = table.columns
    broken = replace(column, tags=(replace(column.tags[0], confidence=float("nan")),))
    datasets = (replace(dataset, tables=(replace(table, columns=(broken,)),)),)

    with pytest.raises(ValueError, match="JSON compliant"):
        report.render(replace(result, datasets=datasets))
