"""Things that look like personal data and are not, under opaque, neutral and misleading headers."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from classifiers.validators._checks import luhn

Maker = Callable[[random.Random, int], str]


def digits(r: random.Random, count: int) -> str:
    return "".join(r.choices("0123456789", k=count))


def odd_identity(r: random.Random, _: int) -> str:
    """Eighteen digits with a date in them, where the province would be is none."""
    return f"99{digits(r, 4)}20{r.randint(10, 25)}{r.randint(1, 12):02}{r.randint(1, 28):02}{digits(r, 4)}"


def pick(*words: str) -> Maker:
    return lambda r, _: r.choice(words)


def joined(*parts: tuple[str, ...]) -> Maker:
    return lambda r, _: "".join(r.choice(part) for part in parts)


# What it is: its values, and headers it may stand under.
THINGS: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "ledger number": (lambda _, i: f"{13_500_000_000 + i * 3}", ("c7", "记账序号", "ledger_seq")),
    "meter of milliseconds": (lambda r, _: str(1_690_000_000_000 + r.randrange(10**10)), ("c7", "心跳时刻")),
    "microseconds": (lambda r, _: str(1_690_000_000_000_000 + r.randrange(10**13)), ("c7", "evt_us")),
    "serial with Luhn digit": (
        lambda r, _: (b := "80" + digits(r, 13)) + luhn(b),
        ("c7", "机身编码", "unit_sn"),
    ),
    "request number with a date": (odd_identity, ("c7", "受理单号", "case_seq")),
    "firmware": (
        lambda r, _: f"{r.randint(1, 9)}.{r.randint(0, 30)}.{r.randint(0, 9)}.{r.randint(0, 40)}",
        ("c7", "固件版本", "fw_rev"),
    ),
    "colours": (lambda r, _: f"#{r.randrange(16**6):06X}", ("c7", "背景色")),
    "building materials": (
        joined(("华", "金", "东方", "马"), ("耐", "龙", "牌"), ("水泥", "瓷砖", "涂料", "铝材", "板材")),
        ("c7", "材料品名", "material_title"),
    ),
    "dishes": (
        joined(("黄焖", "清蒸", "红烧", "宫保", "鱼香"), ("鸡丁", "排骨", "鲈鱼", "茄子", "牛腩")),
        ("c7", "菜名", "menu_item"),
    ),
    "shops": (
        joined(("王记", "李家", "张姐", "周师傅"), ("面馆", "烧烤", "卤味", "理发店"), ("总店", "二店", "")),
        ("c7", "商户名称", "outlet_name"),
    ),
    "stations": (
        joined(("南", "北", "东", "西"), ("湖", "岭", "桥", "关"), ("站", "口站")),
        ("c7", "起点站"),
    ),
    "plays": (
        pick("雷雨", "茶馆", "长生殿", "牡丹亭", "白毛女", "江姐", "李尔王", "哈姆雷特", "蔡文姬"),
        ("c7", "剧目", "play_title"),
    ),
    "seats": (lambda r, _: f"{r.randint(1, 30)}排{r.randint(1, 40)}座", ("c7", "座位")),
    "car parts": (lambda r, _: f"L{r.choice('ABCDEFGH')}{digits(r, 8)}-{digits(r, 3)}", ("c7", "配件图号")),
    "torque curve": (lambda r, _: ",".join(f"{r.gauss(40, 4):.1f}" for _ in range(24)), ("c7", "扭矩曲线")),
    "wards of a hospital": (
        joined(("心内", "骨", "神经外", "呼吸"), ("科",), ("一病区", "二病区")),
        ("c7", "病区"),
    ),
    "degrees asked for": (pick("本科及以上", "大专及以上", "学历不限", "硕士优先"), ("c7", "任职要求")),
    "ranges of age": (pick("18-25岁", "26-35岁", "36-45岁", "46岁以上"), ("c7", "适用年龄段")),
    "test results of water": (lambda r, _: f"{r.uniform(6, 9):.2f}", ("c7", "水质pH值", "ph_value")),
    "exchange rates": (lambda r, _: f"{r.uniform(6.8, 7.3):.4f}", ("c7", "汇率", "fx_rate")),
    "grid points of weather": (lambda r, _: f"{r.randint(3, 53)}.{r.choice('05')}", ("c7", "格点序")),
    "container codes": (lambda r, _: f"{r.choice(['CSNU', 'TGBU', 'OOLU'])}{digits(r, 7)}", ("c7", "柜号")),
    "customs codes": (lambda r, _: f"{r.randint(10, 97)}{digits(r, 8)}", ("c7", "海关商品编码", "hs_code")),
    "account subjects": (pick("1001", "1002", "1122", "2202", "6001", "660201"), ("c7", "会计科目编号")),
    "case references": (lambda r, _: f"(2023)沪01民终{digits(r, 4)}号", ("c7", "案件字号")),
    "notices": (
        pick("系统将于今晚维护，请提前保存。", "活动奖品以实物为准", "会员日全场九折，详询门店"),
        ("c7", "公告"),
    ),
    "laws": (pick("民法典第一百八十四条", "劳动合同法第三十九条", "刑法第二百六十六条"), ("c7", "适用条款")),
    "hotlines": (lambda r, _: f"400{r.choice('068')}{digits(r, 6)}", ("c7", "客服热线")),
    "git commits": (lambda r, _: r.randbytes(20).hex(), ("c7", "commit_id")),
    "coupons": (lambda r, _: "".join(r.choices("ABCDEFGHJKMNPQRSTUVWXYZ23456789", k=12)), ("c7", "券码")),
}
CASES = [
    pytest.param(make, header, id=f"{name}: {header}")
    for name, (make, headers) in THINGS.items()
    for header in headers
]


@pytest.mark.parametrize(("make", "header"), CASES)
@pytest.mark.parametrize("rows", [12, 300])
def test_things_are_not_people(tags_of, make, header, rows):
    r = random.Random(f"{header} {rows}")  # noqa: S311
    tags = tags_of([make(r, i) for i in range(rows)], header)
    assert not tags, sorted(tags)


@pytest.mark.parametrize("name", THINGS)
def test_things_under_a_header_that_says_nothing_pass_no_check(tags_of, name):
    make, _ = THINGS[name]
    r = random.Random(name)  # noqa: S311
    values = [make(r, i) for i in range(200)]
    assert not {"id_card", "mobile", "bank_card", "email", "license_plate", "uscc"} & set(
        tags_of(values, "data")
    )


def home_like(r: random.Random, _: int) -> str:
    """The address of a flat, where a shop may be too."""
    town = r.choice(["浙江省杭州市西湖区文三路", "四川省成都市武侯区人民南路"])
    return f"{town}{r.randint(1, 300)}号{r.randint(1, 20)}幢{r.randint(101, 2505)}室"


def release(r: random.Random, _: int) -> str:
    """A version whose last part is as large as that of an address."""
    return f"{r.randint(1, 9)}.{r.randint(0, 9)}.{r.randint(0, 20)}.{r.randint(0, 255)}"


@pytest.mark.parametrize("header", ["门店地址", "仓库地址", "store_addr", "warehouse_address"])
def test_an_address_of_a_shop_is_told_by_its_header(tags_of, header):
    r = random.Random(5)  # noqa: S311
    cells = [home_like(r, i) for i in range(300)]

    assert not tags_of(cells, header)
    assert set(tags_of(cells, "家庭地址")) == {"address"}


@pytest.mark.parametrize("header", ["版本号", "fw_version", "app_ver"])
def test_a_version_like_an_address_is_told_by_its_header(tags_of, header):
    r = random.Random(5)  # noqa: S311
    cells = [release(r, i) for i in range(300)]

    assert not tags_of(cells, header)
    assert set(tags_of(cells, "登录IP")) == {"ip_address"}


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


@pytest.mark.parametrize("start", [13_000_000_000, 15_912_340_000, 6_222_021_234_567_890])
def test_counters_are_no_numbers_of_people(tags_of, start):
    assert not tags_of([start + 7 * i for i in range(300)])
    assert not tags_of([str(start + i) for i in range(300)])


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
