"""From samples to tags: how sure they are, what they rest on, and what neighbours say."""

from __future__ import annotations

import pytest

from classifiers import decide


def test_small_samples_earn_less_confidence(make, tags_of):
    sure = [tags_of(make("id_card", n))["id_card"].confidence for n in (5, 20, 200)]
    assert sure == sorted(sure)
    assert sure[0] < sure[-1] - 0.1


def test_a_header_and_values_are_surer_than_values_alone(make, tags_of):
    numbers = make("mobile", 50)
    assert tags_of(numbers, "手机号")["mobile"].confidence > tags_of(numbers, "c7")["mobile"].confidence


def test_one_valid_cell_is_no_column_of_them(make, tags_of):
    assert not tags_of(make("id_card", 1) + make("snowflake", 60))


def test_names_of_models_again_and_again_are_no_devices(tags_of):
    models = ["iPhone", "Mi 11", "P40"]

    assert not tags_of(models * 100, "device")
    assert tags_of(models * 5, "device").keys() == {"device_id"}  # hand-made rows of a test system
    assert tags_of(["汉", "回", "满"] * 100, "民族").keys() == {"ethnicity"}


@pytest.mark.parametrize("foreign", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("kind", ["id_card", "mobile", "email", "bank_card", "license_plate", "uscc", "vin"])
def test_contamination_does_not_hide_a_column_and_shows_in_its_prevalence(make, tags_of, kind, foreign):
    count = round(200 * foreign)
    tag = tags_of(make(kind, 200 - count) + make("junk", count))[kind]
    assert tag.prevalence == pytest.approx(1 - foreign, abs=0.01)


@pytest.mark.parametrize(
    ("header", "values", "type_"),
    [
        ("birthday", [f"1987-03-{day:02}" for day in range(1, 29)], "birth_date"),
        ("openid", [f"oQ{n:026}" for n in range(28)], "wechat_id"),
        ("mobile", [f"138****{n}" for n in range(5_000, 5_028)], "mobile"),
    ],
)
def test_prevalence_where_a_header_decides_is_of_cells_that_could_be(tags_of, header, values, type_):
    assert tags_of(values, header)[type_].prevalence == 1
    assert tags_of([*values, *["?! "] * 28], header)[type_].prevalence == pytest.approx(0.5, abs=0.01)


def test_prevalence_counts_only_cells_that_say_something(make, tags_of):
    tag = tags_of(make("mobile", 50) + [None] * 30 + [""] * 10 + ["无"] * 10)["mobile"]
    assert tag.prevalence == 1


@pytest.mark.parametrize(
    "written", ["¥{:,.2f}", "￥ {:.2f}", "{:,.2f}", "{:.0f}元", "RMB {:,.0f}", "{:.1f}万元"]
)
def test_amounts_are_numbers_however_they_are_written(tags_of, written):
    values = [written.format(3_100 + 977.5 * i) for i in range(40)]
    assert "salary" in tags_of(values, "应发薪金")


def test_a_tag_always_says_what_it_rests_on(make, tags_of):
    for header in ("c7", "手机号"):
        tag = tags_of(make("mobile"), header)["mobile"]
        assert any(reason.kind == "values" and reason.matched == 60 for reason in tag.evidence)
        assert all(reason.supports for reason in tag.evidence)


def test_contradicting_evidence_is_shown(make, tags_of):
    tag = tags_of(make("id_card"), "order_no")["id_card"]
    assert any(not reason.supports and reason.detail == "order no" for reason in tag.evidence)
    tag = tags_of(make("id_card"), "手机号")["id_card"]
    assert any(not reason.supports and "mobile" in reason.detail for reason in tag.evidence)


def test_a_check_digit_stands_against_a_header_and_mere_shape_does_not(make, tags_of):
    assert "id_card" in tags_of(make("id_card"), "商品名称")
    assert not tags_of(make("person_name", 30) + make("product", 30), "商品名称")
    assert not tags_of(make("digest"), "file_md5")


def test_a_comment_says_more_than_a_column_name(make, tags_of):
    assert set(tags_of(make("mobile"), "acc", "手机号码")) == {"mobile"}
    codes = ["1", "2", "1", "2", "0"] * 12
    assert set(tags_of(codes, "f3", "性别：0->未知；1->男；2->女")) == {"gender"}
    assert not tags_of(codes, "mobile", "状态：0->停用；1->启用")


def test_columns_of_one_name_are_kept_apart(evidence_of, make):
    evidence = evidence_of([("c7", make("mobile")), ("c7", make("order_no"))])
    assert [[tag.type for tag in decide(column)] for column in evidence] == [["mobile"], []]


@pytest.mark.parametrize(
    ("header", "values", "types"),
    [
        ("疫苗名称", ["流感", "乙脑", "百白破", "乙肝疫苗", "HPV"], {"medication"}),
        ("ymmc", ["流脑", "乙脑", "百白破", "脊灰", "麻腮风"], {"medication"}),
        ("ymmc", ["首页", "购物车", "订单详情", "个人中心", "搜索结果"], set()),  # of pages
    ],
)
def test_vaccines_beside_people_are_what_they_were_given(evidence_of, make, header, values, types):
    people = [("姓名", make("person_name")), ("手机号", make("mobile")), ("sex", make("gender"))]
    *_, column = evidence_of([*people, (header, values * 12)])

    assert {tag.type for tag in decide(column)} == types


def test_neighbours_make_a_bare_name_a_persons(evidence_of, make):
    people = [("name", make("person_name")), ("id_card", make("id_card")), ("mobile", make("mobile"))]
    evidence = evidence_of([*people, ("sex", make("gender")), ("tel", make("landline"))])
    assert [[tag.type for tag in decide(column)][:1] for column in evidence] == [
        ["person_name"],
        ["id_card"],
        ["mobile"],
        ["gender"],
        ["landline"],
    ]


@pytest.mark.parametrize(
    ("header", "values", "type_"),
    [
        ("email", [f"lisi{n}@example.com" for n in range(60)], "user_account"),
        ("password", [f"$2a$10${n:053}" for n in range(60)], "user_account"),
        ("amount", [n + 0.5 for n in range(60)], ""),
        ("subject", [f"{1000 + n}" for n in range(60)], ""),
    ],
)
def test_an_account_is_a_login_beside_a_password_or_an_address(evidence_of, header, values, type_):
    column, _ = evidence_of([("account", [f"zhang{n}" for n in range(60)]), (header, values)])

    assert [tag.type for tag in decide(column)] == [type_] * bool(type_)


def test_a_huge_cell_is_cut(make, tags_of):
    values = [*make("mobile", 40), "1" * 5_000_000]
    assert set(tags_of(values)) == {"mobile"}
