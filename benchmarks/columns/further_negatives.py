"""Further hard negatives, which a configuration uses by naming their class in its list of negatives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.columns import values
from benchmarks.columns.values import digits, pick

Rng = np.random.Generator
Maker = Callable[[Rng, int, int], Any]  # generator, row, variant of the column

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
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CONTAINER_OWNERS = "CSQU MSKU COSU TGHU OOLU EMCU CMAU HLXU".split()


def drug_licence(r: Rng, _: int, __: int) -> str:
    return f"国药准字{pick(r, 'HZSB')}{digits(r, 8)}"


def case_number(r: Rng, _: int, __: int) -> str:
    court = f"{pick(r, values.PLATE_PROV)}{digits(r, 4)}"
    return (
        f"({r.integers(2015, 2026)}){court}{pick(r, ['民初', '刑终', '执', '行初'])}{r.integers(1, 30000)}号"
    )


def bank_branch(r: Rng, _: int, __: int) -> str:
    return pick(r, ["102", "103", "104", "105", "301", "308"]) + digits(r, 9)


def invoice(r: Rng, _: int, variant: int) -> str:
    return digits(r, 8) if variant % 2 else f"{r.integers(23, 27)}{digits(r, 18)}"


def patent(r: Rng, _: int, __: int) -> str:
    return f"ZL{r.integers(2008, 2026)}{pick(r, '123')}{digits(r, 7)}.{pick(r, '0123456789X')}"


def epoch_seconds(r: Rng, _: int, __: int) -> int:
    return int(r.integers(1_500_000_000, 1_780_000_000))


def shipping_unit(r: Rng, _: int, __: int) -> str:
    """Return a serial shipping container code: 18 digits, the last a check digit of GS1."""
    body = pick(r, "0123") + "69" + digits(r, 14)
    total = sum(int(c) * (3 if i % 2 == 0 else 1) for i, c in enumerate(body))
    return body + str(-total % 10)


def container(r: Rng, _: int, __: int) -> str:
    return pick(r, CONTAINER_OWNERS) + digits(r, 7)


def swift(r: Rng, _: int, __: int) -> str:
    return f"{pick(r, BANKS)}CNB{pick(r, 'JSG')}{digits(r, 3)}"


def brand(r: Rng, _: int, __: int) -> str:
    return pick(r, BRANDS)


def herb(r: Rng, _: int, __: int) -> str:
    return pick(r, HERBS)


def handset(r: Rng, _: int, __: int) -> str:
    return pick(r, HANDSETS)


def domain(r: Rng, _: int, __: int) -> str:
    host, site = pick(r, ["www", "api", "m", "img", "cdn"]), pick(r, ["shop", "news", "edu"])
    return f"{host}.{site}{digits(r, 2)}.example.com"


def room(r: Rng, _: int, __: int) -> str:
    return f"{pick(r, 'ABCD')}座{r.integers(1, 33)}{r.integers(1, 20):02d}"


def git_commit(r: Rng, _: int, variant: int) -> str:
    return hashlib.sha1(r.bytes(8), usedforsecurity=False).hexdigest()[: 40 if variant % 2 else 10]


def meter(r: Rng, row: int, _: int) -> float:
    return round(31_000 + row * 3.7 + float(r.random()), 2)


CLASSES: dict[str, Maker] = {
    "drug_licence": drug_licence,
    "case_number": case_number,
    "bank_branch": bank_branch,
    "invoice": invoice,
    "patent": patent,
    "epoch_seconds": epoch_seconds,
    "shipping_unit": shipping_unit,
    "container": container,
    "swift": swift,
    "brand": brand,
    "herb": herb,
    "handset": handset,
    "domain": domain,
    "room": room,
    "git_commit": git_commit,
    "meter": meter,
}
# Herbs are medicines; a room or a court alone is no address, yet nobody is misled by the tag.
TOLERATED = {"herb": ["medication"], "room": ["address"], "handset": ["user_agent"]}
TOLERATED_OPAQUE = {
    "git_commit": ["password", "auth_token", "device_id"],
    "epoch_seconds": ["qq", "weibo_id"],
}
