"""The customer database: customers, orders, staff, and tables that only look personal."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scanner.demo import words
from scanner.demo._arrays import (
    Column,
    Index,
    Mask,
    absent,
    at,
    chosen,
    digits,
    either,
    hidden_mobile,
    joined,
    pick,
    scattered,
    tokens,
)
from scanner.demo._table import NOBODY, DemoTable, Seconds, nobody, seconds
from scanner.demo.people import People

_TEST_ROWS = 20
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = np.array([pow(3, position, 31) for position in range(17)])


def tables(people: People, seed: int) -> list[DemoTable]:
    """Return the tables of ``crm.sqlite``."""
    rng = np.random.default_rng([seed, 10])
    return [
        customers(people, rng),
        orders(people, rng),
        staff(people, rng),
        products(rng),
        order_stats(rng),
        id_sequence(rng),
        suppliers(rng),
    ]


def customers(people: People, rng: np.random.Generator) -> DemoTable:
    """One row per registration: some people registered twice, some share a phone, some rows are tests."""
    first = people.customers
    second = rng.choice(first, len(first) // 50, replace=False)
    who = np.concatenate([first, second])
    again = np.arange(len(who)) >= len(first)
    size = len(who)
    # The second registration shows the same number as the first in half of the cases, or nothing in common.
    linked = rng.random(size) < 0.5
    mobile = _given_mobiles(people, rng, who, again & ~linked)
    cells = {
        "xm": at(people.name, who),
        "gender": pick(("女", "男"), people.male[who].astype(np.int64)),
        "birthday": _days(people.birth[who]),
        "id_card_no": absent((rng.random(size) < 0.45) | (again & ~linked), at(people.id_card, who)),
        "mobile": absent(rng.random(size) < 0.04, mobile),
        "email": absent((rng.random(size) < 0.3) | again, at(people.email, who)),
        "member_no": either(again, at(people.second_member_no, who), at(people.member_no, who)),
        "wx_openid": absent((rng.random(size) < 0.6) | again, at(people.openid, who)),
        "home_address": absent(rng.random(size) < 0.25, at(people.address, who)),
    }
    order = rng.permutation(size)
    cells = {name: pa.concat_arrays([at(column, order), _tests(name)]) for name, column in cells.items()}
    size += _TEST_ROWS
    return DemoTable(
        name="customers",
        comment="客户主表",
        cells={
            "customer_id": pa.array(np.arange(1, size + 1)),
            **cells,
            "points": pa.array(rng.integers(0, 20_000, size)),
            "channel": chosen(rng, words.CHANNELS, size),
            "reg_time": timestamps(np.sort(seconds(rng, "2019-03-01", "2026-11-21", size))),
        },
        comments={"xm": "客户姓名", "gender": "性别", "id_card_no": "身份证号", "mobile": "手机号码",
                  "wx_openid": "微信openid", "points": "积分余额", "reg_time": "注册时间"},
        persons=np.concatenate([who[order], np.full(_TEST_ROWS, NOBODY)]),
    )  # fmt: skip


def _given_mobiles(people: People, rng: np.random.Generator, who: Index, apart: Mask) -> Column:
    """Return phones as given: an old one where registrations are ``apart``; some shared, masked, made up."""
    size = len(who)
    mobile = either(apart, at(people.old_mobile, who), at(people.mobile, who))
    mobile = either(rng.random(size) < 0.03, at(people.mobile, np.maximum(who - 1, 0)), mobile)
    mobile = either(rng.random(size) < 0.01, hidden_mobile(mobile), mobile)
    return either(rng.random(size) < 0.005, "13800138000", mobile)


def orders(people: People, rng: np.random.Generator) -> DemoTable:
    """Buyers and receivers: two people per row, or one twice."""
    size = len(people.customers) * 6 // 5
    buyer = rng.choice(people.customers, size)
    fate = rng.random(size)
    receiver = np.where(fate < 0.75, buyer, rng.choice(people.relatives, size))
    receiver = np.where(fate > 0.92, rng.choice(people.strangers, size), receiver)
    paid = rng.random(size) < 0.15
    when = np.sort(seconds(rng, "2025-06-01", "2026-11-22", size))
    before_change = when < np.datetime64("2026-05-01", "s").astype(np.int64)
    old = (buyer % 12 == 0) & before_change
    to = at(people.mobile, receiver)
    return DemoTable(
        name="orders",
        comment="订单表",
        cells={
            "order_no": digits(_snowflakes(rng, size), 19),
            "member_no": absent(rng.random(size) < 0.05, at(people.member_no, buyer)),
            "buyer_mobile": either(old, at(people.old_mobile, buyer), at(people.mobile, buyer)),
            "receiver_name": at(people.name, receiver),
            "receiver_mobile": either(rng.random(size) < 0.08, hidden_mobile(to), to),
            "receiver_address": at(people.address, receiver),
            "sku_name": chosen(rng, words.PRODUCTS, size),
            "amount": pa.array(np.round(rng.lognormal(4.5, 0.8, size), 2)),
            "pay_card_no": absent(~paid, at(people.card, buyer)),
            "remark": _remarks(people, rng, receiver),
            "create_time": timestamps(when),
        },
        comments={"order_no": "订单编号", "buyer_mobile": "买家手机号", "receiver_name": "收货人",
                  "receiver_mobile": "收货人电话", "receiver_address": "收货地址",
                  "pay_card_no": "付款银行卡号", "remark": "买家留言"},
        persons=np.concatenate([buyer, receiver]),
        sensitive={"financial": buyer[paid]},
    )  # fmt: skip


def staff_positions(people: People) -> Index:
    """Return who works for the company: its own people, and some of its customers."""
    return np.concatenate([people.employees, people.customers[::997]])


def staff_numbers(size: int) -> Column:
    """Return employee numbers in order of hire."""
    return joined("E", digits(np.arange(size) * 7 + 10_013, 6))


def staff(people: People, rng: np.random.Generator) -> DemoTable:
    """Employees, under headers in pinyin initials."""
    who = staff_positions(people)
    size = len(who)
    return DemoTable(
        name="staff",
        comment="员工花名册",
        cells={
            "gh": staff_numbers(size),
            "xm": at(people.name, who),
            "xb": pick(("女", "男"), people.male[who].astype(np.int64)),
            "sfzh": at(people.id_card, who),
            "sjh": at(people.mobile, who),
            "bm": chosen(rng, words.DEPARTMENTS, size),
            "zw": chosen(rng, words.POSTS, size),
            "yhkh": at(people.card, who),
            "gz": pa.array(salaries(rng, size)),
            "rzrq": pc.utf8_slice_codeunits(
                timestamps(seconds(rng, "2012-01-01", "2026-10-01", size)), 0, 10
            ),
        },
        persons=who,
        sensitive={"financial": who},
    )


def salaries(rng: np.random.Generator, size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return monthly salaries in yuan."""
    return np.asarray(np.round(rng.lognormal(9.3, 0.4, size), 2))


