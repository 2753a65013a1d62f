"""Texts, paths and addresses that name nobody."""

from __future__ import annotations

import hashlib
import json

from benchmarks.columns.makers import by_name
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.values import digits, pick


def url(row: Row) -> str:
    return f"https://img.example.com/p/{digits(row.rng, 8)}.jpg"


def file_path(row: Row) -> str:
    folder = f"/upload/{row.rng.integers(2018, 2025)}/{digits(row.rng, 2)}"
    return f"{folder}/{hashlib.md5(row.rng.bytes(4), usedforsecurity=False).hexdigest()[:12]}.png"


def json_config(row: Row) -> str:
    return json.dumps(
        {
            "retry": int(row.rng.integers(0, 5)),
            "timeout": int(row.rng.integers(100, 9999)),
            "color": "#" + digits(row.rng, 6),
            "skuId": digits(row.rng, 11),
        }
    )


def notice_text(row: Row) -> str:
    return pick(row.rng, row.words["notices"])


def hotline(row: Row) -> str:
    if row.rng.random() >= 0.8:
        return "955" + digits(row.rng, 2)
    separator = "-" if row.variant % 2 == 0 else ""
    return pick(row.rng, ["400-", "400", "800-"]) + digits(row.rng, 3) + separator + digits(row.rng, 4)


def public_ip_range(row: Row) -> str:
    return f"10.{row.rng.integers(0, 255)}.{row.rng.integers(0, 255)}.0/{row.rng.integers(16, 28)}"


def log_line(row: Row) -> str:
    task = f"[{pick(row.rng, ['INFO', 'WARN', 'ERROR'])}] task {digits(row.rng, 11)}"
    return f"{task} finished in {digits(row.rng, 3)} ms, code={digits(row.rng, 4)}"


MAKERS = by_name(url, file_path, json_config, notice_text, hotline, public_ip_range, log_line)
