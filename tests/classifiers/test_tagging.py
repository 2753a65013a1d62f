"""From samples to tags: confidence, contamination, hard negatives, structures, binary cells, laws."""

from __future__ import annotations

import base64
import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifiers import decide, gather
from classifiers.catalogue import built_in
from classifiers.evidence import STRONG
from classifiers.ranking import lower_bound
from connectors import Column, Table


def gathered(columns, reader=None):
    """Evidence of a table given as (header, values) pairs; headers may repeat."""
    arrays = [values if isinstance(values, pa.Array) else pa.array(values) for _, values in columns]
    names = [name for name, _ in columns]
    batch = pa.RecordBatch.from_arrays(arrays, names=names)
    return gather(batch, Table(name="t", columns=tuple(Column(n, "", "") for n in names)), reader)


# ---------------------------------------------------------------------- how sure
def test_small_samples_earn_less_confidence(make, tags_of):
    sure = [tags_of(make("id_card", n))["id_card"].confidence for n in (5, 20, 200)]
    assert sure == sorted(sure)
    assert sure[0] < sure[-1] - 0.1


def test_a_header_and_values_are_surer_than_values_alone(make, tags_of):
    numbers = make("mobile", 50)
    assert tags_of(numbers, "手机号")["mobile"].confidence > tags_of(numbers, "c7")["mobile"].confidence


def test_one_valid_cell_is_no_column_of_them(make, tags_of):
    assert not tags_of(make("id_card", 1) + make("snowflake", 60))


@pytest.mark.parametrize("foreign", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("kind", ["id_card", "mobile", "email", "bank_card", "license_plate", "uscc", "vin"])
def test_contamination_does_not_hide_a_column_and_shows_in_its_prevalence(make, tags_of, kind, foreign):
    count = round(200 * foreign)
    tag = tags_of(make(kind, 200 - count) + make("junk", count))[kind]
    assert tag.prevalence == pytest.approx(1 - foreign, abs=0.01)


def test_prevalence_counts_only_cells_that_say_something(make, tags_of):
    tag = tags_of(make("mobile", 50) + [None] * 30 + [""] * 10 + ["无"] * 10)["mobile"]
    assert tag.prevalence == 1


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


@pytest.mark.parametrize(
    "written", ["¥{:,.2f}", "￥ {:.2f}", "{:,.2f}", "{:.0f}元", "RMB {:,.0f}", "{:.1f}万元"]
)
def test_amounts_are_numbers_however_they_are_written(tags_of, written):
    values = [written.format(3_100 + 977.5 * i) for i in range(40)]
    assert "salary" in tags_of(values, "应发薪金")


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


# ---------------------------------------------------------------------- numbers as numbers
@pytest.mark.parametrize(
    "array",
    [
        lambda v: pa.array([int(x) for x in v], pa.int64()),
        lambda v: pa.array([float(x) for x in v], pa.float64()),
        lambda v: pa.array([x + ".0" for x in v]),
        lambda v: pa.array([int(x) for x in v]).cast(pa.decimal128(20, 0)),
        lambda v: pa.array(v, pa.large_string()),
        lambda v: pa.array(v).dictionary_encode(),
        lambda v: pa.array([None, *v, None]).slice(1, len(v)),
    ],
    ids=["int64", "float64", "text with .0", "decimal", "large string", "dictionary", "slice"],
)
def test_phone_numbers_are_found_in_any_arrow_type(make, tags_of, array):
    assert set(tags_of(array(make("mobile", 80)))) == {"mobile"}


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary(11)])
def test_bytes_that_are_text_are_read_as_text(make, tags_of, kind):
    assert "mobile" in tags_of(pa.array([number.encode() for number in make("mobile", 40)], kind), "c7")


@pytest.mark.parametrize(
    "kind", [pa.list_(pa.string()), pa.large_list(pa.string()), pa.list_(pa.int64()), pa.list_(pa.binary())]
)
def test_members_of_lists_are_looked_at(make, tags_of, kind):
    values = [number.encode() if kind.value_type == pa.binary() else number for number in make("mobile", 40)]
    pairs = [[int(value) if kind.value_type == pa.int64() else value] * 2 for value in values]

    assert tags_of(pa.array([*pairs, None, []], kind), "c7")["mobile"].form == "embedded"


def test_a_header_alone_says_what_empty_lists_are_for(tags_of):
    assert tags_of(pa.array([[], None], pa.list_(pa.string())), "手机号")["mobile"].form == "plain"


