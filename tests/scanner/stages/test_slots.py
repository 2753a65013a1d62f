from __future__ import annotations

import re

import pytest

from scanner.identifiers.plans import SlotPlan
from scanner.stages.slots import assign_slots

NAME, PHONE, ID, ACCOUNT = ("person_name",), ("mobile",), ("id_card",), ("user_account",)
CARD, CAR = ("bank_card",), ("license_plate",)

# header, types, slot beside a named and identified person of the row
HEADERS = [
    ("sjh", PHONE, ""),
    ("lxdh", PHONE, ""),
    ("联系电话", PHONE, ""),
    ("contact_phone", PHONE, ""),
    ("监护人姓名", NAME, "guardian"),
    ("接送人电话", PHONE, "picks_up"),
    ("pickup_phone", PHONE, "picks_up"),
    ("pickup_address", ("address",), ""),
    ("家长电话", PHONE, "guardian"),
    ("guardian_mobile", PHONE, "guardian"),
    ("parentPhone", PHONE, "guardian"),
    ("jhrdh", PHONE, "guardian"),
    ("jhr", NAME, "guardian"),
    ("t_jhr_sfzh", ID, "guardian"),
    ("jzdh", PHONE, "guardian"),
    ("jzsj", ("visit_time",), ""),
    ("jzkh", ("medical_record_no",), ""),
    ("fqxm", NAME, "father"),
    ("母亲身份证号", ID, "mother"),
    ("配偶姓名", NAME, "spouse"),
    ("spouse_id_no", ID, "spouse"),
    ("interviewer_email", ("email",), "interviewer"),
    ("维修师傅电话", PHONE, "technician"),
    ("巡检员", NAME, "inspector"),
    ("教练姓名", NAME, "coach"),
    ("referee_phone", PHONE, "referee"),
    ("emergency_contact_name", NAME, "emergency_contact"),
    ("emergencyContactPhone", PHONE, "emergency_contact"),
    ("jjlxrdh", PHONE, "emergency_contact"),
    ("紧急联系人电话", PHONE, "emergency_contact"),
    ("收货人手机号", PHONE, "receiver"),
    ("consignee_mobile", PHONE, "receiver"),
    ("sjrdh", PHONE, "receiver"),
    ("寄件人电话", PHONE, "sender"),
    ("jjrxm", NAME, "sender"),
    ("bbxrzjh", ID, "insured"),
    ("投保人证件号", ID, "policyholder"),
    ("受益人姓名", NAME, "beneficiary"),
    ("法定代表人", NAME, "legal_representative"),
    ("frxm", NAME, "legal_representative"),
    ("create_by", ACCOUNT, "operator"),
    ("经办人", NAME, "operator"),
    ("办案民警", NAME, "operator"),
    ("民警姓名", NAME, ""),  # in a table of staff
    ("嫌疑人电话", PHONE, "suspect"),
    ("推荐人手机", PHONE, "referrer"),
    ("ysxm", NAME, "doctor"),
    ("rcv_phone", PHONE, "receiver"),
    ("shippingName", NAME, "receiver"),
    ("签收人", NAME, "receiver"),
    ("骑手电话", PHONE, "courier"),
    ("家属电话", PHONE, "relative"),
    ("next_of_kin_phone", PHONE, "relative"),
    ("陪护人姓名", NAME, "companion"),
    ("收款人姓名", NAME, "payee"),
    ("payee_account", CARD, "payee"),
    ("skrxm", NAME, "payee"),
    ("收款账号", CARD, ""),  # the person's own, to which wages go
    ("payer_name", NAME, ""),
    ("对方户名", NAME, "counterparty"),
    ("对方账号", CARD, "counterparty"),
    ("opp_acct_name", NAME, "counterparty"),
    ("guar_cust_no", ACCOUNT, "guarantor"),
    ("skrkhh", ACCOUNT, "payee"),
    ("jhrhm", PHONE, "guardian"),
    ("peer_number", PHONE, "counterparty"),
    ("verified_by", NAME, "operator"),
    ("surgeon_name", NAME, "doctor"),
    ("被叫号码", PHONE, "called_party"),
    ("called_number", PHONE, "called_party"),
    ("calling_number", PHONE, ""),
    ("卖家昵称", ACCOUNT, "seller"),
    ("buyer_nick", ACCOUNT, ""),
    ("房东电话", PHONE, "landlord"),
    ("担保人身份证号", ID, "guarantor"),
    ("共同借款人", NAME, "co_borrower"),
    ("负责人电话", PHONE, "manager"),
    ("护士姓名", NAME, "nurse"),
    ("被访人姓名", NAME, "visited"),
    ("收银员", NAME, "operator"),
    ("hzxm", NAME, ""),
    ("frequency", PHONE, ""),
    ("owner_name", NAME, ""),
]


