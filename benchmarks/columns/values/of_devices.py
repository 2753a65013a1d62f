"""Places, addresses on networks, devices and what they do."""

from __future__ import annotations

import hashlib
import json

from benchmarks.columns.makers import by_name
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.check_digits import luhn_digit
from benchmarks.columns.values.drawing import digits, pick
from benchmarks.columns.values.vocabulary import UA


def geo_location(c: Cell) -> float | str:
    lon, lat = 73.7 + c.rng.random() * 61, 18.2 + c.rng.random() * 35
    if c.variant % 4 == 0:
        return round(lon, 6)
    if c.variant % 4 == 1:
        return round(lat, 6)
    if c.variant % 4 == 2:
        return f"{lon:.6f},{lat:.6f}"
    pts = []
    for _ in range(int(c.rng.integers(3, 7))):
        lon += c.rng.normal(0, 0.002)
        lat += c.rng.normal(0, 0.002)
        pts.append(f"{lon:.5f},{lat:.5f}")
    return ";".join(pts)


def ip_address(c: Cell) -> str:
    if c.variant % 4 == 3:
        return ":".join(
            f"{int(x):x}" for x in (0x2409, 0x8A00 + int(c.rng.integers(0, 99)), *c.rng.integers(0, 65536, 6))
        )
    return ".".join(
        str(int(x)) for x in (c.rng.integers(1, 224), *c.rng.integers(0, 256, 2), c.rng.integers(1, 255))
    )


def mac_address(c: Cell) -> str:
    h = [f"{int(x):02x}" for x in c.rng.integers(0, 256, 6)]
    return (":".join(h), "-".join(h).upper(), "".join(h).upper())[c.variant % 3]


def imei(c: Cell) -> str:
    s = pick(c.rng, ["86", "35", "01"]) + digits(c.rng, 12)
    return s + luhn_digit(s)


def imsi(c: Cell) -> str:
    return "460" + pick(c.rng, ["00", "01", "02", "03", "07", "11"]) + digits(c.rng, 10)


def iccid(c: Cell) -> str:
    s = "8986" + pick(c.rng, ["00", "01", "03", "11"]) + digits(c.rng, 13)
    return s + luhn_digit(s)


def device_id(c: Cell) -> str:
    h = hashlib.md5(c.rng.bytes(8), usedforsecurity=False).hexdigest()
    if c.variant % 3 == 0:
        return h[:16]
    if c.variant % 3 == 1:
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}".upper()
    return h + hashlib.md5(c.rng.bytes(8), usedforsecurity=False).hexdigest()


def cookie_id(c: Cell) -> str:
    analytics = f"GA1.2.{digits(c.rng, 9)}.{digits(c.rng, 10)}"
    if c.variant % 2:
        return analytics
    session = hashlib.md5(c.rng.bytes(8), usedforsecurity=False).hexdigest().upper()
    return f"_ga={analytics}; JSESSIONID={session}; uid={digits(c.rng, 8)}"


def user_agent(c: Cell) -> str:
    return pick(c.rng, UA).format(v=int(c.rng.integers(90, 128)), m=int(c.rng.integers(1, 50)))


def browsing_history(c: Cell) -> str:
    return json.dumps(
        [
            pick(c.rng, c.words["urls"]) + digits(c.rng, 6)
            if c.variant % 2 == 0
            else pick(c.rng, c.words["search_words"])
            for _ in range(int(c.rng.integers(2, 5)))
        ],
        ensure_ascii=False,
    )


MAKERS = by_name(
    geo_location,
    ip_address,
    mac_address,
    imei,
    imsi,
    iccid,
    device_id,
    cookie_id,
    user_agent,
    browsing_history,
)
