"""Columns by which rows refer to somebody in another table: found by names, borne out by values."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from classifiers import Tag
from connectors import Column, Table
from scanner.assembly import Key
from scanner.stages.companies import lists_companies
from scanner.stages.held_keys import keys_held
from scanner.stages.named_keys import OF_ROWS, NamedKey, Whose, keys_of
from scanner.stages.person_words import reference

# Tables of one source, in groups or not, and their columns; the keys among them, as table.column=whose.
SCHEMAS = {
    "a shop": (
        "users: id name mobile | orders: id user_id amount | user_address: id user_id consignee",
        "users.id=users orders.user_id=users user_address.user_id=users",
    ),
    "its own name for the key": (
        "sys_user: user_id nick_name | login_log: info_id userId",
        "sys_user.user_id=sys_user login_log.userId=sys_user",
    ),
    "people of several kinds": (
        "ums_admin: id username | ums_member: id phone | ums_login: id admin_id ip | oms_order: id member_id",
        (
            "ums_admin.id=ums_admin ums_member.id=ums_member ums_login.admin_id=ums_admin "
            "oms_order.member_id=ums_member"
        ),
    ),
    "two tables of users, told apart by the first word": (
        "system_users: id | member_user: id | system_log: user_id | member_level: user_id",
        (
            "system_users.id=system_users member_user.id=member_user system_log.user_id=system_users "
            "member_level.user_id=member_user"
        ),
    ),
    "two tables of users, one of them plain": (
        "sys_user: id | users: id | orders: user_id | sys_user_role: user_id",
        "sys_user.id=sys_user users.id=users orders.user_id=users sys_user_role.user_id=sys_user",
    ),
    "two tables of users, and no telling": ("system_user: id | member_user: id | orders: user_id", ""),
    "those who have a role elsewhere, under a number of theirs": (
        "pet_owner: owner_id owner_name | pet: pet_id owner_id | authors: author_id | posts: id author_id",
        (
            "pet_owner.owner_id=pet_owner pet.owner_id=pet_owner "
            "authors.author_id=authors posts.author_id=authors"
        ),
    ),
    "members under the number of users, which no table lists": (
        "pre_member: uid email | pre_member_profile: uid qq | pre_post: pid authorid | pre_friend: uid fuid",
        (
            "pre_member.uid=pre_member pre_member_profile.uid=pre_member pre_post.authorid=pre_member "
            "pre_friend.uid=pre_member pre_friend.fuid=pre_member"
        ),
    ),
    "members under the number of users, whom another database lists": (
        "user_center/user: id mobile | crm/vip_member: user_id level | crm/orders: user_id",
        (
            "crm/orders.user_id=user_center/user crm/vip_member.user_id=user_center/user "
            "user_center/user.id=user_center/user"
        ),
    ),
    "users under another number, too, which nobody uses": (
        "users: id uid email referrer_id | kyc: user_id | t_landlord: id | t_lease: landlordId",
        (
            "kyc.user_id=users t_landlord.id=landlord t_lease.landlordId=landlord "
            "users.id=users users.referrer_id=users"
        ),
    ),
    "users under another number, which others use": (
        "users: id uid email | kyc: uid | log: uid",
        "kyc.uid=users log.uid=users users.uid=users",
    ),
    "shards": (
        "user_00: id | user_01: id | orders_00: user_id | orders_01: user_id",
        "user_00.id=user user_01.id=user orders_00.user_id=user orders_01.user_id=user",
    ),
    "layers of a warehouse": (
        "ods_user_info: id phone | dim_user_df: user_id phone | dwd_login: uid ip",
        "ods_user_info.id=user dim_user_df.user_id=user dwd_login.uid=user",
    ),
    "layers of a warehouse, each in a database": (
        "ods/ods_users_inc: id phone | dim/dim_user_zip: id phone | dwd/dwd_login_1d: user_id ip",
        "ods/ods_users_inc.id=user dim/dim_user_zip.id=user dwd/dwd_login_1d.user_id=user",
    ),
    "layers of two warehouses": (
        "mall_ods/users: id | mall_dwd/orders: user_id | crm_ods/users: id | crm_dwd/calls: user_id",
        (
            "mall_ods/users.id=mall/users mall_dwd/orders.user_id=mall/users "
            "crm_ods/users.id=crm/users crm_dwd/calls.user_id=crm/users"
        ),
    ),
    "another number of whoever is listed": (
        "users: id member_id | orders: member_id | logs: user_id",
        "users.id=users users.member_id=(member) orders.member_id=(member) logs.user_id=users",
    ),
    "whom people look after, and who does": (
        "elder: id | caregiver: id | visits: elder_id caregiver_id",
        "elder.id=elder caregiver.id=caregiver visits.elder_id=elder visits.caregiver_id=caregiver",
    ),
    "two numbers in one row": (
        "customer: id | orders: customer_id user_id | logs: user_id",
        "customer.id=customer orders.customer_id=customer orders.user_id=(user) logs.user_id=(user)",
    ),
    "staff, whatever they are called": (
        "staff: id | visits: doctor_id nurse_id",
        "staff.id=staff visits.doctor_id=staff visits.nurse_id=staff",
    ),
    "two lists of nearly one name": ("users: id | user: id | orders: user_id", ""),
    "parts of one application": (
        "mall_user/users: id | mall_order/orders: id user_id | mall_pay/payments: user_id",
        (
            "mall_user/users.id=mall_user/users mall_order/orders.user_id=mall_user/users "
            "mall_pay/payments.user_id=mall_user/users"
        ),
    ),
    "a database of accounts": (
        "auth/users: id | public/profiles: user_id | shop/orders: customer_id",
        "auth/users.id=auth/users public/profiles.user_id=auth/users shop/orders.customer_id=auth/users",
    ),
    "two databases with users, and no telling": (
        "mall_user/users: id | mall_user_test/users: id | mall_order/orders: user_id",
        "mall_order/orders.user_id=mall_order/(user)",
    ),
    "a part with users of its own": (
        "mall_user/users: id | mall_admin/users: id | mall_admin/log: user_id | mall_order/orders: member_id",
        (
            "mall_admin/users.id=mall_admin/users mall_admin/log.user_id=mall_admin/users "
            "mall_order/orders.member_id=mall_order/(member)"
        ),
    ),
    "a database whose name says whom it lists": (
        "user_center/users: id | orders_db/orders: user_id | hr/shifts: employee_id",
        (
            "user_center/users.id=user_center/users orders_db/orders.user_id=user_center/users "
            "hr/shifts.employee_id=hr/(employee)"
        ),
    ),
    "databases of two applications": (
        "crm/users: id | mall_user/users: id | erp/orders: user_id",
        "erp/orders.user_id=erp/(user)",
    ),
    "numbers of a warehouse beside those of its source": (
        "stg_customers: id | stg_order: customer_id | dim_customer: customer_key customer_id | sale: cust_sk",
        (
            "stg_customers.id=customers stg_order.customer_id=customers dim_customer.customer_id=customers "
            "dim_customer.customer_key=customers+(key) sale.cust_sk=customers+(key)"
        ),
    ),
    "two numbers of its own": (
        "users: id uuid | sessions: user_uuid | orders: user_id",
        "users.id=users users.uuid=users sessions.user_uuid=users orders.user_id=users",
    ),
    "another word for them": (
        "t_member: id | staff: id | orders: user_id | visits: id doctor_id",
        "t_member.id=member staff.id=staff orders.user_id=member visits.doctor_id=staff",
    ),
    "Yonyou": (
        "bd_psndoc: pk_psndoc code id | hi_psnjob: pk_psnjob pk_psndoc | users: pk_user | orders: pk_user_id",
        (
            "bd_psndoc.pk_psndoc=bd_psndoc hi_psnjob.pk_psndoc=bd_psndoc "
            "users.pk_user=users orders.pk_user_id=users"
        ),
    ),
    "Chinese": (
        "客户信息表: 主键 姓名 | 订单: 订单号 客户ID 金额",
        "客户信息表.主键=客户信息表 订单.客户ID=客户信息表",
    ),
    "pinyin": ("dl_log: id yhid ip", "dl_log.yhid=(user)"),
    "nobody lists them": ("events: id user_id page", "events.user_id=(user)"),
    "programs and browsers": ("oauth: id client_id | hits: visitor_id page", ""),
    "what somebody is in the row": (
        "users: id | friends: id create_user_id friend_user_id parent_id | t: order_id max_user_id uuid",
        "users.id=users friends.create_user_id=users friends.friend_user_id=users",
    ),
    "roles alone": (
        (
            "user: uid | message: sender_id receiver_id | post: author_id 发布人ID | "
            "t: source_id to_id from_id parent_id"
        ),
        (
            "user.uid=user message.sender_id=user message.receiver_id=user post.author_id=user "
            "post.发布人ID=user"
        ),
    ),
    "a role that a table lists": (
        "users: id | authors: id name | books: author_id editor_id | posts: sender_id",
        "users.id=users authors.id=authors books.author_id=authors posts.sender_id=users",
    ),
    "gold members are some of the members, or others": (
        "member: id | gold_member: id | gold/user: id | silver/user: id | silver/orders: user_id",
        "gold/user.id=user silver/user.id=user silver/orders.user_id=user",
    ),
    "roles of nobody listed": ("message: sender_id receiver_id", ""),
    "users of whom nobody lists any": (
        "chat: from_userid to_user_id body | post: create_user_id",
        "chat.from_userid=(user) chat.to_user_id=(user)",
    ),
    "two lists under their own number": (
        "sys_user: user_id | member_user: user_id | sys_log: user_id | orders: user_id",
        "sys_user.user_id=sys_user member_user.user_id=member_user sys_log.user_id=sys_user",
    ),
    "users who are staff beside members": (
        "member: id phone | sys_user: user_id phone | orders: member_id | log: user_id",
        "member.id=member orders.member_id=member sys_user.user_id=sys_user log.user_id=sys_user",
    ),
    "another word in another layer": (
        "ods_users: id | dim_customer: customer_id | dim_staff: id | dwd_orders: customer_id",
        "ods_users.id=users dim_customer.customer_id=users dwd_orders.customer_id=users",
    ),
    "some of those whom another table lists": (
        "user: user_id | vip_user: user_id | orders: user_id",
        "user.user_id=user vip_user.user_id=user orders.user_id=user",
    ),
    "customers that are companies": (
        (
            "customer: id customer_name industry credit_code | contact: id customer_id name | "
            "sys_user: id | visit: customer_id contact_id user_id client_id"
        ),
        ("contact.id=contact sys_user.id=sys_user visit.contact_id=contact visit.user_id=sys_user"),
    ),
    "members who are people, though of a trade": (
        "member: id name gender industry | orders: member_id",
        "member.id=member orders.member_id=member",
    ),
    "a list of nobody's rows": ("products: id title | order_items: id product_id", ""),
    "a table of links to users is no list of users": (
        "users: id | user_realname: id user_id real_name",
        "users.id=users user_realname.user_id=users",
    ),
}


def tables_of(schema: str) -> list[Table]:
    parts = (part.split(":") for part in schema.split("|"))
    return [table_of(name.strip(), columns.split()) for name, columns in parts]


def table_of(path: str, columns: list[str]) -> Table:
    group, _, name = path.rpartition("/")
    return Table(name=name, group=group, columns=tuple(Column(column, "string") for column in columns))


@pytest.mark.parametrize("what", SCHEMAS)
def test_names_tell_keys(what):
    schema, expected = SCHEMAS[what]
    tables = tables_of(schema)
    found = keys_of(tables, [table for table in tables if lists_companies(table)])

    assert " ".join(sorted(expected.split())) == " ".join(
        sorted(
            f"{'/'.join(place).lstrip('/')}.{column}={key.whose.id.lstrip('/').replace(' ', '+')}"
            for place, keys in found.items()
            for column, key in keys.items()
        )
    )


def test_comments_tell_what_names_do_not():
    tables = [
        commented("t_jbxx（患者基本信息表）", "id xm sjh"),
        commented("t_ghjl（挂号记录）", "id brid（患者ID，见 t_jbxx） ys（开单医生） bm（所属科室ID）"),
        commented("t_rz（login of patients）", "id pid（patient id）"),
    ]

    found = {
        place[1]: {c: key.whose.table for c, key in keys.items()} for place, keys in keys_of(tables).items()
    }
    assert found == {
        "t_jbxx": {"id": "jbxx"},
        "t_ghjl": {"brid": "jbxx"},
        "t_rz": {},
    }


def commented(table: str, columns: str) -> Table:
    """Return a table whose name, and the names of whose columns, have comments in brackets behind them."""
    name, _, comment = table.rstrip("）").partition("（")
    told = [column.rstrip("）").partition("（") for column in re.findall(r"\w+(?:（[^）]*）)?", columns)]
    return Table(name=name, comment=comment, columns=tuple(Column(c, "string", said) for c, _, said in told))


def test_a_list_in_another_database_is_called_by_both_names():
    assert Whose("mall_user", "users").seen_from("mall_order") == "mall_user/users"
    assert Whose("mall", "users").seen_from("mall_dwd") == "users"
    assert Whose("", "users").seen_from("dwd") == "users"


USERS = Whose("", "users")
ROWS = 60
NAMES = [f"{'王李张刘陈'[n % 5]}{'伟芳娜敏静丽强磊'[n % 8]}{n}" for n in range(ROWS)]
ONCE, TWICE = list(range(100, 100 + ROWS)), [100 + n // 2 for n in range(ROWS)]


def named(keys: dict[str, Whose]) -> dict[str, NamedKey]:
    return {column: NamedKey(whose, reference(column) or OF_ROWS) for column, whose in keys.items()}


def tag(pi_type: str, **more: str) -> tuple[Tag, ...]:
    return (Tag(type=pi_type, confidence=1.0, evidence=(), **more),)


# Table, keys by names, columns (a list of values, or a PI type under which they are), and the slots found.
HELD = {
    "a profile": ("profile", {"user_id": ONCE, "name": "person_name"}, {"user_id": ""}),
    "several names under one key": ("list", {"user_id": TWICE, "name": "person_name"}, {"user_id": "user"}),
    "an address book": ("user_address", {"user_id": ONCE, "name": "person_name"}, {"user_id": "user"}),
    "receivers": ("orders", {"user_id": TWICE, "receiver_name": "person_name"}, {"user_id": ""}),
    "receivers with a phone of nobody knows whom": (
        "orders",
        {"user_id": TWICE, "consignee": "person_name", "mobile": "mobile"},
        {"user_id": "user"},
    ),
    "drivers under their own key": (
        "driver",
        {"driver_id": ONCE, "driver_name": "person_name", "car_no": "license_plate"},
        {"driver_id": ""},
    ),
    "drivers of passengers": (
        "trips",
        {"passenger_id": TWICE, "driver_name": "person_name", "driver_phone": "mobile"},
        {"passenger_id": ""},
    ),
    "patients of users": ("booking", {"user_id": ONCE, "patient_name": "person_name"}, {"user_id": "user"}),
    "patients with an account": ("patient", {"user_id": ONCE, "name": "person_name"}, {"user_id": "user"}),
    "employees with an account": (
        "employees",
        {"user_id": ONCE, "employee_name": "person_name"},
        {"user_id": ""},
    ),
    "parents of students": (
        "parents",
        {"student_id": ONCE, "name": "person_name"},
        {"student_id": "student"},
    ),
    "teachers of students": (
        "lessons",
        {"student_id": ONCE, "教师姓名": "person_name"},
        {"student_id": "student"},
    ),
    "people by the word for anybody": (
        "kyc",
        {"user_id": ONCE, "person_name": "person_name"},
        {"user_id": ""},
    ),
    "customers are users": ("kyc", {"user_id": ONCE, "customer_name": "person_name"}, {"user_id": ""}),
    "whom and by whom": (
        "visits",
        {"doctor_id": TWICE, "patient_id": ONCE},
        {"patient_id": "", "doctor_id": "doctor"},
    ),
    "rows of people with an account": (
        "customers",
        {"user_id": TWICE, "id": ONCE},
        {"id": "", "user_id": "user"},
    ),
    "numbers of rows that repeat": ("users", {"id": TWICE}, {}),
    "two of one word": ("orders", {"user_id": ONCE, "uid": TWICE}, {"user_id": ""}),
    "the short one first": ("social_auth", {"uid": ONCE, "user_id": TWICE}, {"user_id": ""}),
    "nothing in it": ("orders", {"user_id": [None] * ROWS}, {}),
    "text, not a key": ("orders", {"user_id": ["x" * 65] * ROWS}, {}),
    "numbers of an issuer": ("orders", {"user_id": "user_account"}, {"user_id": ""}),
    "tagged already": ("orders", {"user_id": "mobile"}, {}),
}


REMARK, AMOUNT = tag("person_name", form="embedded"), tag("transaction_amount")
REJECTED = tag("person_name", decision="rejected")
OWN = {  # columns, beside the key, that say nothing of whom the rows name
    "people in running text": {"content": REMARK},
    "no names, as a reviewer says": {"content": REJECTED},
    "an amount beside receivers": {"receiver_name": tag("person_name"), "pay_amount": AMOUNT},
}


@pytest.mark.parametrize("what", OWN)
def test_a_key_is_the_rows_own_persons_unless_plain_names_or_contacts_say_otherwise(what):
    batch = pa.record_batch({"user_id": pa.array(TWICE)} | {c: pa.array(NAMES) for c in OWN[what]})

    found = keys_held(batch, table_of("reviews", ["user_id"]), named({"user_id": USERS}), OWN[what])

    assert found == {"user_id": Key("users", "", "/users")}


@pytest.mark.parametrize("what", HELD)
def test_values_bear_keys_out(what):
    table, columns, expected = HELD[what]
    tags = {column: tag(held) for column, held in columns.items() if isinstance(held, str)}
    batch = pa.record_batch({c: pa.array(NAMES if isinstance(v, str) else v) for c, v in columns.items()})
    keys = {c: USERS for c, held in columns.items() if not isinstance(held, str) or c == "user_id"}

    found = keys_held(batch, table_of(table, list(columns)), named(keys), tags)
    assert found == {c: Key("users", slot, "/users") for c, slot in expected.items()}


SAME = [NAMES[n // 2] for n in range(ROWS)]  # whoever has a number of TWICE
STATES = {  # what stands beside numbers that come in two rows each, and whether they are of persons
    "nothing": ({}, False),
    "always the same phone": ({"mobile": SAME}, True),
    "other phones": ({"mobile": NAMES}, False),
    "the same phone and other documents": ({"mobile": SAME, "id_card": NAMES}, False),
}


@pytest.mark.parametrize("what", STATES)
def test_rows_of_several_days_repeat_numbers_with_the_same_person(what):
    beside, are_persons = STATES[what]
    batch = pa.record_batch({"id": pa.array(TWICE)} | {c: pa.array(values) for c, values in beside.items()})
    found = keys_held(batch, table_of("users", ["id"]), named({"id": USERS}), {c: tag(c) for c in beside})

    assert found == ({"id": Key("users", "", "/users")} if are_persons else {})


def test_numbers_of_a_warehouse_and_of_its_source_are_of_one_person():
    columns = {"customer_key": ONCE, "customer_id": TWICE, "customer_name": SAME}
    batch = pa.record_batch({column: pa.array(values) for column, values in columns.items()})
    whose = {"customer_key": Whose("", "customers (key)"), "customer_id": Whose("", "customers")}
    found = keys_held(
        batch, table_of("dim_customer", list(columns)), named(whose), {"customer_name": tag("person_name")}
    )

    assert {column: (key.whose, key.slot) for column, key in found.items()} == {
        "customer_key": ("customers (key)", ""),
        "customer_id": ("customers", ""),
    }