@pytest.mark.parametrize(("header", "types", "slot"), HEADERS)
def test_headers_say_whose_column_it_is(header: str, types: tuple[str, ...], slot: str) -> None:
    columns = [("xm", "", NAME), ("sfzh", "", ID), (header, "", types)]

    assert assign_slots(columns)[header] == slot


def test_a_comment_speaks_where_the_header_does_not() -> None:
    columns = [("xm", "", NAME), ("sfzh", "", ID), ("f7", "监护人联系电话", PHONE)]

    assert assign_slots(columns)["f7"] == "guardian"


def test_the_receiver_without_an_identifier_is_the_member() -> None:
    columns = [("hyh", "", ACCOUNT), ("shr", "", NAME), ("lxdh", "", PHONE)]

    assert set(assign_slots(columns).values()) == {""}


def test_the_receiver_with_a_phone_is_somebody_else() -> None:
    columns = [("hyh", "", ACCOUNT), ("shr", "", NAME), ("shrdh", "", PHONE)]

    assert assign_slots(columns) == {"hyh": "", "shr": "receiver", "shrdh": "receiver"}


@pytest.mark.parametrize(
    ("beside", "slot"),
    [
        ({"oaid": ("device_id",)}, ""),
        ({"imei": ("imei",), "plate_no": CAR}, ""),
        ({"oaid": ("device_id",), "phone": PHONE}, "courier"),
        ({"oaid": ("device_id",), "user_name": NAME}, "courier"),
        ({"oaid": ("device_id",), "doctor_no": ("employee_no",)}, "courier"),
    ],
)
def test_a_device_beside_a_number_alone_is_that_persons(
    beside: dict[str, tuple[str, ...]], slot: str
) -> None:
    columns = [("rider_id", "", ACCOUNT), *((name, "", types) for name, types in beside.items())]

    assert assign_slots(columns)["rider_id"] == slot


@pytest.mark.parametrize(
    ("table", "slot"), [("rider_settlement", ""), ("t_骑手结算", ""), ("refund", "courier")]
)
def test_a_card_is_of_the_person_after_whom_the_table_is_called(table: str, slot: str) -> None:
    columns = [("rider_id", "", ACCOUNT), ("card_no", "", CARD)]

    assert assign_slots(columns, table=table)["rider_id"] == slot


@pytest.mark.parametrize(("name", "slot"), [("收款人姓名", ""), ("姓名", "")])
def test_a_card_that_is_paid_to_is_the_payees(name: str, slot: str) -> None:
    columns = [(name, "", NAME), ("收款银行卡", "", CARD), ("金额", "", ("transaction_amount",))]

    assert assign_slots(columns) == {name: slot, "收款银行卡": slot, "金额": slot}


def test_a_card_that_is_paid_to_is_not_the_payers() -> None:
    columns = [("付款账号", "", CARD), ("户名", "", NAME), ("收款人", "", NAME), ("收款账号", "", CARD)]

    assert assign_slots(columns)["收款账号"] == "payee"


def test_a_device_beside_a_receiver_with_a_phone_is_of_somebody_else() -> None:
    columns = [("oaid", "", ("device_id",)), ("receiver_phone", "", PHONE)]

    assert assign_slots(columns) == {"oaid": "", "receiver_phone": "receiver"}


def test_a_guardian_without_an_identifier_stays_a_second_person() -> None:
    columns = [("child_id_no", "", ID), ("guardian", "", NAME)]

    assert assign_slots(columns) == {"child_id_no": "", "guardian": "guardian"}


def test_the_contact_phone_belongs_to_a_named_contact() -> None:
    columns = [("xm", "", NAME), ("sfzh", "", ID), ("contact_name", "", NAME), ("contact_phone", "", PHONE)]

    assert assign_slots(columns)["contact_phone"] == "contact"


