"""Words and codes that values are made of, none of them from a real person."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

RES = Path(__file__).parents[1] / "resources"

ETHNIC = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 "
    "哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 "
    "达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 "
    "俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
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
LANDLINE_4 = (
    "0311 0371 0431 0451 0512 0531 0551 0571 0591 0731 0755 0769 0771 0791 0851 0871 0931 0951 0991 "
    "0310 0516 0717 0838"
).split()
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
# The first two characters of a province: its short name, which plates and certificates carry.
PROV_SHORT = dict(
    zip(
        (
            "北京 天津 河北 山西 内蒙 辽宁 吉林 黑龙 上海 江苏 浙江 安徽 福建 江西 山东 河南 "
            "湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
        ).split(),
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新",
        strict=True,
    )
)
WMI = ["LSV", "LFV", "LSG", "LBV", "LGB", "LVS", "LHG", "LGX", "LJD", "LRW", "LNB", "LVG"]
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UA = [
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0 "
        "Safari/537.36"
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{m} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Mobile/15E148 MicroMessenger/8.0.{m}(0x1800) NetType/WIFI Language/zh_CN"
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; M2012K11AC Build/TKQ1) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/{v}.0.4472.114 Mobile Safari/537.36"
    ),
]


# Code, province, city, county, and whether the code is abolished ("1") or not ("0").
Region = tuple[str, str, str, str, str]


@cache
def regions() -> list[Region]:
    """Return the administrative divisions at county level."""
    with (RES / "regions.csv").open(encoding="utf-8") as file:
        return [
            (code, province, city, county, old)
            for code, province, city, county, old in list(csv.reader(file))[1:]
        ]


def load_words(path: str | Path) -> dict[str, Any]:
    """Return the vocabulary of a configuration; a relative path may be one below the resources."""
    found = Path(path)
    return json.loads((found if found.exists() else RES / found).read_text(encoding="utf-8"))
