"""Accounts, income, diagnoses and measures."""

from __future__ import annotations

from benchmarks.columns.makers import by_name
from benchmarks.columns.values import numbers
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.drawing import digits, pick


def bank_card(c: Cell) -> str:
    return numbers.bank_card(c.rng)


def bank_account(c: Cell) -> str:
    if c.variant % 2 == 0:
        return pick(c.rng, ["0200", "1100", "3100", "4400"]) + digits(c.rng, 15)
    return digits(c.rng, 12)


def salary(c: Cell) -> float:
    if c.variant % 2 == 0:
        return round(float(c.rng.lognormal(9.1, 0.5)), 2)
    return int(c.rng.integers(30, 800)) * 100


def credit_score(c: Cell) -> int | str:
    if c.variant % 2 == 0:
        return int(c.rng.integers(350, 950))
    return pick(c.rng, ["AAA", "AA", "A", "BBB", "B", "C"])


def transaction_amount(c: Cell) -> float:
    return round(float(c.rng.lognormal(4.5, 1.3)), 2)


def medical_record_no(c: Cell) -> str:
    return (
        "ZY" + digits(c.rng, 8),
        f"{int(c.rng.integers(2015, 2025))}{digits(c.rng, 6)}",
        "M" + digits(c.rng, 7),
    )[c.variant % 3]


def diagnosis_text(c: Cell) -> str:
    if c.variant % 2 == 0:
        return "；".join(pick(c.rng, c.words["diagnoses"]) for _ in range(int(c.rng.integers(1, 4))))
    return pick(c.rng, c.words["complaints"]).format(n=int(c.rng.integers(1, 9)))


def icd10_code(c: Cell) -> str:
    code = pick(c.rng, c.words["icd10"])
    if c.variant % 2 == 0 or len(code) <= 5:
        return code
    return code[:5].rstrip("0x.")


def medication(c: Cell) -> str:
    return pick(c.rng, c.words["drugs"]) + " " + pick(c.rng, c.words["usage"])


def health_measure(c: Cell) -> float | str:
    return (
        f"{int(c.rng.integers(95, 170))}/{int(c.rng.integers(55, 105))}",
        round(float(c.rng.normal(165, 9)), 1),
        round(float(c.rng.normal(63, 11)), 1),
        round(float(abs(c.rng.normal(5.6, 1.2))), 2),
    )[c.variant % 4]


def criminal_record(c: Cell) -> str:
    return pick(c.rng, c.words["crimes"])


MAKERS = by_name(
    bank_card,
    bank_account,
    salary,
    credit_score,
    transaction_amount,
    medical_record_no,
    diagnosis_text,
    icd10_code,
    medication,
    health_measure,
    criminal_record,
)
