"""Numbers of identity documents, permits, vehicles and memberships."""

from __future__ import annotations

from benchmarks.columns.makers import by_name
from benchmarks.columns.values import numbers
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.check_digits import id_check
from benchmarks.columns.values.drawing import digits, pick
from benchmarks.columns.values.numbers import plate, to15
from benchmarks.columns.values.vocabulary import PROV_SHORT


def id_card(c: Cell) -> str:
    s = c.id18
    if c.variant % 4 == 3 and c.rng.random() < 0.5:  # mixed 15/18 column
        return to15(s) or s
    return s


def hkmo_permit(c: Cell) -> str:
    return (
        pick(c.rng, "HHHM") + digits(c.rng, 8) + (f"{int(c.rng.integers(0, 5)):02d}" if c.variant % 2 else "")
    )


def tw_permit(c: Cell) -> str:
    return digits(c.rng, 8) if c.variant % 2 == 0 else digits(c.rng, 10) + "(" + pick(c.rng, "ABDE") + ")"


def hmt_residence_permit(c: Cell) -> str:
    s = pick(c.rng, ["810000", "820000", "830000"]) + f"{c.birth:%Y%m%d}{c.seq % 1000:03d}"
    return s + id_check(s)


def exit_entry_permit(c: Cell) -> str:
    if c.variant % 3 == 0:
        return pick(c.rng, "CCCW") + digits(c.rng, 8)
    if c.variant % 3 == 1:
        return "C" + pick(c.rng, "ABCDEFGH") + digits(c.rng, 7)
    return pick(c.rng, "TL") + digits(c.rng, 8)


def passport(c: Cell) -> str:
    if c.variant % 3 == 2:  # foreign passports
        return pick(
            c.rng,
            [
                pick(c.rng, "MSTK") + digits(c.rng, 8),
                "T" + pick(c.rng, "RZK") + digits(c.rng, 7),
                "C01" + pick(c.rng, "XYZ") + digits(c.rng, 2) + "T" + digits(c.rng, 2),
                digits(c.rng, 9),
            ],
        )
    x = c.rng.random()
    if x < 0.45:
        return "E" + digits(c.rng, 8)
    if x < 0.85:
        return "E" + pick(c.rng, "ABCDEFGHJKLMNPQRSTUVWXYZ") + digits(c.rng, 7)
    if x < 0.95:
        return "G" + digits(c.rng, 8)
    return pick(c.rng, ["DE", "SE", "PE"]) + digits(c.rng, 7)


def military_id(c: Cell) -> str:
    return (
        pick(c.rng, ["军", "军", "士", "文", "武", "海", "空", "南", "北", "政"])
        + "字第"
        + digits(c.rng, int(c.rng.integers(7, 9)))
        + "号"
    )


def foreign_pr_card(c: Cell) -> str:
    if c.variant % 2 == 0:
        s = (
            pick(c.rng, ["USA", "JPN", "KOR", "GBR", "DEU", "FRA", "CAN", "AUS", "RUS", "SGP"])
            + c.live[0][:4]
            + f"{c.birth:%y%m%d}"
            + digits(c.rng, 1)
        )
        return s + digits(c.rng, 1)
    s = (
        "9"
        + c.live[0][:2]
        + pick(c.rng, ["840", "392", "410", "826", "276", "250", "124", "036"])
        + f"{c.birth:%Y%m%d}{c.seq % 1000:03d}"
    )
    return s + id_check(s)


def birth_certificate(c: Cell) -> str:
    return pick(c.rng, "ABCDEFGHIJKLMNOPQRSTU") + digits(c.rng, 9)


def driver_license(c: Cell) -> str:
    return c.id18 if c.variant % 2 == 0 else c.live[0][:4] + digits(c.rng, 8)


def license_plate(c: Cell) -> str:
    s = plate(c.rng)
    return s[:2] + "·" + s[2:] if c.variant % 4 == 3 else s


def vin(c: Cell) -> str:
    return numbers.vin(c.rng)


def property_cert(c: Cell) -> str:
    _, prov, _, county, _ = c.live
    short, year = PROV_SHORT.get(prov[:2], prov[0]), int(c.rng.integers(2015, 2025))
    return f"{short}({year}){county[:2]}{pick(c.rng, ['区', '市'])}不动产权第{digits(c.rng, 7)}号"


def social_security_no(c: Cell) -> str:
    return pick(c.rng, "ABCDEFGH") + digits(c.rng, 8) if c.variant % 2 == 0 else digits(c.rng, 10)


def medical_insurance_no(c: Cell) -> str:
    return digits(c.rng, 12) if c.variant % 2 == 0 else "YB" + digits(c.rng, 10)


def housing_fund_no(c: Cell) -> str:
    return digits(c.rng, 12)


def employee_no(c: Cell) -> str:
    if c.variant % 3 == 0:
        return f"{int(c.rng.integers(1, 99999)):06d}"
    if c.variant % 3 == 1:
        return "E" + digits(c.rng, 5)
    return f"{int(c.rng.integers(2005, 2025))}{digits(c.rng, 4)}"


def student_no(c: Cell) -> str:
    if c.variant % 2 == 0:
        return f"{int(c.rng.integers(2010, 2025))}{digits(c.rng, 6)}"
    return "S" + digits(c.rng, 9)


MAKERS = by_name(
    id_card,
    hkmo_permit,
    tw_permit,
    hmt_residence_permit,
    exit_entry_permit,
    passport,
    military_id,
    foreign_pr_card,
    birth_certificate,
    driver_license,
    license_plate,
    vin,
    property_cert,
    social_security_no,
    medical_insurance_no,
    housing_fund_no,
    employee_no,
    student_no,
)
