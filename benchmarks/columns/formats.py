"""Further ways to write the types, which the generators of ``values`` do not know.

A configuration with ``"formats": "wide"`` writes every second column of a type that has an entry here in one
of these ways. They were written without a look at any classifier, from how registers, forms and exports write
such values, so that a method that fits the basic formats only is seen to do so.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.columns import values
from benchmarks.columns.values import People, digits, pick


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way of writing a type.

    ``decidable`` says whether the values alone tell the type. ``label`` replaces the type in the truth
    where another id is right as well; ``optional`` types are there besides.
    """

    make: Callable[[People, int], Any]
    decidable: bool
    label: str = ""
    optional: tuple[str, ...] = ()


def way_of(kind: str, variant: int) -> Way | None:
    """Return the way of writing for a column, None when the basic generators are to be used."""
    ways = WAYS.get(kind, ())
    return ways[variant // 2 % len(ways)] if ways and variant % 2 else None


def _digest(p: People) -> str:
    return hashlib.sha256(p.rng.bytes(8)).hexdigest()


def _token(p: People, size: int) -> str:
    return base64.urlsafe_b64encode(p.rng.bytes(size)).decode().rstrip("=")


def spaced_name(p: People, i: int) -> str:
    name = p.name[i]
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def sex_or_unknown(p: People, i: int) -> str:
    return "未知" if p.rng.random() < 0.05 else "女男"[int(p.sex[i])]


def card_15(p: People, i: int) -> str:
    return values.to15(p.id18[i]) or p.id18[i]


def rural_address(p: People, i: int) -> str:
    r, (_, province, _, county, _) = p.rng, p.live[i]
    village = pick(r, p.words["surnames"]) + pick(r, ["家庄", "各庄", "家屯", "家坝", "店", "家桥"])
    township = pick(r, p.words["surnames"]) + pick(r, ["集", "河", "岗"])
    return f"{province}{county}{township}乡{village}村{r.integers(1, 300)}号"


def hyphen_address(p: People, i: int) -> str:
    r = p.rng
    home = "-".join(str(r.integers(low, high)) for low, high in ((1, 30), (1, 5), (101, 2600)))
    lane = f"{pick(r, p.words['roads'])}{r.integers(1, 400)}弄"
    return f"{p.live[i][3]}{lane}{pick(r, p.words['communities'])}{home}"


def special_plate(p: People, _: int) -> str:
    r = p.rng
    body = digits(r, 4)
    common = f"{pick(r, values.PLATE_PROV)}{pick(r, 'ABCDEFGH')}"
    return pick(
        r,
        [f"粤Z{body}港", f"粤Z{body}澳", f"{common}{body}警", f"{common}{body}学", f"使{body}{digits(r, 2)}"],
    )


def hyphen_plate(p: People, _: int) -> str:
    plate = values.plate(p.rng)
    return f"{plate[:2]}-{plate[2:]}"


def old_property_cert(p: People, i: int) -> str:
    _, province, _, county, _ = p.live[i]
    short = values.PROV_SHORT.get(province[:2], province[0])
    return f"{short}房权证{county[:1]}字第{digits(p.rng, 6)}号"


def extension(p: People, _: int) -> str:
    number = f"{pick(p.rng, values.LANDLINE_4)}-{p.rng.integers(2, 9)}{digits(p.rng, 6)}"
    return f"{number}转{p.rng.integers(100, 9999)}"


def international(p: People, _: int) -> str:
    return f"+86-{pick(p.rng, values.LANDLINE_3)[1:]}-{p.rng.integers(2, 9)}{digits(p.rng, 7)}"


def two_mobiles(p: People, i: int) -> str:
    return f"{p.mobile[i]}/{values.mobile(p.rng)}" if p.rng.random() < 0.4 else p.mobile[i]


def named_mail(p: People, i: int) -> str:
    return f"{p.name[i]} <{values.make('email', p, i)}>"


def other_bank(p: People, _: int) -> str:
    number, length = pick(
        p.rng,
        [("621785", 19), ("622280", 19), ("622188", 19), ("622580", 16), ("622258", 17), ("622617", 16)],
    )
    body = number + digits(p.rng, length - 7)
    return body + values.luhn_digit(body)


def money(scale: float) -> Callable[[People, int], str]:
    return lambda p, _: f"{pick(p.rng, ['¥', '￥', ''])}{float(p.rng.lognormal(scale, 0.6)):,.2f}"


def listed_diagnoses(p: People, _: int) -> str:
    count = int(p.rng.integers(2, 5))
    return " ".join(f"{k}.{pick(p.rng, p.words['diagnoses'])}" for k in range(1, count + 1))


def listed_codes(p: People, _: int) -> str:
    return "|".join(pick(p.rng, p.words["icd10"]) for _ in range(int(p.rng.integers(1, 4))))


def pressure(p: People, _: int) -> str:
    return f"{p.rng.integers(95, 170)}/{p.rng.integers(55, 105)}mmHg"


def _point(p: People) -> tuple[float, float]:
    return round(float(97 + p.rng.random() * 24), 6), round(float(22 + p.rng.random() * 23), 6)


def well_known_text(p: People, _: int) -> str:
    return "POINT({} {})".format(*_point(p))


def latitude_first(p: People, _: int) -> str:
    longitude, latitude = _point(p)
    return f"{latitude},{longitude}"


def point_object(p: People, _: int) -> str:
    longitude, latitude = _point(p)
    return json.dumps({"lng": longitude, "lat": latitude})


def address_and_port(p: People, i: int) -> str:
    return f"{values.make('ip_address', p, i)}:{p.rng.integers(1024, 65535)}"


def short_ipv6(p: People, _: int) -> str:
    return f"240e:{p.rng.integers(1, 65535):x}:{p.rng.integers(1, 65535):x}::{p.rng.integers(1, 65535):x}"


def _dotted(text: str) -> str:
    return f"{text[:4]}.{text[4:8]}.{text[8:12]}"


def app_agent(p: People, _: int) -> str:
    r = p.rng
    build = f"V{r.integers(1900, 2400)}A Build/UP1A.{digits(r, 6)}.007"
    return pick(r, [
        f"okhttp/4.{r.integers(1, 12)}.{r.integers(0, 4)}",
        f"Dalvik/2.1.0 (Linux; U; Android {r.integers(9, 15)}; {build})",
        f"ShopApp/{r.integers(5, 9)}.{r.integers(0, 20)} (iPhone; iOS 16.{r.integers(0, 7)}; Scale/3.00)",
    ])  # fmt: skip


def crypt(p: People, _: int) -> str:
    return pick(p.rng, [
        f"$6${_token(p, 12)}${_token(p, 64)[:86]}",
        f"pbkdf2_sha256$600000${_token(p, 16)}${base64.b64encode(p.rng.bytes(32)).decode()}",
        f"$argon2id$v=19$m=65536,t=3,p=4${_token(p, 16)}${_token(p, 32)}",
    ])  # fmt: skip


def bearer(p: People, i: int) -> str:
    return f"Bearer {values.make('auth_token', p, i, 0)}"


def cookie(p: People, _: int) -> str:
    return f"PHPSESSID={_digest(p)[:26]}; BAIDUID={_digest(p)[:32].upper()}:FG=1; path=/"


def among(*choices: str, decidable: bool) -> Way:
    """Return the way of writing one of a few words."""
    return Way(make=lambda p, _: pick(p.rng, choices), decidable=decidable)


WAYS: dict[str, tuple[Way, ...]] = {
    "person_name": (Way(make=spaced_name, decidable=True),),
    "gender": (
        Way(make=sex_or_unknown, decidable=True),
        Way(make=lambda p, i: ("Female", "Male")[int(p.sex[i])], decidable=True),
    ),
    "birth_date": (
        Way(make=lambda p, i: f"{p.birth[i]:%Y.%m.%d}", decidable=False),
        Way(make=lambda p, i: f"{p.birth[i]:%Y-%m-%d} 00:00:00", decidable=False),
        Way(make=lambda p, i: int(f"{p.birth[i]:%Y%m%d}"), decidable=False),
    ),
    "age": (Way(make=lambda p, i: f"{p.age[i]}岁", decidable=False),),
    "nationality": (among("CHN", "CHN", "CHN", "USA", "JPN", "KOR", "GBR", "MYS", decidable=False),),
    "native_place": (Way(make=lambda p, i: p.region[i][1][:2] + p.region[i][3][:2], decidable=False),),
    "religion": (among("不信教", "佛教徒", "穆斯林", "基督徒", "天主教徒", decidable=True),),
    "political_status": (among("党员", "预备党员", "团员", "群众", "民建会员", decidable=True),),
    "marital_status": (
        among("单身", "已婚", "离婚", "丧偶", decidable=True),
        among("10", "20", "30", "40", decidable=False),
    ),
    "family_relation": (among("户主", "妻", "夫", "长子", "次女", "孙子", "外祖母", "儿媳", decidable=True),),
    "education": (
        among("大学本科", "大学专科", "研究生", "普通高中", "初级中学", "中等专科", decidable=True),
    ),
    "blood_type": (among("A Rh+", "B Rh+", "O Rh+", "AB Rh+", "O Rh-", decidable=False),),
    "id_card": (Way(make=card_15, decidable=True),),
    "license_plate": (Way(make=special_plate, decidable=True), Way(make=hyphen_plate, decidable=True)),
    "property_cert": (Way(make=old_property_cert, decidable=True),),
    "social_security_no": (
        Way(make=lambda p, i: p.id18[i], decidable=True, label="social_security_no|id_card"),
    ),
    "mobile": (Way(make=two_mobiles, decidable=True),),
    "landline": (Way(make=extension, decidable=True), Way(make=international, decidable=True)),
    "email": (
        Way(make=named_mail, decidable=True, optional=("person_name",)),
        Way(make=lambda p, i: values.make("email", p, i).upper(), decidable=True),
    ),
    "address": (Way(make=rural_address, decidable=True), Way(make=hyphen_address, decidable=True)),
    "bank_card": (Way(make=other_bank, decidable=True),),
    "salary": (Way(make=money(9), decidable=False),),
    "transaction_amount": (Way(make=money(4), decidable=False),),
    "medical_record_no": (
        Way(make=lambda p, _: f"MZ{p.rng.integers(2015, 2026)}{digits(p.rng, 6)}", decidable=False),
    ),
    "diagnosis_text": (Way(make=listed_diagnoses, decidable=True),),
    "icd10_code": (Way(make=listed_codes, decidable=True),),
    "health_measure": (
        Way(make=pressure, decidable=True),
        Way(make=lambda p, _: f"{float(p.rng.normal(63, 11)):.1f}kg", decidable=False),
    ),
    "geo_location": (
        Way(make=well_known_text, decidable=True),
        Way(make=latitude_first, decidable=True),
        Way(make=point_object, decidable=True),
    ),
    "ip_address": (Way(make=address_and_port, decidable=True), Way(make=short_ipv6, decidable=True)),
    "mac_address": (Way(make=lambda p, _: _dotted(_digest(p)), decidable=True),),
    "user_agent": (Way(make=app_agent, decidable=True),),
    "password": (Way(make=crypt, decidable=True),),
    "auth_token": (Way(make=bearer, decidable=True),),
    "cookie_id": (Way(make=cookie, decidable=True),),
}
