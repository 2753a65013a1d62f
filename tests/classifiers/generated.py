"""Generated values of people who never lived, and of things that look like them."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from classifiers.validators import org_code, uscc, vin
from classifiers.validators._checks import luhn, mod_11_2

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟强磊军洋勇杰涛超明芳娜敏静丽娟艳霞秀英欣怡梓涵子轩浩然"
CITIES = ("北京市朝阳区", "浙江省杭州市西湖区", "广东省深圳市南山区", "四川省成都市武侯区")
ROADS = ("人民路", "解放大道", "中山北路", "学院路")
PRODUCTS = ("小米手机", "张小泉剪刀", "王老吉凉茶", "李宁运动鞋", "金龙鱼食用油")
COMPANY_PARTS = (
    ("杭州", "深圳", "上海"),
    ("华兴", "金鼎", "恒通", "瑞丰"),
    ("科技", "贸易", "物流"),
    ("有限公司",),
)
NOW = datetime(2025, 6, 30, tzinfo=UTC)

Maker = Callable[[random.Random, int], Any]


def digits(r: random.Random, count: int) -> str:
    return "".join(r.choices("0123456789", k=count))


def born(r: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(days=r.randrange(29_000))


def identity(r: random.Random, division: str) -> str:
    body = f"{division}{born(r):%Y%m%d}{r.randrange(1000):03}"
    return body + mod_11_2(body)


def id_card(r: random.Random, _: int) -> str:
    """A number of no county: none ends in 99."""
    return identity(r, r.choice(["110099", "330099", "440099", "510099"]))


def id_card_15(r: random.Random, _: int) -> str:
    return f"330099{born(r):%y%m%d}{r.randrange(1000):03}"


def wrong_id_card(r: random.Random, i: int) -> str:
    number = id_card(r, i)
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def mobile(r: random.Random, _: int) -> str:
    return r.choice(["138", "139", "150", "186", "177", "199"]) + digits(r, 8)


def person_name(r: random.Random, _: int) -> str:
    return r.choice(SURNAMES) + "".join(r.choices(GIVEN, k=r.choice([1, 2, 2])))


def pinyin_name(r: random.Random, _: int) -> str:
    surname = r.choice(["Wang", "Li", "Zhang", "Chen", "Zhao", "Huang"])
    return f"{surname} {r.choice(['Wei', 'Jing', 'Xiaoming', 'Zixuan', 'Haoran', 'Fang', 'Mei'])}"


def email(r: random.Random, i: int) -> str:
    host = r.choice(["example.com", "mail.example.cn"])
    return f"{r.choice(['wei', 'jing.li', 'zhang_s', 'q'])}{i}{digits(r, 2)}@{host}"


def landline(r: random.Random, _: int) -> str:
    return f"{r.choice(['010', '021', '0571', '0755'])}-{r.randint(2, 8)}{digits(r, 7)}"


def address(r: random.Random, _: int) -> str:
    return (
        f"{r.choice(CITIES)}{r.choice(ROADS)}{r.randint(1, 900)}号{r.randint(1, 20)}栋{r.randint(1, 30)}01室"
    )


def bank_card(r: random.Random, _: int) -> str:
    body = r.choice(["622202", "621700", "622848"]) + digits(r, 12)
    return body + luhn(body)


def luhn_sku(r: random.Random, _: int) -> str:
    body = r.choice("178") + digits(r, 14)
    return body + luhn(body)


def credit_code(r: random.Random, _: int) -> str:
    body = "91330106MA" + "".join(r.choices("0123456789ABCDEFGH", k=7))
    return body + uscc.check_character(body)


def organization(r: random.Random, _: int) -> str:
    body = "".join(r.choices("0123456789ABCDEFGHJK", k=8))
    return f"{body}-{org_code.check_character(body)}"


def vehicle(r: random.Random, _: int) -> str:
    number = "LSV" + "".join(r.choices("ABCDEFGH0123456789", k=5)) + "0" + "N8" + digits(r, 6)
    return number[:8] + vin.check_character(number) + number[9:]


def imei(r: random.Random, _: int) -> str:
    body = r.choice(["86", "35"]) + digits(r, 12)
    return body + luhn(body)


def iccid(r: random.Random, _: int) -> str:
    body = "8986" + digits(r, 15)
    return body + luhn(body)


def ipv4(r: random.Random, _: int) -> str:
    return f"{r.randint(11, 220)}.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}"


def ipv6(r: random.Random, _: int) -> str:
    return "2409:8a00:" + ":".join(f"{r.randrange(1, 65_536):x}" for _ in range(6))


def plate(r: random.Random, _: int) -> str:
    return r.choice("京沪粤浙川苏") + r.choice("ABCDE") + r.choice("ABCDEFGH") + digits(r, 4)


def digest(r: random.Random, _: int) -> str:
    return hashlib.sha256(r.randbytes(8)).hexdigest()[:32]


def uuid(r: random.Random, i: int) -> str:
    h = digest(r, i)
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


def ean(r: random.Random, prefix: str) -> str:
    body = prefix + digits(r, 12 - len(prefix))
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body))
    return body + str(-total % 10)


def json_web_token(r: random.Random, _: int) -> str:
    body = base64.urlsafe_b64encode(json.dumps({"sub": digits(r, 6)}).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{body}.{base64.urlsafe_b64encode(r.randbytes(32)).decode().rstrip('=')}"


def record(magic: bytes) -> Maker:
    return lambda r, _: magic + r.randbytes(200)


def packed_vector(r: random.Random, _: int) -> bytes:
    return struct.pack("<64f", *(r.gauss(0, 0.1) for _ in range(64)))


def choice(*words: str) -> Maker:
    return lambda r, _: r.choice(words)


def moment(r: random.Random, form: str) -> str:
    return (NOW - timedelta(minutes=r.randrange(2_000_000))).strftime(form)


MAKERS: dict[str, Maker] = {
    "id_card": id_card,
    "id_card_15": id_card_15,
    "wrong_id_card": wrong_id_card,
    "hmt_residence_permit": lambda r, _: identity(r, r.choice(["810000", "820000", "830000"])),
    "foreign_pr_card": lambda r, _: identity(r, "911840"),
    "mobile": mobile,
    "person_name": person_name,
    "pinyin_name": pinyin_name,
    "email": email,
    "landline": landline,
    "address": address,
    "bank_card": bank_card,
    "bank_account": lambda r, _: "1100" + digits(r, 15),
    "uscc": credit_code,
    "org_code": organization,
    "vin": vehicle,
    "imei": imei,
    "imsi": lambda r, _: "46000" + digits(r, 10),
    "iccid": iccid,
    "ip_address": ipv4,
    "ipv6": ipv6,
    "mac_address": lambda r, _: ":".join(f"{b:02x}" for b in r.randbytes(6)),
    "license_plate": plate,
    "military_id": lambda r, _: f"{r.choice('军士文海空')}字第{digits(r, 7)}号",
    "property_cert": lambda r, _: f"浙({r.randint(2015, 2024)})杭州市不动产权第{digits(r, 7)}号",
    "written_birth_date": lambda r, _: f"{(d := born(r)).year}年{d.month}月{d.day}日",
    "birth_date": lambda r, _: f"{born(r):%Y-%m-%d}",
    "excel_birth_date": lambda r, _: str((born(r) - date(1899, 12, 30)).days),
    "json_web_token": json_web_token,
    "bcrypt": lambda r, _: "$2a$10$" + base64.b64encode(r.randbytes(40)).decode().replace("+", ".")[:53],
    "google_cookie": lambda r, _: f"GA1.2.{digits(r, 9)}.{digits(r, 10)}",
    "user_agent": lambda r, _: (
        f"Mozilla/5.0 (Linux; Android 13; V{digits(r, 4)}) AppleWebKit/537.36 Chrome/{digits(r, 3)}.0"
    ),
    "wechat_id": lambda r, i: "wxid_" + digest(r, i)[:14],
    "coordinates": lambda r, _: f"{r.uniform(100, 120):.6f},{r.uniform(20, 40):.6f}",
    "track": lambda r, _: ";".join(f"{r.uniform(100, 120):.5f},{r.uniform(20, 40):.5f}" for _ in range(4)),
    "blood_pressure": lambda r, _: f"{r.randint(95, 169)}/{r.randint(55, 99)}",
    "icd10": lambda r, _: f"{r.choice('IEJKMN')}{r.randint(10, 99)}.{digits(r, 3)}",
    "order_no": lambda r, _: moment(r, "%Y%m%d") + digits(r, 10),
    "order_no_like_id": lambda r, _: digits(r, 6) + moment(r, "%Y%m%d") + digits(r, 4),
    "snowflake": lambda r, _: str(1_300_000_000_000_000_000 + r.randrange(4 * 10**17)),
    "epoch_ms": lambda r, _: str(1_600_000_000_000 + r.randrange(10**11)),
    "serial": lambda _, i: str(13_000_000_000 + i),
    "luhn_sku": luhn_sku,
    "isbn": lambda r, _: ean(r, "9787"),
    "ean": lambda r, _: ean(r, "69"),
    "tracking": lambda r, _: r.choice(["SF", "YT", "ZTO"]) + digits(r, 13),
    "bare_tracking": lambda r, _: digits(r, 13),
    "digest": digest,
    "uuid": uuid,
    "version": lambda r, _: ".".join(str(r.randrange(30)) for _ in range(4)),
    "flight": lambda r, _: r.choice(["CA", "MU", "G", "D"]) + digits(r, 4),
    "stock": lambda r, _: r.choice(["600", "000", "300"]) + digits(r, 3),
    "asset": lambda r, _: "LGB" + "".join(r.choices("ABCDEFGH0123456789", k=14)),
    "order_date": lambda r, _: moment(r, "%Y-%m-%d"),
    "written_date": lambda r, _: moment(r, "%Y年%m月%d日"),
    "amount": lambda r, _: f"{r.lognormvariate(5, 1.5):.2f}",
    "product": lambda r, _: r.choice(PRODUCTS) + r.choice(["", " 500g", " XL", "（红色）"]),
    "company": lambda r, _: "".join(map(r.choice, COMPANY_PARTS)),
    "course": choice("高等数学", "大学英语", "线性代数", "有机化学", "体育", "音乐"),
    "url": lambda r, _: f"https://img.example.com/p/{digits(r, 8)}.jpg",
    "file": lambda r, i: f"/upload/2024/{digest(r, i)[:12]}.png",
    "cidr": lambda r, _: f"10.{r.randrange(256)}.{r.randrange(256)}.0/24",
    "log": lambda r, _: f"[INFO] task {digits(r, 11)} finished in {digits(r, 3)} ms, code={digits(r, 4)}",
    "junk": choice("已注销", "见附件", "已迁出", "另行登记", "原件遗失"),
    "jpeg": record(b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "fingerprint": record(b"FMR\x00 20\x00"),
    "iris": record(b"IIR\x00010\x00"),
    "face_record": record(b"FAC\x00010\x00"),
    "noise_bytes": record(b""),
    "packed_vector": packed_vector,
    "vector": lambda r, _: [r.gauss(0, 0.1) for _ in range(128)],
    "gender": choice("男", "女"),
    "ethnicity": choice("汉族", "汉族", "回族", "满族", "壮族", "苗族"),
    "education": choice("小学", "初中", "高中", "大专", "本科", "硕士研究生"),
    "marital_status": choice("未婚", "已婚", "离异", "丧偶"),
    "political_status": choice("中共党员", "共青团员", "群众", "民盟盟员"),
    "religion": choice("佛教", "道教", "基督教", "无宗教信仰"),
    "family_relation": choice("本人", "配偶", "父亲", "母亲", "儿子", "女儿"),
    "blood_type": choice("A型", "B型", "O型", "AB型"),
    "diagnosis": choice(
        "原发性高血压", "2型糖尿病", "慢性胃炎", "急性阑尾炎", "腰椎间盘突出症", "带状疱疹", "肺癌"
    ),
    "prescription": choice(
        "阿莫西林胶囊 0.5g tid 口服",
        "硝苯地平控释片 每次1片",
        "布洛芬缓释胶囊 每日2次",
        "甘精胰岛素注射液 10ml",
    ),
    "disability_certificate": lambda r, i: f"{id_card(r, i)}{r.randint(1, 7)}{r.randint(1, 4)}",
    "twenty_digits": lambda r, _: "2024" + digits(r, 16),
    "second_track": lambda r, i: (
        f"{bank_card(r, i)}={r.randint(24, 31)}{r.randint(1, 12):02}101{digits(r, 9)}"
    ),
    "ethereum_address": lambda r, _: "0x" + r.randbytes(20).hex(),
    "offence": choice(
        "2016年因盗窃罪被判处有期徒刑一年",
        "2019年行政拘留10日",
        "2012年因故意伤害被判处拘役",
        "无违法犯罪记录",
    ),
}
