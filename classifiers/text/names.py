"""Personal names in running text: what the entity model finds, checked; label and title rules without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from classifiers import lexicon

_COMPOUND = "|".join(sorted(word for word in lexicon.words("surnames") if len(word) > 1))
_SINGLE = "".join(sorted(word for word in lexicon.words("surnames") if len(word) == 1))
_SURNAME = rf"(?:{_COMPOUND}|[{_SINGLE}])"
_GIVEN = f"[{''.join(sorted(lexicon.characters('given_characters')))}]"
_HAN = "[㐀-䶿一-鿿]"

# Words that announce a person; the model reads what follows better after a colon (客户王建国).
_ROLES = (
    "紧急联系人|被保险人|法定代表人|联系人|收件人|收货人|寄件人|发件人|投保人|受益人|持卡人|开户人|申请人|经办人"
    "|负责人|监护人|户主姓名|客户姓名|患者姓名|真实姓名|户名|姓名|客户|用户|患者|病人|家属|业主|车主|学生|家长|员工"
)
_ANNOUNCED = re.compile(rf"(?:{_ROLES})(?={_SURNAME}{_HAN})")
_TITLES = "先生|女士|小姐|同学|同志|老师|医生|大夫|师傅|阿姨|奶奶|爷爷"

# Everyday words and brands that look like a surname and a given name.
EVERYDAY = frozenset(
    word
    for line in (
        "经理 平安 白云 李子 高兴 黄河 白糖 马达 马上 方便 高山 金额 石头 田野 万里 和平 安全 安静 安康",
        "高峰 方向 方法 常用 常见 关注 关系 包装 包括 平台 平时 许可 于是 时间 时候 成功 成立 任务",
        "任何 余额 程序 应用 应该 周末 周围 温度 水平 黄金 白金 金牌 金属 高级 高端 高速 马路 石油",
        "江南 江北 江山 海洋 海外 华为 华润 李宁 王府 王者 李子园 江小白 王老吉 周大福 周大生 周生生",
        "马应龙 陈克明 金龙鱼 方便面 石榴汁 高血压 白细胞 红细胞 黄体酮 甘油 甘草 夏季 夏天 秋天 冬天",
        "乐园 乐器 路由 路线 路口 房间 房产 车辆 车型 管理 管道 单位 单价 单号 全部 全家 张小泉 徐福记",
        "王致和 李锦记 周黑鸭 王守义 张一元 吴裕泰 李子柒 周六福 王麻子 马大姐 谢馥春 贺喜 项目 左右",
        "党员 简单 连接 连续 广告 广场 都市 古城 古镇 明天 明显 和谐 安装 安排 安保 双方 富强 有限",
        "能量",
    )
    for word in line.split()
)
# A name of a place, a shop or a firm goes on with one of these.
_GOES_ON = re.compile(
    r"牌|店|公司|集团|超市|医院|药房|药店|饭店|酒店|餐厅|茶|酒|面馆|银行|学校|大学|中学|小学|路|街|大道|大桥|村|镇|乡"
    r"|小区|花园|广场|大厦|县|市|区|省|山|河|湖|港|岛|机场|车站|站"
)
_NAME = re.compile(rf"{_SURNAME}{_HAN}{{1,2}}")
_DOTTED = re.compile(rf"{_HAN}{{1,10}}(?:[·•]{_HAN}{{1,10}})+")
_DOT_TAIL = re.compile(rf"(?:[·•]{_HAN}{{1,8}})+")
_HONORIFIC = re.compile(rf"{_SURNAME}(?:{_TITLES}|总|经理|主任|某|工|哥|姐)$")

_STOPS = (
    rf"(?=[^㐀-䶿一-鿿]|$|来电|来访|反映|反馈|投诉|咨询|的|已|因|{_TITLES}|电话|手机|身份证|表示|称|要求|申请|与|和"
    "|住|地址|性别|确认|今|于|在|之)"
)
_BY_ROLE = re.compile(rf"(?:{_ROLES})[是为叫: ]{{0,2}}({_SURNAME}{_GIVEN}{{1,2}}){_STOPS}")
_BY_TITLE = re.compile(rf"(?<!{_HAN})({_SURNAME}{_GIVEN}{{1,2}})(?:{_TITLES})")

# Behind a brand stands what it makes; behind a person what he did, or a title.
_NOUN_FOLLOWS = re.compile(rf"(?!{_STOPS}){_HAN}")

Mention = tuple[str, int, int]  # text, start, end


def checked_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a name that the model saw at ``start:end``, or None if it is hardly one."""
    tail = _DOT_TAIL.match(text, end)
    if tail:
        end = tail.end()
    word = text[start:end].strip()
    if _DOTTED.fullmatch(word):
        return start, end
    if not _NAME.fullmatch(word) and not _is_compound_name(word):
        return None
    if word in EVERYDAY or _HONORIFIC.fullmatch(word) or _GOES_ON.match(text, end):
        return None
    return start, end


def names_of_things(mentions: Sequence[Mention]) -> frozenset[Mention]:
    """Return the mentions of one column that are brands: 陈克明 in 陈克明挂面, 陈克明龙须面.

    They open the cell, a noun follows without a pause, and the same name comes back before another noun.
    Where most names of a column are such, those that stand once are too.
    """
    opening = [each for each in mentions if each[1] == 0 and _NOUN_FOLLOWS.match(each[0], each[2])]
    times = Counter(text[start:end] for text, start, end in opening)
    again = [(text, start, end) for text, start, end in opening if times[text[start:end]] > 1]
    return frozenset(opening if 2 * len(again) > len(mentions) else again)


def announced_at(text: str) -> list[int]:
    """Return the offsets at which a role word ends and a name may begin without anything between."""
    return [match.end() for match in _ANNOUNCED.finditer(text)]


def names_by_rule(text: str) -> Iterator[tuple[int, int]]:
    """Yield spans of names that a role before them or a title after them announces."""
    for pattern in (_BY_ROLE, _BY_TITLE):
        for match in pattern.finditer(text):
            if match[1] not in EVERYDAY:
                yield match.span(1)


def _is_compound_name(word: str) -> bool:
    return any(word.startswith(s) and 1 <= len(word) - len(s) <= 2 for s in _COMPOUND.split("|"))
