"""What leaves the country, and the call list of an outside call centre."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from scanner.demo import words
from scanner.demo._arrays import (
    Mask,
    absent,
    at,
    chosen,
    digits,
    either,
    hidden_mobile,
    joined,
)
from scanner.demo._table import DemoTable, seconds
from scanner.demo.crm import salaries, staff_numbers, staff_positions
from scanner.demo.people import People

# Of the customers: with 120,000 of them 99,600 were sent this year, just below the line of 100,000.
SENT_THIS_YEAR = 0.83
_SENT_LAST_YEAR_ONLY = 0.02
_SEEN_MASKED_ONLY = 0.006


def tables(people: People, seed: int) -> list[DemoTable]:
    """Return the two tables that are sent abroad."""
    rng = np.random.default_rng([seed, 30])
    return [eu_crm_sync(people, rng), hr_payroll(people, rng)]


def eu_crm_sync(people: People, rng: np.random.Generator) -> DemoTable:
    """Sync customers to the EU, some of them again, some only with everything masked."""
    shuffled = rng.permutation(people.customers)
    this_year = round(len(shuffled) * SENT_THIS_YEAR)
    last_year = round(len(shuffled) * _SENT_LAST_YEAR_ONLY)
    current, former = shuffled[:this_year], shuffled[this_year : this_year + last_year]
    unseen = current[: round(len(shuffled) * _SEEN_MASKED_ONLY)]
    repeated = rng.choice(current, this_year // 3)
    who = np.concatenate([current, unseen, repeated, former])
    when = np.concatenate([
        seconds(rng, "2026-01-01", "2026-11-21", len(who) - last_year),
        seconds(rng, "2025-03-01", "2025-12-31", last_year),
    ])  # fmt: skip
    order = np.argsort(when, kind="stable")
    who, when = who[order], when[order]
    masked = np.isin(who, unseen) | (rng.random(len(who)) < 0.005)
    return _sync(people, rng, who, when, masked)


def _sync(
    people: People, rng: np.random.Generator, who: np.ndarray, when: np.ndarray, masked: Mask
) -> DemoTable:
    size = len(who)
    mobile = at(people.mobile, who)
    no_member = rng.random(size) < 0.02
    return DemoTable(
        name="eu_crm_sync",
        comment="欧洲CRM同步",
        cells={
            "sync_id": pa.array(np.arange(size) + 7_000_000_001),
            "member_no": absent(masked | no_member, at(people.member_no, who)),
            "full_name": either(masked, "***", at(people.name, who)),
            "email": absent(masked | ((who % 5 == 0) & ~no_member), at(people.email, who)),
            "mobile": either(masked, hidden_mobile(mobile), mobile),
            "language": chosen(rng, ("zh", "en", "de"), size),
            "loyalty_tier": chosen(rng, ("gold", "silver", "bronze"), size),
            "export_time": pa.array(when.astype("datetime64[s]")),
        },
        comments={"member_no": "会员号", "full_name": "姓名", "export_time": "出境时间"},
        persons=who,
        when=when,
    )


def hr_payroll(people: People, rng: np.random.Generator) -> DemoTable:
    """Salaries of all employees, sent to the regional office."""
    who = staff_positions(people)
    size = len(who)
    when = seconds(rng, "2026-10-25", "2026-10-26", size)
    return DemoTable(
        name="hr_payroll",
        comment="亚太薪酬汇总",
        cells={
            "employee_no": staff_numbers(size),
            "full_name": at(people.name, who),
            "bank_account": at(people.card, who),
            "monthly_salary": pa.array(salaries(rng, size)),
            "export_time": pa.array(when.astype("datetime64[s]")),
        },
        comments={
            "employee_no": "工号",
            "full_name": "员工姓名",
            "bank_account": "工资卡号",
            "monthly_salary": "月薪",
        },
        persons=who,
        sensitive={"financial": who},
        when=when,
    )


def call_list(people: People, seed: int) -> DemoTable:
    """List customers and strangers to be called, under Chinese headers."""
    rng = np.random.default_rng([seed, 31])
    who = np.concatenate([
        rng.choice(people.customers, len(people.customers) // 40, replace=False),
        rng.choice(people.strangers, len(people.strangers) // 4, replace=False),
    ])  # fmt: skip
    who = rng.permutation(who)
    size = len(who)
    old = rng.random(size) < 0.2
    return DemoTable(
        name="call_list",
        comment="外呼名单",
        cells={
            "序号": digits(np.arange(1, size + 1), 1),
            "姓名": at(people.name, who),
            "手机号": either(old, at(people.old_mobile, who), at(people.mobile, who)),
            "意向等级": chosen(rng, ("A", "B", "C"), size),
            "备注": either(
                rng.random(size) < 0.05,
                joined("改打", at(people.mobile, who)),
                chosen(rng, words.CALL_NOTES, size),
            ),
        },
        persons=who,
    )
