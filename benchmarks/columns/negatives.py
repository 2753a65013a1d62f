"""Hard negatives: columns without personal information that look like personal information."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import numpy as np

from benchmarks.columns import further_negatives
from benchmarks.columns.values import digits, ean13, isbn13, luhn_digit, pick, regions, vector


def _company(r, w):
    if w.get("companies") and r.random() < 0.6:
        return pick(r, w["companies"])
    reg = regions()[int(r.integers(0, len(regions())))]
    return (
        (reg[2] if len(reg[2]) > 2 and r.random() < 0.5 else reg[1])[:2]
        + pick(r, w["company_mid"])
        + pick(r, w["company_type"])
    )


def make(cls: str, r, w: dict, i: int, n: int, variant: int = 0):
    if cls == "order_no_18":
        d = dt.date(2022, 1, 1) + dt.timedelta(days=int(r.integers(0, 1000)))
        # 18 digits, some positions 7-14 form a date, like an ID card number without a valid region or checksum
        if variant % 3 == 0:
            return f"{d:%Y%m%d}" + digits(r, 10)
        if variant % 3 == 1:
            return digits(r, 6) + f"{d:%Y%m%d}" + digits(r, 4)
        return "20" + digits(r, 16)
    if cls == "snowflake_id":
        return str(1_300_000_000_000_000_000 + int(r.integers(0, 4e17)))[: 19 if variant % 2 == 0 else 18]
    if cls == "epoch_ms":
        return int(1_600_000_000_000 + r.integers(0, 10**11))
    if cls == "serial_11_1":
        return (
            (10_000_000_000 + i * 7 + variant * 1000) if variant % 2 == 0 else int(13_000_000_000 + i)
        )  # consecutive serials
    if cls == "product_name":
        return pick(r, w["products"]) + pick(r, w["product_suffix"])
    if cls == "company_name":
        return _company(r, w)
    if cls == "place_name":
        return pick(r, w["places"])
    if cls == "org_unit":
        return pick(r, w["departments"])
    if cls == "amount":
        return round(float(r.lognormal(5, 1.5)), 2)
    if cls == "luhn_sku":
        s = pick(r, ["8", "7", "1"]) + digits(r, 14 if variant % 2 == 0 else 17)
        return s + luhn_digit(s)
    if cls == "hex_digest":
        return (hashlib.md5 if variant % 2 == 0 else hashlib.sha1)(r.bytes(8)).hexdigest()
    if cls == "enum_code":
        return pick(
            r,
            (["0", "1", "2"], ["A", "B", "C"], ["身份证", "护照", "军官证"], ["01", "02", "03", "99"])[
                variant % 4
            ],
        )
    if cls == "six_digit":
        return regions()[int(r.integers(0, 400))][0] if variant % 2 == 0 else digits(r, 6)
    if cls == "uuid":
        h = hashlib.md5(r.bytes(8)).hexdigest()
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"
    if cls == "sensor_vector":
        t = np.arange((24, 60, 128)[variant % 3])
        return (20 + 5 * np.sin(t / 6 + r.random() * 6) + r.normal(0, 0.4, len(t))).astype("float32")
    if cls == "product_embedding":
        return vector(r, (128, 256, 768)[variant % 3], variant % 2 == 0)
    if cls == "date_col":
        d = dt.datetime(2021, 1, 1) + dt.timedelta(minutes=int(r.integers(0, 2_000_000)))
        return (f"{d:%Y-%m-%d}", f"{d:%Y-%m-%d %H:%M:%S}", f"{d:%Y%m%d}")[variant % 3]
    if cls == "quantity":
        return int(r.integers(0, 500))
    if cls == "ratio":
        return round(float(r.random()), 4)
    if cls == "url":
        return f"https://img.example.com/p/{digits(r, 8)}.jpg"
    if cls == "file_path":
        return f"/upload/{int(r.integers(2018, 2025))}/{digits(r, 2)}/{hashlib.md5(r.bytes(4)).hexdigest()[:12]}.png"
    if cls == "version_no":
        return ".".join(str(int(x)) for x in r.integers(0, 30, 4 if variant % 2 == 0 else 3))
    if cls == "asset_no":
        return pick(r, ["EQ", "AST", "LGB"]) + "".join(
            pick(r, "ABCDEFGH0123456789") for _ in range(14 if variant % 2 == 0 else 8)
        )
    if cls == "ean13":
        return ean13(r)
    if cls == "isbn":
        return isbn13(r)
    if cls == "tracking_no":
        return pick(r, ["SF", "YT", "ZTO", "JD"]) + digits(r, 13) if variant % 2 == 0 else digits(r, 13)
    if cls == "contract_no":
        return f"HT-{int(r.integers(2019, 2025))}-{digits(r, 5)}"
    if cls == "color_code":
        return "#" + "".join(f"{int(x):02X}" for x in r.integers(0, 256, 3))
    if cls == "temperature":
        return round(float(r.normal(36.5 if variant % 2 else 24, 2)), 1)
    if cls == "drug_catalog":
        return pick(r, w["drugs"])
    if cls == "course_name":
        return pick(r, w["courses"])
    if cls == "book_title":
        return pick(r, w["books"])
    if cls == "json_config":
        return json.dumps(
            {
                "retry": int(r.integers(0, 5)),
                "timeout": int(r.integers(100, 9999)),
                "color": "#" + digits(r, 6),
                "skuId": digits(r, 11),
            }
        )
    if cls == "notice_text":
        return pick(r, w["notices"])
    if cls == "poi_coordinate":
        return (
            round(float(73.7 + r.random() * 61), 6)
            if variant % 2 == 0
            else round(float(18.2 + r.random() * 35), 6)
        )
    if cls == "hotline":
        return (
            pick(r, ["400-", "400", "800-"]) + digits(r, 3) + ("-" if variant % 2 == 0 else "") + digits(r, 4)
            if r.random() < 0.8
            else "955" + digits(r, 2)
        )
    if cls == "public_ip_range":
        return f"10.{int(r.integers(0, 255))}.{int(r.integers(0, 255))}.0/{int(r.integers(16, 28))}"
    if cls == "log_line":
        return f"[{pick(r, ['INFO', 'WARN', 'ERROR'])}] task {digits(r, 11)} finished in {digits(r, 3)} ms, code={digits(r, 4)}"
    if cls == "stock_code":
        return pick(r, ["600", "000", "300", "688"]) + digits(r, 3)
    if cls == "flight_no":
        return pick(r, ["CA", "MU", "CZ", "G", "D", "K"]) + digits(r, 4)
    if cls == "agg_stat":
        return int(r.integers(20, 70))
    if cls == "gender_target":
        return pick(r, ["男", "女", "中性", "通用"])
    if cls == "education_req":
        return pick(r, ["大专及以上", "本科及以上", "不限", "硕士优先"])
    if cls == "region_name":
        return pick(r, ["华东", "华南", "北京市", "广东省", "四川省", "西北大区"])
    return further_negatives.CLASSES[cls](r, i, variant)


# predictions of these types on a negative of the given class are not counted as false positives:
# the values are of that form, only the context (a shop, a catalogue, an aggregate) makes them non-personal
TOLERATED = {
    "poi_coordinate": ["geo_location"],
    "gender_target": ["gender"],
    "education_req": ["education"],
    "agg_stat": ["age"],
    "drug_catalog": ["medication"],
    "hotline": ["landline"],
    "region_name": ["native_place", "address"],
    "date_col": [],
    "public_ip_range": ["ip_address"],
    **further_negatives.TOLERATED,
}
# with an opaque header these cannot be told from a biometric vector / device id / digest
TOLERATED_OPAQUE = {
    "product_embedding": ["face_embedding", "voiceprint", "gait"],
    "sensor_vector": ["gait"],
    "uuid": ["device_id"],
    "hex_digest": ["password", "auth_token", "device_id"],
    "date_col": ["birth_date"],
    "six_digit": ["postcode"],
    "place_name": ["address"],
    "luhn_sku": ["bank_card"],
    "serial_11_1": ["mobile"],
    "ean13": [],
    **further_negatives.TOLERATED_OPAQUE,
}


def load_classes(path) -> dict[str, tuple[list[str], list[str], list[str], list[str]]]:
    out = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            c, *h = line.rstrip("\n").split("\t")
            out[c] = tuple([x.strip() for x in col.split(",") if x.strip()] for col in h)
    return out
