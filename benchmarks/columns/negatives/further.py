"""Further hard negatives, which a configuration uses by naming their class in its list of negatives."""

from __future__ import annotations

import hashlib

from benchmarks.columns import values
from benchmarks.columns.makers import by_name
from benchmarks.columns.negatives.row import Row
from benchmarks.columns.values import digits, pick

BRANDS = (
    "王老吉 李锦记 周大福 张裕 马应龙 陈李济 白猫 方太 金龙鱼 海天 徐福记 周黑鸭 李宁 安踏 雷蛇 罗莱 水星 "
    "江小白 鲁花 云南白药 孔府家 杜康 宋河 董酒 唐狮 鲍师傅 阿里 老板 史密斯 松下"
).split()
HERBS = (
    "黄芪 白术 党参 何首乌 杜仲 白芷 柴胡 金银花 连翘 丹参 甘草 茯苓 当归 熟地黄 牛膝 车前子 王不留行 徐长卿 "
    "刘寄奴 马齿苋 白芍 川芎 黄连 夏枯草 苏叶 方解石 石斛 祁艾 安息香 贝母"
).split()
HANDSETS = (
    "iPhone 14 Pro", "HUAWEI Mate 60", "Redmi K70", "vivo X100", "OPPO Find X7", "荣耀Magic6", "SM-S9180",
    "PGT-AN00",
)  # fmt: skip
BANKS = "ICBK ABOC BKCH PCBC COMM CMBC CIBK MSBC".split()
CONTAINER_OWNERS = "CSQU MSKU COSU TGHU OOLU EMCU CMAU HLXU".split()


def drug_licence(row: Row) -> str:
    return f"国药准字{pick(row.rng, 'HZSB')}{digits(row.rng, 8)}"


def case_number(row: Row) -> str:
    court = f"{pick(row.rng, values.PLATE_PROV)}{digits(row.rng, 4)}"
    year, kind = row.rng.integers(2015, 2026), pick(row.rng, ["民初", "刑终", "执", "行初"])
    return f"({year}){court}{kind}{row.rng.integers(1, 30000)}号"


def bank_branch(row: Row) -> str:
    return pick(row.rng, ["102", "103", "104", "105", "301", "308"]) + digits(row.rng, 9)


def invoice(row: Row) -> str:
    return digits(row.rng, 8) if row.variant % 2 else f"{row.rng.integers(23, 27)}{digits(row.rng, 18)}"


def patent(row: Row) -> str:
    number = f"ZL{row.rng.integers(2008, 2026)}{pick(row.rng, '123')}{digits(row.rng, 7)}"
    return f"{number}.{pick(row.rng, '0123456789X')}"


def epoch_seconds(row: Row) -> int:
    return int(row.rng.integers(1_500_000_000, 1_780_000_000))


def shipping_unit(row: Row) -> str:
    """Return a serial shipping container code: 18 digits, the last a check digit of GS1."""
    body = pick(row.rng, "0123") + "69" + digits(row.rng, 14)
    total = sum(int(c) * (3 if i % 2 == 0 else 1) for i, c in enumerate(body))
    return body + str(-total % 10)


def container(row: Row) -> str:
    return pick(row.rng, CONTAINER_OWNERS) + digits(row.rng, 7)


def swift(row: Row) -> str:
    return f"{pick(row.rng, BANKS)}CNB{pick(row.rng, 'JSG')}{digits(row.rng, 3)}"


def brand(row: Row) -> str:
    return pick(row.rng, BRANDS)


def herb(row: Row) -> str:
    return pick(row.rng, HERBS)


def handset(row: Row) -> str:
    return pick(row.rng, HANDSETS)


def domain(row: Row) -> str:
    host, site = pick(row.rng, ["www", "api", "m", "img", "cdn"]), pick(row.rng, ["shop", "news", "edu"])
    return f"{host}.{site}{digits(row.rng, 2)}.example.com"


def room(row: Row) -> str:
    return f"{pick(row.rng, 'ABCD')}座{row.rng.integers(1, 33)}{row.rng.integers(1, 20):02d}"


def git_commit(row: Row) -> str:
    return hashlib.sha1(row.rng.bytes(8), usedforsecurity=False).hexdigest()[: 40 if row.variant % 2 else 10]


def meter(row: Row) -> float:
    return round(31_000 + row.number * 3.7 + float(row.rng.random()), 2)


MAKERS = by_name(
    drug_licence,
    case_number,
    bank_branch,
    invoice,
    patent,
    epoch_seconds,
    shipping_unit,
    container,
    swift,
    brand,
    herb,
    handset,
    domain,
    room,
    git_commit,
    meter,
)
# Herbs are medicines; a room or a court alone is no address, yet nobody is misled by the tag.
TOLERATED = {"herb": ["medication"], "room": ["address"], "handset": ["user_agent"]}
TOLERATED_OPAQUE = {
    "git_commit": ["password", "auth_token", "device_id"],
    "epoch_seconds": ["qq", "weibo_id"],
}