def test_long_lists_in_json_are_opened(make, tags_of):
    assert "mobile" in tags_of([json.dumps(make("mobile", 30))] * 5)


def test_a_chunked_column_is_like_a_whole_one(make, tags_of):
    numbers = make("mobile", 80)
    chunks = pa.chunked_array([numbers[:30], numbers[30:]])
    assert set(tags_of(pa.concat_arrays(chunks.chunks))) == {"mobile"}


@pytest.mark.parametrize("start", [13_000_000_000, 15_912_340_000, 6_222_021_234_567_890])
def test_counters_are_no_numbers_of_people(tags_of, start):
    assert not tags_of([start + 7 * i for i in range(300)])
    assert not tags_of([str(start + i) for i in range(300)])


# ---------------------------------------------------------------------- hard negatives
@pytest.mark.parametrize("header", ["c7", "ref_no", "备注"])
@pytest.mark.parametrize(
    "kind",
    [
        *(
            "order_no",
            "order_no_like_id",
            "snowflake",
            "epoch_ms",
            "serial",
            "luhn_sku",
            "product",
            "company",
        ),
        *(
            "course",
            "version",
            "isbn",
            "ean",
            "tracking",
            "bare_tracking",
            "digest",
            "uuid",
            "flight",
            "stock",
        ),
        *("asset", "order_date", "amount", "url", "file", "cidr", "log", "vector", "noise_bytes", "junk"),
    ],
)
def test_what_looks_like_personal_data_is_not_tagged(make, tags_of, kind, header):
    assert not tags_of(make(kind, 150), header)


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("product", "goods_name"),
        ("product", "货品名称"),
        ("company", "supplier_name"),
        ("course", "课程名称"),
        ("order_no", "交易流水号"),
        ("luhn_sku", "card_type"),
        ("uuid", "trace_id"),
        ("version", "ip版本"),
        ("flight", "航班号"),
        ("vector", "item_embedding"),
        ("vector", "振动序列"),
        ("packed_vector", "sensor_data"),
        ("jpeg", "商品图片"),
        ("digest", "校验值"),
        ("order_date", "创建日期"),
        ("epoch_ms", "created_ts"),
    ],
)
def test_nor_under_a_header_of_its_own(make, tags_of, kind, header):
    assert not tags_of(make(kind, 150), header)


# ---------------------------------------------------------------------- several values in a cell
FIELDS = {"mobile": "mobile", "idNo": "id_card", "email": "email"}


@pytest.fixture
def people(make):
    return [
        dict(zip(FIELDS, row, strict=True))
        for row in zip(*(make(kind, 40) for kind in FIELDS.values()), strict=True)
    ]


@pytest.mark.parametrize(
    "written",
    [
        json.dumps,
        lambda p: json.dumps({"seq": 1, "body": {"users": [p]}, "ok": True}),
        lambda p: "<r>" + "".join(f"<{k}>{v}</{k}>" for k, v in p.items()) + "</r>",
        lambda p: "&".join(f"{k}={v}" for k, v in p.items()),
        lambda p: "; ".join(f"{k}: {v}" for k, v in p.items()),
        lambda p: "|".join(p.values()),
        lambda p: "^".join(p.values()),
        lambda p: ",".join(p.values()),
    ],
    ids=["json", "nested json", "xml", "query", "pairs", "bar", "caret", "comma"],
)
def test_structures_are_opened(people, tags_of, written):
    tags = tags_of([written(person) for person in people], "payload")
    assert set(tags) == set(FIELDS.values())
    assert {tag.form for tag in tags.values()} == {"embedded"}


@pytest.mark.parametrize("separator", ["|", ";", "、", "/", "，"])
@pytest.mark.parametrize("kind", ["mobile", "email", "icd10", "license_plate"])
def test_cells_that_hold_several_values_are_opened(make, tags_of, kind, separator):
    values = make(kind, 120)
    cells = [separator.join(values[i : i + 1 + i % 3]) for i in range(0, 117, 3)]
    assert set(tags_of(cells)) == {{"icd10": "icd10_code"}.get(kind, kind)}


@pytest.mark.parametrize("cell", ["2021/3/{}", "{}/45", "x/{}/y", "第{}，共九", "{}、已发货、待签收"])
def test_signs_within_cells_are_not_always_lists(tags_of, cell):
    assert not tags_of([cell.format(i) for i in range(60)])


