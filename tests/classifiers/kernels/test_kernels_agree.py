"""A kernel gives what its scalar validator gives, cell by cell, on values, noise and junk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import kernels, validators
from classifiers.validators import (
    VALIDATORS,
    cn_resident_id,
    email,
    exit_entry_permit,
    hkmo_permit,
    icd10_code,
    imsi,
    ip_address,
    license_plate,
    mac_address,
    military_id,
    org_code,
    passport,
    property_cert,
    tax_id,
    tw_permit,
    uscc,
    vin,
    wechat_id,
)
from classifiers.validators._checks import luhn, mod_11_2, mod_11_10

CASES_FILE = Path(__file__).parents[1] / "validators" / "formats.yaml"
CASES = [
    (pi_type, cell, expected)
    for pi_type, rows in yaml.safe_load(CASES_FILE.read_text(encoding="utf-8")).items()
    for cell, expected, _ in rows
]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def shaped(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


def checked(bodies: st.SearchStrategy[str], check) -> st.SearchStrategy[str]:
    return bodies.map(lambda body: body + check(body))


@st.composite
def identity_bodies(draw, head: str):
    """The first 17 digits of an identity number."""
    born = draw(st.dates(date(1849, 1, 1), date(2101, 12, 31)))
    return f"{draw(shaped(head))}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"


def fifteen(number: str) -> str:
    return number[:6] + number[8:17]


def with_vin_check(number: str) -> str:
    return number[:8] + vin.check_character(number) + number[9:]


identity = checked(identity_bodies("[1-8][0-9]{5}"), mod_11_2)
VALUES = {
    "id_card": identity | identity.map(fifteen),
    "hmt_residence_permit": checked(identity_bodies("8[123]0000"), mod_11_2),
    "foreign_pr_card": checked(identity_bodies("9[1-6][0-9]{4}"), mod_11_2) | shaped("[A-Z]{3}[0-9]{12}"),
    "mobile": shaped("1[3-9][0-9]{9}"),
    "landline": shaped("0(10|2[0-9]|[3-9][0-9]{2})-?[2-8][0-9]{2,3}[ -]?[0-9]{4}((-|转|x)[0-9]{1,6})?"),
    "email": shaped(email.SHAPE.replace("*", "{0,9}").replace("+(?:", "{1,2}(?:")),
    "bank_card": checked(shaped("(62|60|9|5|4|3|2|8)[0-9]{10,17}"), luhn),
    "uscc": checked(shaped(uscc.SHAPE.replace("{10}", "{9}")), uscc.check_character),
    "org_code": checked(shaped("[0-9A-Z]{8}"), org_code.check_character),
    "business_license": checked(shaped("[0-9]{14}"), mod_11_10),
    "tax_id": shaped(tax_id.OLD_SHAPE)
    | identity.map(lambda n: n + "01")
    | identity.map(lambda n: fifteen(n) + "01"),
    "passport": shaped(passport.SHAPE),
    "hkmo_permit": shaped(hkmo_permit.SHAPE),
    "tw_permit": shaped(tw_permit.SHAPE),
    "exit_entry_permit": shaped(exit_entry_permit.SHAPE),
    "military_id": shaped(military_id.SHAPE),
    "license_plate": shaped(license_plate.SHAPE),
    "vin": shaped(vin.SHAPE).map(with_vin_check),
    "imei": checked(shaped("[0-9]{14}"), luhn) | shaped("(86|35|01|62)[0-9]{12}([0-9]{2})?"),
    "imsi": shaped(imsi.SHAPE),
    "iccid": checked(shaped("8986[0-9]{14,15}"), luhn),
    "ip_address": st.ip_addresses().map(str)
    | st.ip_addresses(v=6).map(lambda a: a.exploded)
    | shaped(ip_address.PLAIN_V6),
    "mac_address": shaped(mac_address.SHAPE) | shaped("[0-9a-fA-F]{12}"),
    "wechat_id": shaped(wechat_id.SHAPE),
    "qq": shaped("[0-9]{4,12}"),
    "weibo_id": shaped("[0-9]{9,11}"),
    "postcode": shaped("[0-9]{6}"),
    "property_cert": shaped(property_cert.SHAPE),
    "icd10_code": shaped(icd10_code.SHAPE),
}
TOKENS = (
    shaped("[A-Za-z]{0,3}[0-9]{3,12}") | shaped("[A-Za-z0-9._@#*-]{1,70}") | shaped("[0-9]{4,9}[.]0{1,3}")
)
NOISE = [
    lambda cell: f"  {cell}\t",
    lambda cell: f"\u00a0{cell}\u3000",
    lambda cell: f"'{cell}",
    lambda cell: f"[{cell}）",
    lambda cell: f"<{cell}>",
    lambda cell: f"号码：{cell}",
    lambda cell: f"TEL:{cell}",
    lambda cell: f"No.{cell}",
    lambda cell: f"+86 {cell}",
    lambda cell: f"{cell}.0",
    lambda cell: f"{cell};\n",
    lambda cell: cell[:4] + "\u200b" + cell[4:],
    lambda cell: cell[:3] + "-" + cell[3:],
    lambda cell: " ".join(cell[i : i + 4] for i in range(0, len(cell), 4)),
    lambda cell: cell[:3] + "****" + cell[7:],
    lambda cell: cell[:3] + "xxxx" + cell[7:],
    lambda cell: cell.translate(FULL_WIDTH),
    str.upper,
    str.lower,
    str,
    str,
]
JUNK = st.text(max_size=24) | st.text("0123456789 -xX*#:：.()（）[]'`+号码A", max_size=24)


def cells_of(pi_type: str) -> st.SearchStrategy[list[str | None]]:
    values = VALUES.get(pi_type, TOKENS)
    noisy = st.builds(lambda cell, noise: noise(cell), values, st.sampled_from(NOISE))
    return st.lists(values | noisy | JUNK | st.none(), max_size=30)


@pytest.mark.parametrize("pi_type", sorted(VALIDATORS))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_kernel_and_validator_agree(pi_type, data):
    cells = data.draw(cells_of(pi_type))

    found = kernels.canonical(pi_type, pa.array(cells, pa.string())).to_pylist()

    assert found == [None if cell is None else validators.canonical(pi_type, cell) for cell in cells]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(max_size=12) | st.text(" '`0123456789.０１－—\u200b\u3000\t\x00张", max_size=12), max_size=20
    )
)
def test_clean_is_fold(cells):
    found = kernels.clean(pa.array(cells, pa.string())).to_pylist()

    assert found == [validators.fold(cell) or None for cell in cells]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("0123456789xX*#●•张三@.- a", max_size=14), max_size=20))
def test_is_masked_agrees(cells):
    found = kernels.is_masked(pa.array(cells, pa.string())).tolist()

    assert found == [validators.is_masked(validators.fold(cell)) for cell in cells]


@pytest.mark.parametrize(
    "pi_type", ["mobile", "email", "bank_card", "landline", "qq", "military_id", "employee_no", ""]
)
@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(
        st.text("0123456789", max_size=19) | shaped("(0{5,19}|1{5,19}|[A-Z]{1,3}9{6,9}|test|无|N/A|--)"),
        max_size=20,
    )
)
def test_is_placeholder_agrees(pi_type, cells):
    found = kernels.is_placeholder(pi_type, pa.array(cells, pa.string())).tolist()

    folded = [validators.fold(cell) for cell in cells]
    assert found == [bool(cell) and validators.is_placeholder(pi_type, cell) for cell in folded]


@pytest.mark.parametrize("pi_type", sorted({pi_type for pi_type, _, _ in CASES}))
def test_cases_of_the_validators_in_one_column(pi_type):
    rows = [(cell, expected) for of_type, cell, expected in CASES if of_type == pi_type]

    found = kernels.canonical(pi_type, pa.array([cell for cell, _ in rows])).to_pylist()

    assert found == [expected for _, expected in rows]


def test_every_validator_has_a_kernel_and_the_reverse():
    assert all(kernels.has_kernel(pi_type) for pi_type in VALIDATORS)
    assert not kernels.has_kernel("person_name")


@settings(max_examples=100, deadline=None)
@given(st.lists(identity | identity.map(fifteen) | st.none(), max_size=20))
def test_birth_dates_are_those_of_the_validator(numbers):
    canonical = kernels.canonical("id_card", pa.array(numbers, pa.string()))

    found = kernels.birth_dates(canonical).to_pylist()

    assert found == [n and cn_resident_id.birth_date(n) for n in canonical.to_pylist()]
