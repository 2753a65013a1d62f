"""Exports read back, and the schemas that they are held against."""

import json
from pathlib import Path

import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from scanner.catalogue import Naming, export

SCHEMAS = Path(__file__).parent / "schemas"


def schema(name):
    content = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    kind = Draft7Validator if "draft-07" in content.get("$schema", "") else Draft202012Validator
    return kind(content)


def exported(target, result, **naming):
    text = export(target, result, Naming(**naming)).decode("utf-8-sig")
    if target == "openlineage":
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text) if text.startswith(("{", "[")) else yaml.safe_load(text)


def held(result):
    """Return table, column and types of every column with personal information."""
    return {
        (table.name, column.name): sorted(tag.type for tag in column.tags)
        for dataset in result.datasets
        for table in dataset.tables
        for column in table.columns
        if column.tags
    }
