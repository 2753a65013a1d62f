"""Cells that are masked, cut by a spreadsheet, placeholders, or not there."""

from __future__ import annotations

import pyarrow as pa
import pytest


@pytest.mark.parametrize(
    ("kind", "header", "masked"),
    [
        ("mobile", "手机号", lambda v: v[:3] + "****" + v[7:]),
        ("id_card", "id_no", lambda v: v[:4] + "**********" + v[-4:]),
        ("person_name", "姓名", lambda v: v[0] + "*" * (len(v) - 1)),
        ("bank_card", "bank_card_no", lambda v: v[:4] + "***********" + v[-4:]),
        ("email", "邮箱", lambda v: v[:1] + "****" + v[v.index("@") :]),
        ("uscc", "统一社会信用代码", lambda v: v[:4] + "**********" + v[-4:]),
        ("vin", "车架号", lambda v: v[:4] + "**********" + v[-3:]),
    ],
)
def test_masked_columns_are_tagged_as_masked(make, tags_of, kind, header, masked):
    values = [masked(value) for value in make(kind, 80)]
    assert tags_of(values, header)[kind].form == "masked"
    assert not tags_of(values, "c7")


def test_a_few_masked_cells_leave_the_column_plain(make, tags_of):
    values = [v[:3] + "****" + v[7:] if i % 4 == 0 else v for i, v in enumerate(make("mobile", 80))]
    assert tags_of(values, "手机号")["mobile"].form == "plain"


@pytest.mark.parametrize("placeholder", ["无", "N/A", "-", "null", "", "不详", "暂无"])
def test_placeholders_alone_hold_nothing_but_their_header_still_says_what_is_kept(tags_of, placeholder):
    assert not tags_of([placeholder] * 40, "c7")
    assert set(tags_of([placeholder] * 40, "身份证号")) == {"id_card"}


@pytest.mark.parametrize("number", ["13800138000", "11111111111", "12345678901", "00000000000"])
def test_placeholder_numbers_are_no_numbers(tags_of, number):
    assert not tags_of([number] * 40, "c7")


def test_an_empty_table_is_tagged_by_its_header_with_less_confidence(make, tags_of):
    (empty,) = tags_of(pa.array([], pa.string()), "身份证号").values()
    assert empty.prevalence is None
    assert [reason.kind for reason in empty.evidence] == ["header"]
    assert empty.confidence < tags_of(make("id_card"), "身份证号")["id_card"].confidence
    assert not tags_of(pa.array([], pa.string()), "c7")


def test_nulls_alone_are_like_an_empty_table(tags_of):
    assert set(tags_of(pa.nulls(50, pa.string()), "手机号")) == {"mobile"}
    assert not tags_of(pa.nulls(50), "c7")


@pytest.mark.parametrize(
    ("kind", "header"), [("mobile", "手机"), ("id_card", "身份证"), ("bank_card", "bank_card_no")]
)
def test_numbers_that_a_spreadsheet_damaged_are_still_told_by_their_header(make, tags_of, kind, header):
    numbers = [int(value) for value in make(kind, 60) if value.isdigit()]
    for written in ([f"{float(n):.5E}" for n in numbers], [float(n) for n in numbers]):
        assert set(tags_of(written, header)) == {kind}


@pytest.mark.parametrize(("kind", "header"), [("id_card", "身份证号"), ("bank_card", "银行卡号")])
def test_numbers_whose_last_digits_a_spreadsheet_lost_are_still_told(make, tags_of, kind, header):
    cut = [number[:15] + "0" * (len(number) - 15) for number in make(kind, 60)]

    assert kind in tags_of(cut, header)
    assert not tags_of(cut, "c7")