def test_whose_document_alone_is_given_is_the_person_of_the_row() -> None:
    columns = [("tbrxm", "", NAME), ("tbrzjh", "", ID), ("lxsj", "", PHONE)]

    assert set(assign_slots(columns).values()) == {""}
    insured = [*columns, ("bbxrzjh", "", ID)]
    assert assign_slots(insured) == {
        "tbrxm": "policyholder",
        "tbrzjh": "policyholder",
        "lxsj": "",
        "bbxrzjh": "insured",
    }


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"嫌疑人姓名": NAME, "被害人姓名": NAME, "罪名": ("criminal_record",)}, "suspect"),
        ({"defendant_name": NAME, "victim_name": NAME, "charge": ("criminal_record",)}, "defendant"),
        ({"姓名": NAME, "罪名": ("criminal_record",)}, ""),
        ({"insured_id_no": ID, "applicant_name": NAME, "diagnosis": ("diagnosis_text",)}, "insured"),
        ({"insured_id_no": ID, "applicant_name": NAME, "mrn": ("medical_record_no",)}, "insured"),
        ({"insured_flag": ("gender",), "name": NAME, "diagnosis": ("diagnosis_text",)}, ""),
        ({"insured_id_no": ID, "doctor_name": NAME, "doctor_diagnosis": ("diagnosis_text",)}, "doctor"),
    ],
)
def test_what_is_about_one_kind_of_person_is_that_persons(columns, expected):
    slots = assign_slots([(name, "", types) for name, types in columns.items()])

    assert list(slots.values())[-1] == expected


@pytest.mark.parametrize(
    ("own", "other", "slot"),
    [
        (("calling_number", PHONE), ("called_number", PHONE), "called_party"),
        (("付款人账号", CARD), ("收款人账号", CARD), "payee"),
        (("buyer_phone", PHONE), ("seller_phone", PHONE), "seller"),
    ],
)
def test_two_parties_of_a_row_are_two_persons(
    own: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]], slot: str
) -> None:
    columns = [(header, "", types) for header, types in (own, other)]

    assert assign_slots(columns) == {own[0]: "", other[0]: slot}


def test_who_is_responsible_for_a_shop_is_the_person_of_its_row() -> None:
    columns = [("店铺地址", "", ("address",)), ("负责人", "", NAME), ("负责人电话", "", PHONE)]

    assert set(assign_slots(columns).values()) == {""}


def test_a_lone_second_person_is_the_person_of_the_row() -> None:
    columns = [("consignee", "", NAME), ("consignee_mobile", "", PHONE), ("city", "", ("address",))]

    assert set(assign_slots(columns).values()) == {""}


DRIVERS = [
    ("driver_name", "", NAME),
    ("driver_phone", "", PHONE),
    ("id_card_no", "", ID),
    ("car_no", "", CAR),
]


@pytest.mark.parametrize("table", ["driver", "ods_drivers_df", "sys_driver_info", "司机信息表"])
def test_a_table_of_second_persons_is_about_them(table: str) -> None:
    assert set(assign_slots(DRIVERS, table=table).values()) == {""}


@pytest.mark.parametrize("table", ["", "trips", "driver_orders", "car_owner"])
def test_elsewhere_they_are_second_persons(table: str) -> None:
    assert [*assign_slots(DRIVERS, table=table).values()] == ["driver", "driver", "", ""]


def test_a_table_of_guardians_that_names_their_children_has_both() -> None:
    columns = [("student_name", "", NAME), ("guardian_name", "", NAME), ("guardian_mobile", "", PHONE)]

    assert [*assign_slots(columns, table="guardian").values()] == ["", "guardian", "guardian"]


def test_a_table_of_second_persons_has_their_number_beside_a_name_but_not_their_phone() -> None:
    agents = [("agent_code", "", ("employee_no",)), ("name", "", NAME), ("id_no", "", ID)]
    assert set(assign_slots(agents, table="agent").values()) == {""}
    children = [("xm", "", NAME), ("jzdh", "", PHONE)]
    assert assign_slots(children, table="xs_guardian") == {"xm": "", "jzdh": "guardian"}


def test_the_child_is_the_person_of_a_row_with_a_guardian() -> None:
    columns = [
        ("child_name", "", NAME),
        ("child_id_no", "", ID),
        ("birthday", "", ("birth_date",)),
        ("guardian_mobile", "", PHONE),
    ]
    slots = assign_slots(columns)

    assert [slots[name] for name, _, _ in columns] == ["", "", "", "guardian"]


