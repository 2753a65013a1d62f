"""Numbers and keys of things: orders, goods, parcels, digests."""

from __future__ import annotations

import datetime as dt
import hashlib

from benchmarks.columns import values
from benchmarks.columns.makers import by_name
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.values import digits, isbn13, luhn_digit, pick, regions


def order_no_18(row: Row) -> str:
    d = dt.date(2022, 1, 1) + dt.timedelta(days=int(row.rng.integers(0, 1000)))
    # 18 digits, some positions 7-14 form a date, like an ID card number without a valid region or checksum
    if row.variant % 3 == 0:
        return f"{d:%Y%m%d}" + digits(row.rng, 10)
    if row.variant % 3 == 1:
        return digits(row.rng, 6) + f"{d:%Y%m%d}" + digits(row.rng, 4)
    return "20" + digits(row.rng, 16)


def snowflake_id(row: Row) -> str:
    return str(1_300_000_000_000_000_000 + int(row.rng.integers(0, 4e17)))[
        : 19 if row.variant % 2 == 0 else 18
    ]


def epoch_ms(row: Row) -> int:
    return int(1_600_000_000_000 + row.rng.integers(0, 10**11))


def serial_11_1(row: Row) -> int:
    if row.variant % 2 == 0:
        return 10_000_000_000 + row.number * 7 + row.variant * 1000
    return int(13_000_000_000 + row.number)


def luhn_sku(row: Row) -> str:
    s = pick(row.rng, ["8", "7", "1"]) + digits(row.rng, 14 if row.variant % 2 == 0 else 17)
    return s + luhn_digit(s)


def hex_digest(row: Row) -> str:
    return (hashlib.md5 if row.variant % 2 == 0 else hashlib.sha1)(row.rng.bytes(8)).hexdigest()


def six_digit(row: Row) -> str:
    return regions()[int(row.rng.integers(0, 400))][0] if row.variant % 2 == 0 else digits(row.rng, 6)


def uuid(row: Row) -> str:
    h = hashlib.md5(row.rng.bytes(8), usedforsecurity=False).hexdigest()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


def version_no(row: Row) -> str:
    return ".".join(str(int(x)) for x in row.rng.integers(0, 30, 4 if row.variant % 2 == 0 else 3))


def asset_no(row: Row) -> str:
    return pick(row.rng, ["EQ", "AST", "LGB"]) + "".join(
        pick(row.rng, "ABCDEFGH0123456789") for _ in range(14 if row.variant % 2 == 0 else 8)
    )


def ean13(row: Row) -> str:
    return values.ean13(row.rng)


def isbn(row: Row) -> str:
    return isbn13(row.rng)


def tracking_no(row: Row) -> str:
    if row.variant % 2 == 0:
        return pick(row.rng, ["SF", "YT", "ZTO", "JD"]) + digits(row.rng, 13)
    return digits(row.rng, 13)


def contract_no(row: Row) -> str:
    return f"HT-{int(row.rng.integers(2019, 2025))}-{digits(row.rng, 5)}"


def color_code(row: Row) -> str:
    return "#" + "".join(f"{int(x):02X}" for x in row.rng.integers(0, 256, 3))


def stock_code(row: Row) -> str:
    return pick(row.rng, ["600", "000", "300", "688"]) + digits(row.rng, 3)


def flight_no(row: Row) -> str:
    return pick(row.rng, ["CA", "MU", "CZ", "G", "D", "K"]) + digits(row.rng, 4)


MAKERS = by_name(
    order_no_18,
    snowflake_id,
    epoch_ms,
    serial_11_1,
    luhn_sku,
    hex_digest,
    six_digit,
    uuid,
    version_no,
    asset_no,
    ean13,
    isbn,
    tracking_no,
    contract_no,
    color_code,
    stock_code,
    flight_no,
)
