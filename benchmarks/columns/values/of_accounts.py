"""Accounts with their secrets."""

from __future__ import annotations

import base64
import hashlib
import json

from pypinyin import lazy_pinyin

from benchmarks.columns.makers import by_name
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.drawing import digits, pick


def user_account(c: Cell) -> int | str:
    x = c.variant % 4
    if x == 0:
        return "".join(lazy_pinyin(c.name.replace("·", "")))[:10] + digits(c.rng, 3)
    if x == 1:
        return "VIP" + digits(c.rng, 8)
    if x == 2:
        return (
            pick(c.rng, ["快乐的", "小", "阿", "追风", "爱吃", "月光下的"])
            + pick(c.rng, ["小猫", "柠檬", "少年", "土豆", "西瓜", "老王", "星星"])
            + digits(c.rng, int(c.rng.integers(0, 3)))
        )
    return int(c.rng.integers(100000, 99999999))


def password(c: Cell) -> str:
    x = c.variant % 4
    if x == 0:
        return "$2a$10$" + base64.b64encode(c.rng.bytes(40)).decode().replace("+", ".").replace("=", "")[:53]
    if x == 1:
        return hashlib.md5(c.rng.bytes(8), usedforsecurity=False).hexdigest()
    if x == 2:
        return hashlib.sha256(c.rng.bytes(8)).hexdigest()
    return pick(c.rng, ["123456", "abc", "Qwer", "zhang", "admin@"]) + digits(c.rng, 4)


def auth_token(c: Cell) -> str:
    if c.variant % 2 == 0:
        j = (
            base64.urlsafe_b64encode(json.dumps({"sub": digits(c.rng, 6), "exp": 1700000000}).encode())
            .decode()
            .rstrip("=")
        )
        return (
            "eyJhbGciOiJIUzI1NiJ9." + j + "." + base64.urlsafe_b64encode(c.rng.bytes(32)).decode().rstrip("=")
        )
    return hashlib.sha1(c.rng.bytes(8), usedforsecurity=False).hexdigest()


MAKERS = by_name(user_account, password, auth_token)