def products(rng: np.random.Generator) -> DemoTable:
    """Goods whose names sound like people."""
    size = 400
    return DemoTable(
        name="products",
        comment="商品表",
        cells={
            "sku": digits(scattered(np.arange(size), 13, 17), 13),
            "product_name": chosen(rng, words.PRODUCTS, size),
            "unit_price": pa.array(np.round(rng.lognormal(3, 0.7, size), 2)),
            "stock": pa.array(rng.integers(0, 5_000, size)),
        },
        comments={"sku": "商品条码", "product_name": "商品名称"},
        persons=nobody(),
    )


def order_stats(rng: np.random.Generator) -> DemoTable:
    """Daily totals."""
    size = 700
    day = np.datetime64("2024-12-20", "D") + np.arange(size)
    return DemoTable(
        name="order_stats",
        comment="订单日统计",
        cells={
            "stat_date": _days(day),
            "order_cnt": pa.array(rng.integers(100, 4_000, size)),
            "uv": pa.array(rng.integers(1_000, 90_000, size)),
            "gmv": pa.array(np.round(rng.lognormal(12, 0.3, size), 2)),
        },
        persons=nobody(),
    )


def id_sequence(rng: np.random.Generator) -> DemoTable:
    """Row keys: snowflake ids, milliseconds, eighteen digits that are no identity number."""
    size = 2_000
    millis = np.sort(seconds(rng, "2026-01-01", "2026-11-22", size)) * 1_000 + rng.integers(0, 1_000, size)
    return DemoTable(
        name="id_sequence",
        cells={
            "snowflake_id": pa.array(_snowflakes(rng, size)),
            "created_ms": pa.array(millis),
            "trace_no": joined(digits(millis, 13), digits(rng.integers(0, 100_000, size), 5)),
            "batch_no": joined("HT2026-", digits(np.arange(size), 4)),
        },
        persons=nobody(),
    )