@pytest.mark.parametrize(
    "cell",
    [
        "姓名:{};手机:{};邮箱:{}",
        "姓名：{}，电话：{}，邮箱：{}",
        "n: {}\nt: {}\nm: {}",
        '["{}","{}","{}"]',
        "{{'n': '{}', 't': '{}', 'm': '{}', 'x': None}}",
        "{}||{}||{}",
        "{}$${}$${}",
    ],
)
def test_cells_that_join_values_are_opened(make, tags_of, cell):
    rows = zip(make("person_name", 60), make("mobile", 60), make("email", 60), strict=True)
    assert set(tags_of([cell.format(*row) for row in rows])) == {"person_name", "mobile", "email"}


VECTORS = np.random.default_rng(3).normal(size=(40, 64))


@pytest.mark.parametrize(
    "written",
    [
        lambda v: " ".join(f"{x:.4f}" for x in v),
        lambda v: ",".join(f"{x:.4f}" for x in v),
        lambda v: "|".join(f"{x:.4f}" for x in v),
        lambda v: "{" + ", ".join(f"{x:.4f}" for x in v) + "}",
        lambda v: v.astype("<f4").tobytes(),
        lambda v: v.astype("<f8").tobytes(),
        lambda v: base64.urlsafe_b64encode(v.astype("<f4").tobytes()).decode().rstrip("="),
    ],
)
def test_a_vector_is_one_however_it_is_stored(tags_of, written):
    values = [written(vector) for vector in VECTORS]
    assert set(tags_of(values, "面部特征向量")) == {"face_embedding"}
    assert set(tags_of(values, "语音模板")) == {"voiceprint"}
    assert not tags_of(values, "c7")


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(64)])
def test_a_template_is_known_by_its_first_bytes_in_every_binary_type(tags_of, kind):
    template = (b"FMR\x00 20\x00" + bytes(range(64)))[:64]
    assert set(tags_of(pa.array([template] * 30, kind))) == {"fingerprint"}


@pytest.mark.parametrize(
    ("kind", "header"), [("mobile", "手机"), ("id_card", "身份证"), ("bank_card", "bank_card_no")]
)
def test_numbers_that_a_spreadsheet_damaged_are_still_told_by_their_header(make, tags_of, kind, header):
    numbers = [int(value) for value in make(kind, 60) if value.isdigit()]
    for written in ([f"{float(n):.5E}" for n in numbers], [float(n) for n in numbers]):
        assert set(tags_of(written, header)) == {kind}


@pytest.mark.parametrize("cell", ["\xa0{}\u3000", "\ufeff{}", "\u200b{}\u200b"])
def test_unseen_characters_around_a_structure_do_not_close_it(tags_of, cell):
    values = [cell.format(json.dumps({"lng": 100.123456 + i, "lat": 30.654321 + i / 9})) for i in range(50)]
    assert set(tags_of(values)) == {"geo_location"}


def test_structures_of_settings_hold_nothing(make, tags_of):
    rows = [json.dumps({"retry": i % 5, "skuId": number}) for i, number in enumerate(make("bare_tracking"))]
    assert not tags_of(rows, "config_json")


def test_broken_structures_do_no_harm(people, tags_of):
    rows = [json.dumps(person) for person in people]
    assert set(tags_of([row[:-1] if i % 5 == 0 else row for i, row in enumerate(rows)], "ext")) == set(
        FIELDS.values()
    )
    tags_of(['{"a": '] * 40 + ["<a><b></a>"] * 40 + ["a=" * 20] * 40)
    tags_of(["[" * 100_000] * 3)
    tags_of(['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'] * 20)


class Reader:
    limits = ""

    def __init__(self, found):
        self.found, self.read = found, []

    def summarise(self, texts):
        self.read.extend(texts)
        return self.found


def test_running_text_is_handed_to_the_reader(tags_of):
    reader = Reader({"mobile": 12})
    texts = [f"客户来电要求改期，第{i}次，请尽快处理" for i in range(40)]
    assert tags_of(texts, "备注", reader=reader)["mobile"].form == "embedded"
    assert sorted(reader.read) == sorted(texts)


def test_codes_and_plain_columns_are_not_handed_to_the_reader(make, tags_of):
    reader = Reader({"mobile": 12})
    for kind in ("order_no", "digest", "mobile", "uuid", "amount"):
        tags_of(make(kind), reader=reader)
    assert not reader.read


