"""The whole road from sources to result: tables whose rows are about several people each."""

from __future__ import annotations

import pyarrow as pa
import pytest

from .pipelines import count_of, scan

ROWS, APART = 60, 67  # rows, and how far roles are apart: surnames of tests repeat every eight people

# What each column shows of whom: name (n), ID number (i), phone (p), bank card (c) or staff number (e).
TABLES = {
    "transfers": "本方户名=a.n 本方账号=a.c 对方户名=b.n 对方账号=b.c",
    "payments": "付款人姓名=a.n 付款人账号=a.c 收款人姓名=b.n 收款人账号=b.c",
    "calls": "主叫号码=a.p 被叫号码=b.p",
    "contracts": "甲方姓名=a.n 甲方电话=a.p 乙方姓名=b.n 乙方电话=b.p",
    "accidents": "当事人甲=a.n 甲电话=a.p 当事人乙=b.n 乙电话=b.p",
    "marriages": "男方姓名=a.n 男方电话=a.p 女方姓名=b.n 女方电话=b.p",
    "couples": "husband_name=a.n husband_mobile=a.p wife_name=b.n wife_mobile=b.p",
    "rents": "业主姓名=a.n 业主电话=a.p 租客姓名=b.n 租客电话=b.p 租客身份证=b.i",
    "loans": "借款人=a.n 借款人身份证=a.i 担保人=b.n 担保人身份证=b.i 担保人手机号=b.p",
    "patients": "患者姓名=a.n 患者身份证=a.i 家属姓名=b.n 家属电话=b.p",
    "births": "新生儿姓名=a.n 母亲姓名=b.n 母亲身份证号=b.i 母亲电话=b.p 出生证持有人手机=a.p",
    "pupils": "xsxm=a.n sfzjh=a.i jhr1xm=b.n jhr1dh=b.p jhr2xm=c.n jhr2dh=c.p",
    "teams": "队长姓名=a.n 队长手机=a.p 队员1姓名=b.n 队员1手机=b.p 队员2姓名=c.n 队员2手机=c.p",
    "sales": "客户姓名=a.n 客户手机=a.p 销售姓名=b.n 销售手机=b.p",
    "visits": "访客姓名=a.n 访客手机=a.p 被访人=b.n 被访人电话=b.p",
    "suits": "原告=a.n 原告电话=a.p 被告=b.n 被告电话=b.p",
    "stays": "入住人姓名=a.n 入住人证件号=a.i 同住人姓名=b.n 同住人证件号=b.i",
    "firms": "法定代表人=a.n 法定代表人身份证号=a.i 联系人=b.n 联系电话=b.p",
    "parcels": "寄件人姓名=a.n 寄件人电话=a.p 收件人姓名=b.n 收件人电话=b.p",
    "sponsors, by their numbers": "emp_no=a.e name=a.n spons_emp_no=b.e spons_name=b.n",
    "transfers in English": "from_name=a.n from_phone=a.p to_name=b.n to_phone=b.p",
    "staff": "工号=a.e 姓名=a.n 直属领导=b.n 领导工号=b.e",
    "wages": "工号=a.e 姓名=a.n 身份证号=a.i 户名=a.n 银行卡号=a.c",
    "two phones": "客户姓名=a.n 手机1=a.p 手机2=b.p",  # of one customer
}
ONE_PERSON = {"wages", "two phones"}


def shown(people, attribute):
    return {
        "n": [p.name for p in people],
        "i": [p.id_card for p in people],
        "p": [p.mobile for p in people],
        "c": [p.bank_card for p in people],
        "e": [f"E{p.mobile[-6:]}" for p in people],
    }[attribute]


@pytest.mark.parametrize("table", TABLES)
def test_everybody_in_a_row_is_counted(make_people, table):
    columns = [column.split("=") for column in TABLES[table].split()]
    roles = {of.split(".")[0] for _, of in columns}
    people = {role: make_people(ROWS, first=APART * n) for n, role in enumerate("abc")}
    rows = {header: shown(people[of[0]], of[-1]) for header, of in columns}

    lower, estimate, upper = count_of(scan({"d": {"t": pa.table(rows)}}).organization.subjects)

    everybody = ROWS if table in ONE_PERSON else ROWS * len(roles)
    assert lower <= estimate == everybody <= upper


def test_staff_and_their_superiors_are_no_one_person(make_people):
    """Numbers alone: each superior comes with ten people, and is one of the staff."""
    people = make_people(ROWS)
    numbers = shown(people, "e")
    rows = {"工号": numbers, "姓名": shown(people, "n"), "汇报工号": [numbers[n // 10] for n in range(ROWS)]}

    result = scan({"hr": {"staff": pa.table(rows)}})

    assert count_of(result.organization.subjects)[1] == ROWS


def test_whoever_is_on_both_sides_is_counted_once(make_people):
    people = make_people(90)
    sides = {"甲方": people[:60], "乙方": people[30:]}
    columns = {"姓名": "n", "电话": "p"}
    rows = {f"{side}{header}": shown(of, x) for side, of in sides.items() for header, x in columns.items()}

    result = scan({"law": {"contracts": pa.table(rows)}})

    assert count_of(result.organization.subjects)[1:] == (90, 90)


def test_both_ends_of_a_log_of_calls_are_counted(make_people):
    phones = shown(make_people(50), "p")
    calls = [(n % 50, (n % 50 + 1 + n // 50) % 50) for n in range(400)]
    rows = {"one": [phones[a] for a, _ in calls], "two": [phones[b] for _, b in calls]}

    result = scan({"net": {"log": pa.table(rows)}})

    assert count_of(result.organization.subjects)[1] == 50