def suppliers(rng: np.random.Generator) -> DemoTable:
    """Companies: identified, and not persons."""
    size = 300
    region = rng.integers(0, len(words.REGIONS), size)
    names = joined(
        pick([(entry[2] or entry[1]).removesuffix("市") for entry in words.REGIONS], region),
        chosen(rng, words.COMPANY_HEADS, size),
        chosen(rng, words.COMPANY_TAILS, size),
    )
    return DemoTable(
        name="suppliers",
        comment="供应商",
        cells={
            "supplier_id": pa.array(np.arange(1, size + 1)),
            "company_name": names,
            "uscc": _credit_codes(rng, region),
            "hotline": joined("400-", digits(rng.integers(600, 900, size), 3), "-",
                              digits(rng.integers(0, 10_000, size), 4)),
        },
        comments={"company_name": "企业名称", "uscc": "统一社会信用代码", "hotline": "服务热线"},
        persons=nobody(),
    )  # fmt: skip


def timestamps(when: Seconds) -> Column:
    """Return times as text, ``YYYY-MM-DD HH:MM:SS``."""
    return pc.strftime(pa.array(when.astype("datetime64[s]")), format="%Y-%m-%d %H:%M:%S").cast(pa.string())


def _days(day: np.ndarray[tuple[int], np.dtype[np.datetime64]]) -> Column:
    return pc.strftime(pa.array(day.astype("datetime64[s]")), format="%Y-%m-%d")


def _tests(name: str) -> Column:
    number = digits(np.arange(_TEST_ROWS), 2)
    filled = {
        "xm": joined("测试用户", number),
        "id_card_no": pa.array(["111111111111111111"] * _TEST_ROWS),
        "mobile": pa.array(["13800000000"] * _TEST_ROWS),
        "email": pa.array(["test@test.com"] * _TEST_ROWS),
        "member_no": joined("TEST", number),
    }
    return filled.get(name, pa.nulls(_TEST_ROWS, pa.string()))


def _snowflakes(rng: np.random.Generator, size: int) -> Index:
    millis = np.sort(rng.integers(480_000_000_000, 521_000_000_000, size))
    return (millis << 22) | (rng.integers(0, 32, size) << 17) | rng.integers(0, 4_096, size)


def _remarks(people: People, rng: np.random.Generator, receiver: Index) -> Column:
    size = len(receiver)
    fate = rng.random(size)
    plain = absent(fate < 0.6, chosen(rng, words.REMARKS, size))
    called = joined("送货前请联系", at(people.name, receiver), "，电话", at(people.mobile, receiver))
    return either(fate > 0.97, called, plain)


def _credit_codes(rng: np.random.Generator, region: Index) -> Column:
    size = len(region)
    code = np.array([int(entry[0]) for entry in words.REGIONS])[region]
    body = joined("91", digits(code, 6), tokens(rng, _USCC_ALPHABET, 9, size))
    value = {character: number for number, character in enumerate(_USCC_ALPHABET)}
    sums = [int(np.dot([value[c] for c in text], _USCC_WEIGHTS)) for text in body.to_pylist()]
    return joined(body, pick(list(_USCC_ALPHABET), np.array([-total % 31 for total in sums])))