# ---------------------------------------------------------------------- bytes and vectors
@pytest.mark.parametrize("encode", [bytes, lambda b: base64.b64encode(b).decode(), lambda b: b.hex().upper()])
@pytest.mark.parametrize(
    ("kind", "pi_type", "header"),
    [
        ("fingerprint", "fingerprint", "c7"),
        ("iris", "iris", "c7"),
        ("face_record", "face_image", "c7"),
        ("jpeg", "face_image", "face_photo"),
        ("packed_vector", "face_embedding", "face_feature"),
    ],
)
def test_biometrics_are_found_in_any_encoding(make, tags_of, kind, pi_type, header, encode):
    assert set(tags_of([encode(value) for value in make(kind, 20)], header)) == {pi_type}


def test_photographs_are_found_in_data_uris(make, tags_of):
    texts = ["data:image/jpeg;base64," + base64.b64encode(value).decode() for value in make("jpeg", 20)]
    assert set(tags_of(texts, "证件照")) == {"face_image"}
    assert not tags_of(texts, "product_img")


@pytest.mark.parametrize(
    "array",
    [
        lambda v: pa.array(v, pa.list_(pa.float32())),
        lambda v: pa.array(v, pa.list_(pa.float32(), 128)),
        lambda v: pa.array(v, pa.large_list(pa.float64())),
        lambda v: pa.array([json.dumps(x) for x in v]),
    ],
    ids=["list", "fixed-size list", "large list", "json"],
)
def test_vectors_are_named_by_their_header(make, tags_of, array):
    vectors = array(make("vector", 20))
    assert set(tags_of(vectors, "人脸特征")) == {"face_embedding"}
    assert set(tags_of(vectors, "voiceprint")) == {"voiceprint"}
    assert not tags_of(vectors, "c7")
    assert not tags_of(vectors, "商品向量")


# ---------------------------------------------------------------------- odd tables
def test_columns_of_one_name_are_kept_apart(make):
    evidence = gathered([("c7", make("mobile")), ("c7", make("order_no"))])
    assert [[tag.type for tag in decide(column)] for column in evidence] == [["mobile"], []]


def test_neighbours_make_a_bare_name_a_persons(make):
    people = [("name", make("person_name")), ("id_card", make("id_card")), ("mobile", make("mobile"))]
    evidence = gathered([*people, ("sex", make("gender")), ("tel", make("landline"))])
    assert [[tag.type for tag in decide(column)][:1] for column in evidence] == [
        ["person_name"],
        ["id_card"],
        ["mobile"],
        ["gender"],
        ["landline"],
    ]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([{"a": "1", "b": 2}] * 20),
        pa.array([[{"a": "1"}]] * 20),
        pa.array([[1, 2, 3]] * 20),
        pa.array([["x", "y"]] * 20),
        pa.array([[("k", "v")]] * 20, pa.map_(pa.string(), pa.string())),
        pa.array([True, False, None] * 9),
        pa.array([b"", None] * 9),
        pa.array([float("nan"), float("inf"), -float("inf"), None, 1e300]),
        pa.array([0] * 9, pa.duration("s")),
        pa.array([0] * 9, pa.time64("ns")),
        pa.nulls(9),
    ],
    ids=lambda array: str(array.type),
)
def test_any_arrow_type_is_looked_at_without_a_claim(tags_of, array):
    assert not tags_of(array)


def test_a_huge_cell_is_cut(make, tags_of):
    values = [*make("mobile", 40), "1" * 5_000_000]
    assert set(tags_of(values)) == {"mobile"}


def test_evidence_of_a_column_shows_no_value_when_printed(make):
    (column,) = gathered([("c7", make("id_card"))])
    text = repr(column) + repr(decide(column))
    assert not any(value in text for value in make("id_card"))


