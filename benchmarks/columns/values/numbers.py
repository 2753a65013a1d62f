"""Numbers that are nobody's: drawn alone, with valid check digits."""

from __future__ import annotations

from benchmarks.columns.values.check_digits import luhn_digit, org_check, uscc_check, vin_check
from benchmarks.columns.values.drawing import Rng, digits, pick
from benchmarks.columns.values.vocabulary import (
    BINS,
    LANDLINE_3,
    LANDLINE_4,
    MOBILE_PREFIX,
    MOBILE_VIRTUAL,
    PLATE_PROV,
    WMI,
    regions,
)


def mobile(rng: Rng) -> str:
    p = pick(rng, MOBILE_VIRTUAL) if rng.random() < 0.06 else pick(rng, MOBILE_PREFIX)
    return p + digits(rng, 8)


def landline(rng: Rng) -> str:
    if rng.random() < 0.5:
        a, b = pick(rng, LANDLINE_3), str(int(rng.integers(2, 9))) + digits(rng, 7)
    else:
        a, b = pick(rng, LANDLINE_4), str(int(rng.integers(2, 9))) + digits(rng, int(rng.integers(6, 8)))
    s = f"{a}-{b}"
    if rng.random() < 0.12:
        s += f"-{int(rng.integers(1, 9999))}"
    return s


def bank_card(rng: Rng) -> str:
    b, n = BINS[int(rng.integers(0, len(BINS)))]
    s = b + digits(rng, n - 1 - len(b))
    return s + luhn_digit(s)


def uscc(rng: Rng) -> str:
    reg = regions()[int(rng.integers(0, len(regions())))][0]
    org = "".join(
        pick(rng, "0123456789ABCDEFGHJKLMNPQRTUWXY") if rng.random() < 0.35 else str(rng.integers(0, 10))
        for _ in range(8)
    )
    org = "MA" + org[2:] if rng.random() < 0.6 else org
    s = pick(rng, ["91", "92", "12", "52", "11"]) + reg + org + org_check(org)
    return s + uscc_check(s)


def plate(rng: Rng) -> str:
    p, c = pick(rng, PLATE_PROV), pick(rng, "ABCDEFGHJK")
    x = rng.random()
    an = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    if x < 0.25:  # new energy
        return (
            p
            + c
            + (
                pick(rng, "DF")
                + "".join(pick(rng, an) if i == 0 else str(rng.integers(0, 10)) for i in range(5))
                if rng.random() < 0.8
                else digits(rng, 5) + pick(rng, "DF")
            )
        )
    if x < 0.28:
        return p + c + digits(rng, 4) + pick(rng, "警学挂")
    body = list(digits(rng, 5))
    for _ in range(int(rng.integers(0, 3))):
        body[int(rng.integers(0, 5))] = pick(rng, "ABCDEFGHJKLMNPQRSTUVWXYZ")
    return p + c + "".join(body)


def vin(rng: Rng) -> str:
    al = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    v = (
        pick(rng, WMI)
        + "".join(pick(rng, al) for _ in range(5))
        + "0"
        + pick(rng, "ABCDEFGHJKLMNPRSTVWXY123456789")
        + pick(rng, al)
        + digits(rng, 6)
    )
    return v[:8] + vin_check(v) + v[9:]


def isbn13(rng: Rng) -> str:
    s = "9787" + digits(rng, 8)
    return s + str((10 - sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(s)) % 10) % 10)


def ean13(rng: Rng) -> str:
    s = "69" + digits(rng, 10)
    return s + str((10 - sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(s)) % 10) % 10)


def to15(id18: str) -> str | None:
    return id18[:6] + id18[8:17] if id18[6:8] == "19" else None
