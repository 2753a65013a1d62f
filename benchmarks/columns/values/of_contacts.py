"""Ways to reach a person: telephone, e-mail, address, messengers."""

from __future__ import annotations

import base64
import hashlib

from pypinyin import lazy_pinyin

from benchmarks.columns.makers import by_name
from benchmarks.columns.values import numbers
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.drawing import digits, pick
from benchmarks.columns.values.of_persons import pinyin_name


def mobile(c: Cell) -> str:
    return c.mobile


def landline(c: Cell) -> str:
    s = numbers.landline(c.rng)
    return (s, "(" + s.replace("-", ")", 1), s.replace("-", "", 1))[c.variant % 3]


def email(c: Cell) -> str:
    local = _local_part(c)
    if c.rng.random() < 0.9:
        return f"{local}@{pick(c.rng, c.words['email_domains'])}"
    return f"{local}@corp-{digits(c.rng, 2)}.com.cn"


def _local_part(c: Cell) -> str:
    drawn = c.rng.random()
    name = "".join(lazy_pinyin(c.name.replace("·", "")))[:12]
    if drawn < 0.5:
        return name + digits(c.rng, int(c.rng.integers(0, 4)))
    if drawn < 0.75:
        return digits(c.rng, int(c.rng.integers(6, 11)))
    return c.mobile if drawn < 0.82 else f"{name[:1]}.{name[1:]}"


def address(c: Cell) -> str:
    _, prov, city, county, _ = c.live
    city = "" if city in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划") else city
    x = c.rng.random()
    road = f"{pick(c.rng, c.words['roads'])}{int(c.rng.integers(1, 999))}号"
    estate = f"{pick(c.rng, c.words['communities'])}{int(c.rng.integers(1, 30))}"
    home = f"{int(c.rng.integers(1, 6))}单元{int(c.rng.integers(1, 33))}0{int(c.rng.integers(1, 5))}室"
    tail = f"{estate}栋{home}"
    if x < 0.15:
        village = f"{county[:2]}镇{pick(c.rng, c.words['surnames'])}家村"
        return f"{prov}{city}{county}{village}{int(c.rng.integers(1, 12))}组{int(c.rng.integers(1, 99))}号"
    if x < 0.5:
        return prov + city + county + road + tail
    if x < 0.8:
        return city + county + road + tail
    return county + road


def postcode(c: Cell) -> str:
    return c.live[0][:2] + digits(c.rng, 4) if c.rng.random() < 0.9 else digits(c.rng, 6)


def wechat_id(c: Cell) -> str:
    if c.variant % 3 == 0:
        return "wxid_" + hashlib.md5(digits(c.rng, 8).encode(), usedforsecurity=False).hexdigest()[:14]
    if c.variant % 3 == 1:
        return "o" + base64.urlsafe_b64encode(c.rng.bytes(21)).decode()[:27]
    return pinyin_name(c).split()[0].lower() + "_" + digits(c.rng, 4)


def qq(c: Cell) -> str:
    return str(int(c.rng.integers(1, 10))) + digits(c.rng, int(c.rng.integers(5, 10)))


def weibo_id(c: Cell) -> str:
    return pick(c.rng, "1234567") + digits(c.rng, 9)


MAKERS = by_name(mobile, landline, email, address, postcode, wechat_id, qq, weibo_id)