# ---------------------------------------------------------------------- laws
TEXTS = st.lists(st.text(max_size=40) | st.none(), max_size=25)
ARRAYS = st.one_of(
    TEXTS.map(lambda v: pa.array(v, pa.string())),
    st.lists(st.text('0123456789-*.Xx@|{}[]":,=&<>/ 张伟省市号', max_size=40) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.string())
    ),
    TEXTS.map(lambda v: pa.array(v, pa.large_string())),
    TEXTS.map(lambda v: pa.array(v, pa.string()).dictionary_encode()),
    st.lists(st.binary(max_size=80) | st.none(), max_size=25).map(lambda v: pa.array(v, pa.binary())),
    st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.int64())
    ),
    st.lists(st.floats(width=64) | st.none(), max_size=25).map(lambda v: pa.array(v, pa.float64())),
    st.lists(st.datetimes() | st.none(), max_size=25).map(lambda v: pa.array(v, pa.timestamp("us"))),
    st.lists(st.lists(st.floats(width=32), max_size=12) | st.none(), max_size=25).map(
        lambda v: pa.array(v, pa.list_(pa.float32()))
    ),
    st.lists(st.lists(st.text(max_size=5)) | st.none(), max_size=9).map(
        lambda v: pa.array(v, pa.list_(pa.string()))
    ),
    st.lists(st.dictionaries(st.sampled_from("ab"), st.text(max_size=5)), max_size=9).map(
        lambda v: pa.array(v, pa.struct({"a": pa.string(), "b": pa.string()}))
    ),
)
HEADERS = st.sampled_from(
    ["c7", "手机号", "姓名", "id_no", "face_feature", "指纹", "address", "商品名称", "xb"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARRAYS, HEADERS | st.text(max_size=20))
def test_any_column_can_be_classified(array, header):
    (column,) = gathered([(header, array)])
    for tag in decide(column):
        assert tag.evidence
        assert 0 <= tag.confidence <= 1
        assert tag.prevalence is None or 0 <= tag.prevalence <= 1
        assert all(reason.matched <= reason.checked or not reason.checked for reason in tag.evidence)


MARKER = "Zq7#"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text('0123456789ABC{}":张@.', max_size=20), min_size=1, max_size=20),
    HEADERS,
)
def test_evidence_never_contains_a_cell(cells, header):
    values = [f"{MARKER}{cell}" for cell in cells] + [json.dumps({"mobile": MARKER + cell}) for cell in cells]
    (column,) = gathered([(header, values)])
    assert MARKER not in repr(column)
    assert MARKER not in repr(decide(column))


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(60)), st.sampled_from(["mobile", "person_name", "education", "digest", "track"]))
def test_the_order_of_rows_does_not_matter(make, order, kind):
    values = [*make(kind, 50), *make("junk", 10)]
    (first,) = gathered([("c7", values)])
    (second,) = gathered([("c7", [values[i] for i in order])])
    assert decide(first) == decide(second)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_lower_bound_lies_below_the_share_and_rises_with_the_sample(matched, more):
    checked = matched + more
    bound = lower_bound(matched, checked)
    assert 0 <= bound <= (matched / checked if checked else 0) + 1e-12
    assert lower_bound(10 * matched, 10 * checked) >= bound - 1e-12


def test_two_runs_give_the_same_evidence(make):
    table = [("a", make("mobile")), ("b", np.arange(60)), ("c", make("track"))]
    assert gathered(table) == gathered(table)


def test_long_json_cells_are_opened_whole(tags_of):
    cells = [
        json.dumps({"pad": "x" * 6_000, "mobile": f"139{number * 7_919_431 % 10**8:08d}"})
        for number in range(40)
    ]

    assert set(tags_of(cells, "payload")) == {"mobile"}


# ---------------------------------------------------------------------- words that things and people share
@pytest.mark.parametrize(
    ("header", "values", "of_a_person"),
    [
        ("weight", np.linspace(38, 110, 60), True),
        ("weight", np.linspace(0.2, 30, 60), False),  # parcels, kg
        ("wt_kg", np.linspace(0.1, 12, 60), False),
        ("weight", np.linspace(120, 9_000, 60), False),  # goods, g
        ("height", np.linspace(150, 198, 60), True),
        ("height", np.linspace(1.5, 1.98, 60), True),
        ("height", np.linspace(3, 200, 60), False),
    ],
)
def test_weights_and_heights_are_those_of_people_only_where_they_could_be(
    tags_of, header, values, of_a_person
):
    assert ("health_measure" in tags_of([f"{value:.2f}" for value in values], header)) is of_a_person


def test_an_account_that_is_a_phone_number_is_one(make, tags_of):
    assert set(tags_of(make("mobile", 60), "login_name")) == {"mobile"}


@pytest.mark.parametrize(("kind", "header"), [("id_card", "身份证号"), ("bank_card", "银行卡号")])
def test_numbers_whose_last_digits_a_spreadsheet_lost_are_still_told(make, tags_of, kind, header):
    cut = [number[:15] + "0" * (len(number) - 15) for number in make(kind, 60)]

    assert kind in tags_of(cut, header)
    assert not tags_of(cut, "c7")


@pytest.mark.parametrize("header", ["weChat", "WeChatNo", "passPort"])
def test_words_that_camel_case_took_apart_are_read(header):
    assert built_in().vocabulary.read_header(header)[0].strength >= STRONG
