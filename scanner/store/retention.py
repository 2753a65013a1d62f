"""How long scans are kept, by the rules on records. Pure.

Reports of impact assessments and records of processing are kept for at least three years (Personal
Information Protection Law, article 56), records of provision and entrusted processing too (Network Data
Security Management Regulation, article 12). A scan is part of both: it says what is held, what is sent, and
which duty followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from scanner.store.kept import KeptScan

LEAST_YEARS = 3
SOURCES = "PIPL art. 56 《个人信息保护法》第五十六条; NDSMR art. 12 《网络数据安全管理条例》第十二条"


def kept_until(scan: KeptScan, years: int) -> dt.date:
    """Return the last day on which a scan is within its retention."""
    try:
        end = scan.day.replace(year=scan.day.year + years)
    except ValueError:  # 29 February
        end = dt.date(scan.day.year + years, 3, 1)
    return end - dt.timedelta(days=1)


def past_retention(scans: Iterable[KeptScan], years: int, today: dt.date) -> tuple[KeptScan, ...]:
    """Return the scans whose retention is over, the oldest first."""
    found = (scan for scan in scans if kept_until(scan, years) < today)
    return tuple(sorted(found, key=lambda scan: scan.started))
