"""Value generators.

Every generator is driven by one numpy Generator, so a seed gives the same values everywhere.
A `People` object holds n synthetic persons; per-type functions read attributes of those persons, so
that the columns of one table are consistent (name, sex, birth date, ID number, ...).
No value is taken from a real person.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np

RES = Path(__file__).parent / "resources"

ETHNIC = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 "
    "高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 "
    "塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
).split()
RELIGION = ["无宗教信仰", "佛教", "道教", "伊斯兰教", "天主教", "基督教", "其他"]
POLITICAL = [
    "中共党员",
    "中共预备党员",
    "共青团员",
    "群众",
    "民革党员",
    "民盟盟员",
    "九三学社社员",
    "无党派人士",
]
MARITAL = ["未婚", "已婚", "离异", "丧偶", "再婚"]
RELATION = ["本人", "配偶", "父亲", "母亲", "儿子", "女儿", "祖父", "祖母", "兄弟", "姐妹", "监护人", "岳父"]
EDU = ["小学", "初中", "高中", "中专", "大专", "本科", "硕士研究生", "博士研究生", "职高", "文盲"]
NATION = ["中国", "美国", "日本", "韩国", "俄罗斯", "德国", "英国", "法国", "越南", "泰国"]
BLOOD = ["A型", "B型", "O型", "AB型"]

MOBILE_PREFIX = (
    "134 135 136 137 138 139 147 150 151 152 157 158 159 172 178 182 183 184 187 188 195 197 198 "
    "130 131 132 145 155 156 166 175 176 185 186 196 133 149 153 173 177 180 181 189 190 191 193 199 192"
).split()
MOBILE_VIRTUAL = "162 165 167 170 171".split()
LANDLINE_3 = "010 020 021 022 023 024 025 027 028 029".split()
LANDLINE_4 = "0311 0371 0431 0451 0512 0531 0551 0571 0591 0731 0755 0769 0771 0791 0851 0871 0931 0951 0991 0310 0516 0717 0838".split()
BINS = [
    ("622202", 19),
    ("621700", 19),
    ("622848", 19),
    ("621661", 19),
    ("622260", 19),
    ("621483", 16),
    ("622588", 16),
    ("622700", 16),
    ("625906", 16),
    ("436742", 16),
    ("621226", 19),
    ("623058", 19),
    ("622908", 18),
    ("621098", 19),
    ("622622", 16),
    ("622609", 16),
    ("621799", 19),
    ("356833", 16),
    ("518710", 16),
    ("622150", 19),
]
PLATE_PROV = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PROV_SHORT = dict(
    zip(
        "北京 天津 河北 山西 内蒙 辽宁 吉林 黑龙 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆".split(),
        "京 津 冀 晋 蒙 辽 吉 黑 沪 苏 浙 皖 闽 赣 鲁 豫 鄂 湘 粤 桂 琼 渝 川 黔 云 藏 陕 甘 青 宁 新".split(),
    )
)
WMI = ["LSV", "LFV", "LSG", "LBV", "LGB", "LVS", "LHG", "LGX", "LJD", "LRW", "LNB", "LVG"]
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UA = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{m} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.{m}(0x1800) NetType/WIFI Language/zh_CN",
    "Mozilla/5.0 (Linux; Android 13; M2012K11AC Build/TKQ1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{v}.0.4472.114 Mobile Safari/537.36",
]


@lru_cache(None)
def regions() -> list[tuple[str, str, str, str, str]]:
    with open(RES / "regions.csv", encoding="utf-8") as f:
        return [tuple(r) for r in list(csv.reader(f))[1:]]


def load_words(path: str | Path) -> dict:
    p = Path(path)
    if not p.exists():
        p = RES / p
    return json.loads(p.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- check digits
_W = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_check(s17: str) -> str:
    return "10X98765432"[sum(int(c) * w for c, w in zip(s17, _W)) % 11]


def luhn_digit(s: str) -> str:
    t = 0
    for i, c in enumerate(reversed(s)):
        d = int(c)
        if i % 2 == 0:
            d *= 2
            if d > 9:
                d -= 9
        t += d
    return str((10 - t % 10) % 10)


def org_check(s8: str) -> str:
    w = (3, 7, 9, 10, 5, 8, 4, 2)
    v = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    c = 11 - sum(v.index(ch) * k for ch, k in zip(s8, w)) % 11
    return "X" if c == 10 else "0" if c == 11 else str(c)


def uscc_check(s17: str) -> str:
    w = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    c = (31 - sum(USCC_CHARS.index(ch) * k for ch, k in zip(s17, w)) % 31) % 31
    return USCC_CHARS[c]


def bizlic_check(s14: str) -> str:
    p = 10
    for ch in s14:
        s = (int(ch) + p) % 10 or 10
        p = (s * 2) % 11
    return str((11 - p) % 10)


def vin_check(v17: str) -> str:
    tr = dict(
        zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9))
    )
    w = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    r = sum((int(c) if c.isdigit() else tr[c]) * k for c, k in zip(v17, w)) % 11
    return "X" if r == 10 else str(r)


def digits(rng, n: int) -> str:
    return "".join(map(str, rng.integers(0, 10, n)))


def pick(rng, seq):
    return seq[int(rng.integers(0, len(seq)))]


# ---------------------------------------------------------------- people
class People:
    """n synthetic persons.  `kind`: 'adult', 'child' or 'any'."""

    def __init__(self, rng, n: int, words: dict, kind: str = "any", ref: dt.date = dt.date(2025, 6, 30)):
        self.rng, self.n, self.w = rng, n, words
        reg = regions()
        self.sex = rng.integers(0, 2, n)  # 1 male 0 female
        lo, hi = {"adult": (18, 85), "child": (1, 13), "any": (3, 85)}[kind]
        age_days = rng.integers(lo * 365 + 30, hi * 365, n)
        self.birth = [ref - dt.timedelta(days=int(d)) for d in age_days]
        self.age = [(ref - b).days // 365 for b in self.birth]
        # people born before 2005 may carry an abolished region code
        cur = [i for i, r in enumerate(reg) if r[4] == "0"]
        old = [i for i, r in enumerate(reg) if r[4] == "1"]
        self.region = [
            reg[old[int(rng.integers(0, len(old)))]]
            if b.year < 1995 and rng.random() < 0.06
            else reg[cur[int(rng.integers(0, len(cur)))]]
            for b in self.birth
        ]
        self.live = [reg[cur[int(rng.integers(0, len(cur)))]] for _ in range(n)]
        self.seq = [int(rng.integers(0, 500)) * 2 + int(s) for s in self.sex]
        self.id18 = []
        for r, b, q in zip(self.region, self.birth, self.seq):
            s = f"{r[0]}{b:%Y%m%d}{q % 1000:03d}"
            self.id18.append(s + id_check(s))
        self.name = [self._name(int(s)) for s in self.sex]
        self.mobile = [mobile(rng) for _ in range(n)]

    def _name(self, male: int) -> str:
        r, w = self.rng, self.w
        x = r.random()
        if x < 0.015:
            return pick(r, w["minority_given"]) + "·" + pick(r, w["minority_father"])
        if x < 0.025:
            return pick(r, w["tibetan"])
        sur = (
            pick(r, w["compound_surnames"])
            if x < 0.05
            else w["surnames"][min(int(r.exponential(18)), len(w["surnames"]) - 1)]
        )
        g = w["given_chars_m"] if male else w["given_chars_f"]
        y = r.random()
        n = 1 if y < 0.2 else 2 if y < 0.985 else 3
        return sur + "".join(pick(r, g) for _ in range(n))


def mobile(rng) -> str:
    p = pick(rng, MOBILE_VIRTUAL) if rng.random() < 0.06 else pick(rng, MOBILE_PREFIX)
    return p + digits(rng, 8)


def mobile_mainland_only(rng) -> str:
    return pick(rng, MOBILE_PREFIX) + digits(rng, 8)


def landline(rng) -> str:
    if rng.random() < 0.5:
        a, b = pick(rng, LANDLINE_3), str(int(rng.integers(2, 9))) + digits(rng, 7)
    else:
        a, b = pick(rng, LANDLINE_4), str(int(rng.integers(2, 9))) + digits(rng, int(rng.integers(6, 8)))
    s = f"{a}-{b}"
    if rng.random() < 0.12:
        s += f"-{int(rng.integers(1, 9999))}"
    return s


def bank_card(rng) -> str:
    b, n = BINS[int(rng.integers(0, len(BINS)))]
    s = b + digits(rng, n - 1 - len(b))
    return s + luhn_digit(s)


def uscc(rng) -> str:
    reg = regions()[int(rng.integers(0, len(regions())))][0]
    org = "".join(
        pick(rng, "0123456789ABCDEFGHJKLMNPQRTUWXY") if rng.random() < 0.35 else str(rng.integers(0, 10))
        for _ in range(8)
    )
    org = "MA" + org[2:] if rng.random() < 0.6 else org
    s = pick(rng, ["91", "92", "12", "52", "11"]) + reg + org + org_check(org)
    return s + uscc_check(s)


def plate(rng) -> str:
    p, c = pick(rng, PLATE_PROV), pick(rng, "ABCDEFGHJK")
    x = rng.random()
    an = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    if x < 0.25:  # new energy
        return (
            p
            + c
            + (
                pick(rng, "DF")
                + "".join(pick(rng, an) if i == 0 else str(rng.integers(0, 10)) for i in range(5))
                if rng.random() < 0.8
                else digits(rng, 5) + pick(rng, "DF")
            )
        )
    if x < 0.28:
        return p + c + digits(rng, 4) + pick(rng, "警学挂")
    body = list(digits(rng, 5))
    for _ in range(int(rng.integers(0, 3))):
        body[int(rng.integers(0, 5))] = pick(rng, "ABCDEFGHJKLMNPQRSTUVWXYZ")
    return p + c + "".join(body)


def vin(rng) -> str:
    al = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    v = (
        pick(rng, WMI)
        + "".join(pick(rng, al) for _ in range(5))
        + "0"
        + pick(rng, "ABCDEFGHJKLMNPRSTVWXY123456789")
        + pick(rng, al)
        + digits(rng, 6)
    )
    return v[:8] + vin_check(v) + v[9:]


def vector(rng, dim: int, unit: bool) -> np.ndarray:
    v = rng.normal(0, 1, dim).astype("float32")
    return v / np.linalg.norm(v) if unit else v


def fmr(rng) -> bytes:
    """A minutiae record with an ISO 19794-2 / ANSI 378 style header (magic 'FMR\\0', version ' 20\\0')."""
    n = int(rng.integers(18, 48))
    view = bytes([int(rng.integers(1, 11)), 0, int(rng.integers(60, 100)), n])
    mins = b"".join(
        struct.pack(
            ">HHBB",
            int(rng.integers(0, 3)) << 14 | int(rng.integers(0, 500)),
            int(rng.integers(0, 500)),
            int(rng.integers(0, 256)),
            int(rng.integers(0, 100)),
        )
        for _ in range(n)
    )
    body = view + mins + b"\0\0"
    total = 24 + len(body)
    return b"FMR\0 20\0" + struct.pack(">IHHHHHBB", total, 0, 500, 550, 197, 197, 1, 0) + body


def iir(rng) -> bytes:
    """Iris record with an ISO 19794-6 style header."""
    body = rng.integers(0, 256, 256, dtype=np.uint8).tobytes()
    return b"IIR\0" + b"010\0" + struct.pack(">I", 45 + len(body)) + bytes(33) + body


def fac(rng) -> bytes:
    """Face record with an ISO 19794-5 style header around a JPEG."""
    j = image(rng, "JPEG")
    return b"FAC\0" + b"010\0" + struct.pack(">IH", 14 + 20 + len(j), 1) + bytes(20) + j


def image(rng, fmt: str = "JPEG", size: int = 24, face: bool = True) -> bytes:
    from PIL import Image, ImageDraw

    c = tuple(int(x) for x in rng.integers(120, 255, 3))
    im = Image.new("RGB", (size, size), tuple(int(x) for x in rng.integers(0, 255, 3)))
    d = ImageDraw.Draw(im)
    if face:
        d.ellipse((3, 2, size - 3, size - 2), fill=c)
        d.rectangle((8, 9, 9, 10), fill=(0, 0, 0))
        d.rectangle((15, 9, 16, 10), fill=(0, 0, 0))
    else:
        d.rectangle((int(rng.integers(0, 10)), 4, 20, int(rng.integers(10, 22))), fill=c)
    b = io.BytesIO()
    im.save(b, fmt, **({"quality": 60} if fmt == "JPEG" else {}))
    return b.getvalue()


def isbn13(rng) -> str:
    s = "9787" + digits(rng, 8)
    return s + str((10 - sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(s)) % 10) % 10)


def ean13(rng) -> str:
    s = "69" + digits(rng, 10)
    return s + str((10 - sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(s)) % 10) % 10)


def to15(id18: str) -> str | None:
    return id18[:6] + id18[8:17] if id18[6:8] == "19" else None


# ---------------------------------------------------------------- one value per person, by type
def pinyin_name(p: People, i: int) -> str:
    from pypinyin import lazy_pinyin

    nm = p.name[i].replace("·", "")
    py = lazy_pinyin(nm)
    sur = py[0].capitalize()
    giv = "".join(py[1:]).capitalize()
    x = i % 3
    return f"{sur} {giv}" if x == 0 else f"{giv} {sur}" if x == 1 else f"{sur.upper()} {giv.upper()}"


def address(p: People, i: int) -> str:
    r, w = p.rng, p.w
    _, prov, city, county, _ = p.live[i]
    city = "" if city in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划") else city
    x = r.random()
    road = f"{pick(r, w['roads'])}{int(r.integers(1, 999))}号"
    tail = f"{pick(r, w['communities'])}{int(r.integers(1, 30))}栋{int(r.integers(1, 6))}单元{int(r.integers(1, 33))}0{int(r.integers(1, 5))}室"
    if x < 0.15:
        return (
            prov
            + city
            + county
            + f"{county[:2]}镇{pick(r, w['surnames'])}家村{int(r.integers(1, 12))}组{int(r.integers(1, 99))}号"
        )
    if x < 0.5:
        return prov + city + county + road + tail
    if x < 0.8:
        return city + county + road + tail
    return county + road


def make(typ: str, p: People, i: int, variant: int = 0):
    """Value of type `typ` for person i.  `variant` is constant per column (selects a format)."""
    r, w = p.rng, p.w
    b = p.birth[i]
    if typ == "person_name":
        return p.name[i]
    if typ == "person_name_pinyin":
        return pick(r, w["foreign_names"]) if variant % 3 == 2 else pinyin_name(p, i)
    if typ == "gender":
        return (("女", "男"), ("F", "M"), ("female", "male"), ("女性", "男性"), ("2", "1"), ("0", "1"))[
            variant % 6
        ][int(p.sex[i])]
    if typ == "birth_date":
        return (f"{b:%Y-%m-%d}", f"{b:%Y%m%d}", f"{b:%Y/%m/%d}", f"{b.year}年{b.month}月{b.day}日")[
            variant % 4
        ]
    if typ == "age":
        return int(p.age[i])
    if typ == "ethnicity":
        x = r.random()
        e = "汉族" if x < 0.8 else pick(r, ETHNIC)
        return e if variant % 2 == 0 else e[:-1]
    if typ == "nationality":
        return "中国" if r.random() < 0.85 else pick(r, NATION)
    if typ == "native_place":
        _, prov, city, county, _ = p.region[i]
        return prov + ("" if city in ("市辖区", "县") else city) if variant % 2 else prov + county
    if typ == "religion":
        return RELIGION[0] if r.random() < 0.6 else pick(r, RELIGION)
    if typ == "political_status":
        return "群众" if r.random() < 0.5 else pick(r, POLITICAL)
    if typ == "marital_status":
        return "未婚" if p.age[i] < 22 else pick(r, MARITAL[:4])
    if typ == "family_relation":
        return pick(r, RELATION)
    if typ == "education":
        return pick(r, EDU) if variant % 3 else pick(r, w["schools"])
    if typ == "occupation":
        return pick(r, w["occupations"] if variant % 2 == 0 else w["titles"])
    if typ == "blood_type":
        return pick(r, BLOOD) if variant % 2 else pick(r, BLOOD)[:-1]
    if typ == "id_card":
        s = p.id18[i]
        if variant % 4 == 3 and r.random() < 0.5:  # mixed 15/18 column
            return to15(s) or s
        return s
    if typ == "hkmo_permit":
        return pick(r, "HHHM") + digits(r, 8) + (f"{int(r.integers(0, 5)):02d}" if variant % 2 else "")
    if typ == "tw_permit":
        return digits(r, 8) if variant % 2 == 0 else digits(r, 10) + "(" + pick(r, "ABDE") + ")"
    if typ == "hmt_residence_permit":
        s = pick(r, ["810000", "820000", "830000"]) + f"{b:%Y%m%d}{p.seq[i] % 1000:03d}"
        return s + id_check(s)
    if typ == "exit_entry_permit":
        return (
            pick(r, "CCCW") + digits(r, 8)
            if variant % 3 == 0
            else "C" + pick(r, "ABCDEFGH") + digits(r, 7)
            if variant % 3 == 1
            else pick(r, "TL") + digits(r, 8)
        )
    if typ == "passport":
        if variant % 3 == 2:  # foreign passports
            return pick(
                r,
                [
                    pick(r, "MSTK") + digits(r, 8),
                    "T" + pick(r, "RZK") + digits(r, 7),
                    "C01" + pick(r, "XYZ") + digits(r, 2) + "T" + digits(r, 2),
                    digits(r, 9),
                ],
            )
        x = r.random()
        return (
            "E" + digits(r, 8)
            if x < 0.45
            else "E" + pick(r, "ABCDEFGHJKLMNPQRSTUVWXYZ") + digits(r, 7)
            if x < 0.85
            else "G" + digits(r, 8)
            if x < 0.95
            else pick(r, ["DE", "SE", "PE"]) + digits(r, 7)
        )
    if typ == "military_id":
        return (
            pick(r, ["军", "军", "士", "文", "武", "海", "空", "南", "北", "政"])
            + "字第"
            + digits(r, int(r.integers(7, 9)))
            + "号"
        )
    if typ == "foreign_pr_card":
        if variant % 2 == 0:
            s = (
                pick(r, ["USA", "JPN", "KOR", "GBR", "DEU", "FRA", "CAN", "AUS", "RUS", "SGP"])
                + p.live[i][0][:4]
                + f"{b:%y%m%d}"
                + digits(r, 1)
            )
            return s + digits(r, 1)
        s = (
            "9"
            + p.live[i][0][:2]
            + pick(r, ["840", "392", "410", "826", "276", "250", "124", "036"])
            + f"{b:%Y%m%d}{p.seq[i] % 1000:03d}"
        )
        return s + id_check(s)
    if typ == "birth_certificate":
        return pick(r, "ABCDEFGHIJKLMNOPQRSTU") + digits(r, 9)
    if typ == "driver_license":
        return p.id18[i] if variant % 2 == 0 else p.live[i][0][:4] + digits(r, 8)
    if typ == "license_plate":
        s = plate(r)
        return s[:2] + "·" + s[2:] if variant % 4 == 3 else s
    if typ == "vin":
        return vin(r)
    if typ == "property_cert":
        _, prov, _, county, _ = p.live[i]
        return f"{PROV_SHORT.get(prov[:2], prov[0])}({int(r.integers(2015, 2025))}){county[:2]}{pick(r, ['区', '市'])}不动产权第{digits(r, 7)}号"
    if typ == "social_security_no":
        return pick(r, "ABCDEFGH") + digits(r, 8) if variant % 2 == 0 else digits(r, 10)
    if typ == "medical_insurance_no":
        return digits(r, 12) if variant % 2 == 0 else "YB" + digits(r, 10)
    if typ == "housing_fund_no":
        return digits(r, 12)
    if typ == "employee_no":
        return (
            f"{int(r.integers(1, 99999)):06d}"
            if variant % 3 == 0
            else "E" + digits(r, 5)
            if variant % 3 == 1
            else f"{int(r.integers(2005, 2025))}{digits(r, 4)}"
        )
    if typ == "student_no":
        return f"{int(r.integers(2010, 2025))}{digits(r, 6)}" if variant % 2 == 0 else "S" + digits(r, 9)
    if typ == "mobile":
        return p.mobile[i]
    if typ == "landline":
        s = landline(r)
        return (s, "(" + s.replace("-", ")", 1), s.replace("-", "", 1))[variant % 3]
    if typ == "email":
        from pypinyin import lazy_pinyin

        x = r.random()
        nm = "".join(lazy_pinyin(p.name[i].replace("·", "")))[:12]
        loc = (
            nm + digits(r, int(r.integers(0, 4)))
            if x < 0.5
            else digits(r, int(r.integers(6, 11)))
            if x < 0.75
            else p.mobile[i]
            if x < 0.82
            else nm[:1] + "." + nm[1:]
        )
        return (
            loc
            + "@"
            + (pick(r, w["email_domains"]) if r.random() < 0.9 else "corp-" + digits(r, 2) + ".com.cn")
        )
    if typ == "address":
        return address(p, i)
    if typ == "postcode":
        return p.live[i][0][:2] + digits(r, 4) if r.random() < 0.9 else digits(r, 6)
    if typ == "wechat_id":
        return (
            "wxid_" + hashlib.md5(digits(r, 8).encode()).hexdigest()[:14]
            if variant % 3 == 0
            else "o" + base64.urlsafe_b64encode(r.bytes(21)).decode()[:27]
            if variant % 3 == 1
            else pinyin_name(p, i).split()[0].lower() + "_" + digits(r, 4)
        )
    if typ == "qq":
        return str(int(r.integers(1, 10))) + digits(r, int(r.integers(5, 10)))
    if typ == "weibo_id":
        return pick(r, "1234567") + digits(r, 9)
    if typ == "bank_card":
        return bank_card(r)
    if typ == "bank_account":
        return (
            pick(r, ["0200", "1100", "3100", "4400"]) + digits(r, 15) if variant % 2 == 0 else digits(r, 12)
        )
    if typ == "salary":
        return round(float(r.lognormal(9.1, 0.5)), 2) if variant % 2 == 0 else int(r.integers(30, 800)) * 100
    if typ == "credit_score":
        return int(r.integers(350, 950)) if variant % 2 == 0 else pick(r, ["AAA", "AA", "A", "BBB", "B", "C"])
    if typ == "transaction_amount":
        return round(float(r.lognormal(4.5, 1.3)), 2)
    if typ == "medical_record_no":
        return ("ZY" + digits(r, 8), f"{int(r.integers(2015, 2025))}{digits(r, 6)}", "M" + digits(r, 7))[
            variant % 3
        ]
    if typ == "diagnosis_text":
        if variant % 2 == 0:
            return "；".join(pick(r, w["diagnoses"]) for _ in range(int(r.integers(1, 4))))
        return pick(r, w["complaints"]).format(n=int(r.integers(1, 9)))
    if typ == "icd10_code":
        c = pick(r, w["icd10"])
        return c if variant % 2 == 0 else c[:5].rstrip("0x.") if len(c) > 5 else c
    if typ == "medication":
        return pick(r, w["drugs"]) + " " + pick(r, w["usage"])
    if typ == "health_measure":
        return (
            f"{int(r.integers(95, 170))}/{int(r.integers(55, 105))}",
            round(float(r.normal(165, 9)), 1),
            round(float(r.normal(63, 11)), 1),
            round(float(abs(r.normal(5.6, 1.2))), 2),
        )[variant % 4]
    if typ == "geo_location":
        lon, lat = 73.7 + r.random() * 61, 18.2 + r.random() * 35
        if variant % 4 == 0:
            return round(lon, 6)
        if variant % 4 == 1:
            return round(lat, 6)
        if variant % 4 == 2:
            return f"{lon:.6f},{lat:.6f}"
        pts = []
        for _ in range(int(r.integers(3, 7))):
            lon += r.normal(0, 0.002)
            lat += r.normal(0, 0.002)
            pts.append(f"{lon:.5f},{lat:.5f}")
        return ";".join(pts)
    if typ == "ip_address":
        if variant % 4 == 3:
            return ":".join(
                f"{int(x):x}"
                for x in [0x2409, 0x8A00 + int(r.integers(0, 99))] + list(r.integers(0, 65536, 6))
            )
        return ".".join(str(int(x)) for x in (r.integers(1, 224), *r.integers(0, 256, 2), r.integers(1, 255)))
    if typ == "mac_address":
        h = [f"{int(x):02x}" for x in r.integers(0, 256, 6)]
        return (":".join(h), "-".join(h).upper(), "".join(h).upper())[variant % 3]
    if typ == "imei":
        s = pick(r, ["86", "35", "01"]) + digits(r, 12)
        return s + luhn_digit(s)
    if typ == "imsi":
        return "460" + pick(r, ["00", "01", "02", "03", "07", "11"]) + digits(r, 10)
    if typ == "iccid":
        s = "8986" + pick(r, ["00", "01", "03", "11"]) + digits(r, 13)
        return s + luhn_digit(s)
    if typ == "device_id":
        h = hashlib.md5(r.bytes(8)).hexdigest()
        return (
            h[:16]
            if variant % 3 == 0
            else (
                f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}".upper()
                if variant % 3 == 1
                else h + hashlib.md5(r.bytes(8)).hexdigest()
            )
        )
    if typ == "cookie_id":
        return (
            f"_ga=GA1.2.{digits(r, 9)}.{digits(r, 10)}; JSESSIONID={hashlib.md5(r.bytes(8)).hexdigest().upper()}; uid={digits(r, 8)}"
            if variant % 2 == 0
            else f"GA1.2.{digits(r, 9)}.{digits(r, 10)}"
        )
    if typ == "user_agent":
        return pick(r, UA).format(v=int(r.integers(90, 128)), m=int(r.integers(1, 50)))
    if typ == "browsing_history":
        return json.dumps(
            [
                pick(r, w["urls"]) + digits(r, 6) if variant % 2 == 0 else pick(r, w["search_words"])
                for _ in range(int(r.integers(2, 5)))
            ],
            ensure_ascii=False,
        )
    if typ == "user_account":
        from pypinyin import lazy_pinyin

        x = variant % 4
        if x == 0:
            return "".join(lazy_pinyin(p.name[i].replace("·", "")))[:10] + digits(r, 3)
        if x == 1:
            return "VIP" + digits(r, 8)
        if x == 2:
            return (
                pick(r, ["快乐的", "小", "阿", "追风", "爱吃", "月光下的"])
                + pick(r, ["小猫", "柠檬", "少年", "土豆", "西瓜", "老王", "星星"])
                + digits(r, int(r.integers(0, 3)))
            )
        return int(r.integers(100000, 99999999))
    if typ == "password":
        x = variant % 4
        if x == 0:
            return "$2a$10$" + base64.b64encode(r.bytes(40)).decode().replace("+", ".").replace("=", "")[:53]
        if x == 1:
            return hashlib.md5(r.bytes(8)).hexdigest()
        if x == 2:
            return hashlib.sha256(r.bytes(8)).hexdigest()
        return pick(r, ["123456", "abc", "Qwer", "zhang", "admin@"]) + digits(r, 4)
    if typ == "auth_token":
        if variant % 2 == 0:
            j = (
                base64.urlsafe_b64encode(json.dumps({"sub": digits(r, 6), "exp": 1700000000}).encode())
                .decode()
                .rstrip("=")
            )
            return (
                "eyJhbGciOiJIUzI1NiJ9." + j + "." + base64.urlsafe_b64encode(r.bytes(32)).decode().rstrip("=")
            )
        return hashlib.sha1(r.bytes(8)).hexdigest()
    if typ == "criminal_record":
        return pick(r, w["crimes"])
    if typ == "uscc":
        return uscc(r)
    if typ == "org_code":
        s = "".join(pick(r, "0123456789ABCDEFGHJK") for _ in range(8))
        return s + ("-" if variant % 2 == 0 else "") + org_check(s)
    if typ == "business_license":
        s = p.live[i][0] + digits(r, 8)
        return s + bizlic_check(s)
    if typ == "tax_id":
        return uscc(r) if variant % 2 == 0 else p.live[i][0] + digits(r, 8) + pick(r, "0123456789X")
    if typ == "face_embedding":
        return vector(r, (128, 512, 256)[variant % 3], True)
    if typ == "voiceprint":
        return vector(r, (192, 256)[variant % 2], variant % 2 == 0)
    if typ == "gait":
        return vector(r, 64, False)
    if typ == "face_image":
        if variant % 4 == 3:
            return fac(r)
        return image(r, "JPEG" if variant % 2 == 0 else "PNG")
    if typ == "fingerprint":
        return fmr(r)
    if typ == "iris":
        return iir(r) if variant % 2 == 0 else r.integers(0, 256, 256, dtype=np.uint8).tobytes()
    raise KeyError(typ)


# content evidence depends on the format for some types; (type, variant) pairs listed here are header-only
HEADER_ONLY_VARIANTS = {
    ("gender", 4),
    ("gender", 5),
    ("gender", 1),
    ("passport", 2),
    ("education", 0),
    ("iris", 1),
    ("geo_location", 0),
    ("geo_location", 1),
    ("device_id", 0),
    ("mac_address", 2),
    ("org_code", 1),
}
CONTENT_VARIANTS = {
    # (type, modulo, remainder): value format is self-identifying although the type usually needs a header
    ("driver_license", 2, 0),
    ("password", 4, 0),
    ("auth_token", 2, 0),
    ("cookie_id", 2, 0),
    ("wechat_id", 3, 0),
    ("face_image", 4, 3),
    ("health_measure", 4, 0),
    ("tax_id", 2, 0),
    ("birth_date", 4, 3),
}
_MOD = {
    "gender": 6,
    "passport": 3,
    "education": 3,
    "iris": 2,
    "geo_location": 4,
    "device_id": 3,
    "mac_address": 3,
    "org_code": 2,
}


def decidable_without_header(typ: str, variant: int) -> bool:
    from benchmarks.columns.taxonomy import evidence

    for t, m, r in CONTENT_VARIANTS:
        if t == typ and variant % m == r:
            return True
    if evidence(typ) == "header":
        return False
    return (typ, variant % _MOD.get(typ, 10**9)) not in HEADER_ONLY_VARIANTS