def test_numbered_names_are_several_persons() -> None:
    columns = [("order_account", "", ACCOUNT)] + [
        (f"{s}{n}", "", t) for n in (1, 2) for s, t in (("name", NAME), ("phone", PHONE))
    ]
    slots = assign_slots(columns)

    assert slots["name1"] == slots["phone1"] == "person_1"
    assert slots["name2"] == slots["phone2"] == "person_2"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            "contact1_name contact1_phone contact2_name contact2_phone",
            "contact_1 contact_1 contact_2 contact_2",
        ),
        ("contact1Name contact1Phone contact2Phone", "contact_1 contact_1 contact_2"),
        ("contact_name contact_phone contact2_name contact2Phone", "contact contact contact_2 contact_2"),
        ("联系人姓名 联系人电话 第二联系人电话", "contact contact contact_2"),
        ("contact_name contact2_phone", "contact contact"),  # perhaps a second phone of the contact
        ("联系人1姓名 联系人1电话 联系人2姓名 联系人2电话", "contact_1 contact_1 contact_2 contact_2"),
        ("第一联系人姓名 第一联系人电话 第二联系人姓名", "contact_1 contact_1 contact_2"),
        ("联系人一姓名 联系人一电话 联系人二电话", "contact_1 contact_1 contact_2"),
        ("first_contact_name first_contact_phone second_contact_phone", "contact_1 contact_1 contact_2"),
        (
            "紧急联系人1 紧急联系人1电话 紧急联系人2",
            "emergency_contact_1 emergency_contact_1 emergency_contact_2",
        ),
        ("guardian_name_1 guardian_phone_1 guardian_name_2", "guardian_1 guardian_1 guardian_2"),
        ("lxr1_name lxr1_phone lxr2_phone", "contact_1 contact_1 contact_2"),
        ("passenger1_name passenger1_phone passenger2_name", "person_1 person_1 person_2"),
        # What one person has is numbered, or there is one number.
        ("guardian_name guardian_phone1 guardian_phone2", "guardian guardian guardian"),
        ("监护人姓名 监护人电话1 监护人电话2", "guardian guardian guardian"),
        ("guardian_first_name guardian_second_name guardian_phone", "guardian guardian guardian"),
        ("guardian1_name guardian1_phone", "guardian guardian"),
        ("phone1 phone2 first_name second_name", "  "),
    ],
)
def test_numbered_persons_are_apart(headers: str, expected: str) -> None:
    columns = [(h, "", PHONE if re.search(r"(?i)phone|电话", h) else NAME) for h in headers.split()]
    slots = assign_slots([("uid", "", ACCOUNT), *columns])

    assert slots["uid"] == ""
    assert " ".join(slots[name] for name, *_ in columns).strip() == expected.strip()


def test_both_of_two_guardians_are_of_age() -> None:
    assert SlotPlan(slot="guardian_2").of_age
    assert not SlotPlan(slot="child_2").of_age


def test_numbered_phones_alone_are_one_person() -> None:
    assert set(assign_slots([("name", "", NAME), ("phone1", "", PHONE), ("phone2", "", PHONE)]).values()) == {
        ""
    }


def test_a_table_without_tags_has_no_slots() -> None:
    assert assign_slots([]) == {}


STAFF = ("employee_no",)
BESIDE = {  # columns of tables of contacts, and the slots found; the table is called after contacts, too
    "staff": ((("gh", STAFF), ("lxr", NAME), ("lxdh", PHONE)), ["", "contact", "contact"]),
    "pupils": (
        (("学号", ("student_no",)), ("家长姓名", NAME), ("电话", PHONE)),
        ["", "guardian", "guardian"],
    ),
    "staff with names": (
        (("gh", STAFF), ("姓名", NAME), ("紧急联系人", NAME), ("电话", PHONE)),
        ["", "", "emergency_contact", ""],
    ),
    "patients, whose doctor is named": (
        (("mrn", ("medical_record_no",)), ("doctor_name", NAME), ("phone", PHONE)),
        ["", "doctor", ""],
    ),
    "accounts, of which anybody has one": (
        (("account", ACCOUNT), ("联系人", NAME), ("电话", PHONE)),
        [""] * 3,
    ),
}


@pytest.mark.parametrize("what", BESIDE)
def test_contacts_beside_a_number_are_those_of_the_named(what: str) -> None:
    columns, expected = BESIDE[what]
    typed = [(name, "", types) for name, types in columns]

    assert [*assign_slots(typed, table="emergency_contact").values()] == expected
