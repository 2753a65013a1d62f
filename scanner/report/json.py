"""scan.json, the record of a scan: format ``pandian.scan/1``, described by ``scanner/scan.schema.json``."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

from scanner.result import Result, to_dict

NAME = "json"
FILE_NAME = "scan.json"

# File names that are no UTF-8 arrive with lone surrogates, which no encoding can write.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def render(result: Result, *, lang: str = "both") -> str:  # noqa: ARG001 - the record holds both languages
    """Return the record, its keys sorted; the same result gives the same text."""
    text = json.dumps(to_dict(result), ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the record."""
    content: dict[str, Any] = json.loads(files("scanner").joinpath("scan.schema.json").read_text("utf-8"))
    return content
