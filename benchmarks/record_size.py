"""How large the record of a scan is, and how much of it says what was considered and refused.

python -m benchmarks.record_size SCAN.json...
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    print(f"{'scan':44}{'columns':>9}{'bytes':>12}{'considered':>12}{'share':>8}{'gzip':>10}{'share':>8}")
    for name in sys.argv[1:]:
        result = json.loads(Path(name).read_text(encoding="utf-8"))
        columns = sum(len(table["columns"]) for ds in result["datasets"] for table in ds["tables"])
        whole, packed = sizes(result)
        less, less_packed = sizes(without_considered(result))
        print(
            f"{name[-43:]:44}{columns:>9}{whole:>12,}{whole - less:>12,}{1 - less / whole:>8.1%}"
            f"{packed:>10,}{1 - less_packed / packed:>8.1%}"
        )


def sizes(result: dict[str, Any]) -> tuple[int, int]:
    """Return the bytes of a record as it is written, and compressed."""
    written = json.dumps(result, ensure_ascii=False, indent=1).encode()
    return len(written), len(gzip.compress(written))


def without_considered(result: dict[str, Any]) -> dict[str, Any]:
    """Return the record with nothing considered in any column."""
    datasets = [
        {**dataset, "tables": [_bare(table) for table in dataset["tables"]]} for dataset in result["datasets"]
    ]
    return {**result, "datasets": datasets}


def _bare(table: dict[str, Any]) -> dict[str, Any]:
    columns = [{k: v for k, v in column.items() if k != "considered"} for column in table["columns"]]
    return {**table, "columns": columns}


if __name__ == "__main__":
    main()
