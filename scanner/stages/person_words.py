"""Words for persons in names of tables and headers that refer to them: ``sys_user``, ``user_id``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from scanner.stages.second_persons import PERSONS, header_words

SERVED_FIRST = (
    "user member customer client patient student pupil subscriber passenger guest visitor buyer borrower "
    "player learner trainee attendee participant panelist applicant candidate volunteer donor claimant "
    "policyholder resident elder villager householder landlord lessor lessee "
    "farmer athlete inmate prisoner detainee tourist shopper infant "
    "person driver rider courier nurse caregiver technician consultant salesman salesperson streamer coach "
    "doctor physician therapist lawyer teacher instructor lecturer tutor contact linkman employee staff "
    "counselor counsellor worker admin"
).split()  # those whom others serve come first
# What users do in a row, of two the one whom it is about first; some words say so before a user only.
ROLES = (
    "author commenter sender from source follower inviter owner creator assignee receiver recipient to "
    "target followee friend invitee referrer"
).split()
BEFORE_USERS = frozenset("from source to target".split())  # source_id may be of anything
_ROLES_IN_CHINESE = {
    **dict.fromkeys(("作者", "发布人", "发布者"), "author"),
    **dict.fromkeys(("发送人", "发送者"), "sender"),
    **dict.fromkeys(("接收人", "接收者"), "receiver"),
    **dict.fromkeys(("邀请人", "邀请者"), "inviter"),
    **dict.fromkeys(("创建人", "创建者"), "creator"),
    **dict.fromkeys(("推荐人",), "referrer"),
    **dict.fromkeys(("负责人", "跟进人"), "owner"),
}
_NUMBERS = frozenset("max min count cnt num total distinct avg".split())  # what comes before what is counted
_SHORT = {
    "usr": "user",
    "cust": "customer",
    "emp": "employee",
    "stu": "student",
    "mbr": "member",
    "mem": "member",
    "pat": "patient",
    "psndoc": "person",  # Yonyou's word for who is listed in bd_psndoc
}
_PINYIN = {"yh": "user", "hy": "member", "kh": "customer", "hz": "patient", "xs": "student", "ry": "person"}
_CHINESE = {
    "用户": "user",
    "会员": "member",
    "客户": "customer",
    "患者": "patient",
    "病人": "patient",
    "学生": "student",
    "学员": "student",
    "员工": "employee",
    "职工": "employee",
    "人员": "person",
    "教师": "teacher",
    "医生": "doctor",
    "司机": "driver",
    "骑手": "rider",
    "快递员": "courier",
    "护士": "nurse",
    "教练": "coach",
    "乘客": "passenger",
    "旅客": "passenger",
    "访客": "visitor",
    "候选人": "candidate",
    "志愿者": "volunteer",
    "玩家": "player",
    "居民": "resident",
    "老人": "elder",
    "村民": "villager",
    "运动员": "athlete",
    "服刑人员": "inmate",
    "护工": "caregiver",
    "技师": "technician",
    "业务员": "salesman",
    "主播": "streamer",
    "顾客": "shopper",
}
_PERSONS: Mapping[str, str] = {word: word for word in SERVED_FIRST} | _SHORT | _PINYIN | _CHINESE
_SAME: Mapping[str, str] = {  # words that are used for one another
    **dict.fromkeys("user member client subscriber buyer player shopper".split(), "customer"),
    **dict.fromkeys(
        (
            "staff worker admin doctor physician therapist nurse lawyer teacher instructor lecturer tutor "
            "coach driver rider courier caregiver technician consultant counselor counsellor salesman "
            "salesperson"
        ).split(),
        "employee",
    ),
    **dict.fromkeys("pupil learner trainee".split(), "student"),
    "linkman": "contact",
}
ALSO_THINGS = frozenset({"client", "visitor", "guest"})  # programs and browsers, where no table lists people
_SURROGATES = ("key", "sk")  # what a warehouse numbers beside the numbers of its sources
_ID = ("id", "uuid", "guid", *_SURROGATES)
_END = re.compile(r"[\s,，;；:：。(（\[【|/]")
_REFERRING = re.compile(r"^(?:关联|所属|对应|外键|引用)(?:的)?")
_OF_PARENT = ("ptr", "id")  # Django's key of a table whose rows are also rows of another
_NUMBER = rf"(?:{'|'.join(_ID)}|主键|标识)$"
_ONE_WORD = re.compile(rf"^({'|'.join((*_PERSONS, *_ROLES_IN_CHINESE))}){_NUMBER}")
_ALONE = [role for role in ROLES if role not in BEFORE_USERS]
_ROLE_IN_ONE_WORD = re.compile(rf"^(?:({'|'.join(ROLES)}|f)uid|({'|'.join(_ALONE)})id)$")  # f is a friend
_IN_CHINESE = re.compile(rf"^([一-鿿]{{1,6}}?)({'|'.join(_CHINESE)}){_NUMBER}")
LAYERS = frozenset("ods dwd dwm dws dwt dwb dim ads dm dw edw stg raw".split())
_BEFORE = LAYERS.union("f fk fct fact t tb tbl ref src".split())
_AFTER = frozenset(
    "info infos information base basic profile profiles detail details master main data t tb tbl table list "
    "dim all full inc zip zipper chain snapshot snap his hist history cur current bak backup index".split()
)
_NICKNAME = re.compile(r"昵称|花名|网名|nick|^(?:wx|yh|hy|kh)?nc$")
_PERIOD = re.compile(r"^(?:[dhmwy][afi]|\d{0,4}[nt]?[dhmwy]|\d+)$")  # df, 1d, td, 20260901
_AFTER_CHINESE = re.compile(r"(?:基本|基础)?(?:信息|资料|档案|明细|主)?表?$")


class Reference(NamedTuple):
    """To whom a header refers.

    Attributes:
        person: A word for the persons.
        role: What one of them is in the row, ``sender`` in ``sender_id``; empty: nothing in particular.
    """

    person: str
    role: str = ""


@lru_cache(maxsize=1 << 14)  # many tables have the same columns
def reference(header: str, comment: str = "") -> Reference | None:
    """Return the persons to whom a header refers, or else the comment of its column; None: to none.

    >>> reference("user_id"), reference("from_uid"), reference("sender_id"), reference("order_id")
    (Reference(person='user', role=''), Reference(person='user', role='from'), \
Reference(person='user', role='sender'), None)
    >>> reference("contact_ptr_id"), reference("br_id", "关联病人ID，见 t_br")
    (Reference(person='contact', role=''), Reference(person='patient', role=''))
    >>> reference("开方医生ID"), reference("inviter", "邀请人会员ID")
    (Reference(person='doctor', role='开方'), Reference(person='member', role='inviter'))
    >>> reference("approved_by_id"), reference("approved_by"), reference("authorid")
    (Reference(person='user', role='approved_by'), None, Reference(person='user', role='author'))
    """
    return _referred(header) or (_referred(words) if (words := said(comment)) else None)


def is_nickname(header: str) -> bool:
    """Return whether a header is that of nicknames, of which many people have the same."""
    return _NICKNAME.search(header.lower()) is not None


def said(comment: str) -> str:
    """Return the first words of a comment in Chinese, which most often say what it is about."""
    first = _END.split(comment.strip(), maxsplit=1)[0]
    return "" if first.isascii() else _REFERRING.sub("", first)


def _referred(header: str) -> Reference | None:
    words = header_words(header)
    words = words[1:] if len(words) > 1 and words[0] in _BEFORE else words
    if words[-2:] == _OF_PARENT:
        words = (*words[:-2], "id")
    if len(words) > 1 and words[0] == "pk":
        words = (*words[1:], "id") if words[-1] in _PERSONS else words[1:]
    if len(words) > 1 and (whole := _ONE_WORD.match(words[-1])):  # from_userid
        words = (*words[:-1], whole[1], "id")
    if words[-1:] == ("uid",):
        return _by(words[:-1], "user")
    if len(words) > 1 and words[-1] in _ID:
        *before, last = words[:-1]
        if last in _PERSONS:
            return _by(before, _PERSONS[last])
        if before and last == "by":  # as Django calls it: approved_by_id
            return _by([*before, last], "user")
        return _by([*before, last], "user") if last in ROLES and last not in BEFORE_USERS else None
    return _of_one_word(words[0]) if len(words) == 1 else None


def _of_one_word(word: str) -> Reference | None:
    if match := _ROLE_IN_ONE_WORD.match(word):
        return Reference("user", match[1] or match[2])
    if match := _ONE_WORD.match(word):
        role = _ROLES_IN_CHINESE.get(match[1], "")
        return Reference("user", role) if role else Reference(_PERSONS[match[1]])
    if match := _IN_CHINESE.match(word):
        return Reference(_CHINESE[match[2]], _ROLES_IN_CHINESE.get(match[1], match[1]))
    return None


def _by(before: Sequence[str], person: str) -> Reference | None:
    return None if _NUMBERS.intersection(before) else Reference(person, "_".join(before))


def role_named(header: str) -> Reference:
    """Return what a header calls persons to whom it leads without a word for persons.

    >>> role_named("created_by"), role_named("approver_id")
    (Reference(person='user', role='created_by'), Reference(person='user', role='approver'))
    """
    *before, last = header_words(header) or (header,)
    return Reference("user", "_".join(before if before and last in _ID else [*before, last]))


def about(table: str, comment: str = "") -> str:
    """Return a word for the persons who are the rows of a table, by its name, or else by its comment.

    Empty if neither names any.
    """
    return _about(table) or (_about(words) if (words := said(comment)) else "")


def _about(table: str) -> str:
    last = _AFTER_CHINESE.sub("", _significant(table)[-1])
    if len(last) < 2:
        return ""
    role = last.removesuffix("s")
    return person_named(last) or (role if role in ROLES and role not in BEFORE_USERS else "")


def _significant(table: str) -> tuple[str, ...]:
    """Return the words of a table's name without those of layers, kinds of tables, days and shards."""
    words = list(_whole(table))
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    return tuple(words)


def _whole(table: str) -> tuple[str, ...]:
    """Return the words of a table's name without those at its end that tell its days or shards apart."""
    words = list(header_words(table)) or [""]
    while len(words) > 1 and (words[-1] in _AFTER or _PERIOD.match(words[-1])):
        words.pop()
    return tuple(words)


def whole_name(table: str) -> str:
    """Return the name of a table without those words: all shards of a layer have the same."""
    return "_".join(_whole(table))


def shard(table: str) -> tuple[str, ...]:
    """Return the words of a table's name that tell its days or shards apart: ``202601`` of one month's."""
    return tuple(word for word in header_words(table)[len(_whole(table)) :] if _PERIOD.match(word))


def slot_of_rows(table: str) -> str:
    """Return the slot of second persons who are the rows of a table, such as ``sys_driver``; empty: none."""
    words = _significant(table)
    said, last = f"_{'_'.join(words)}".removesuffix("s"), _AFTER_CHINESE.sub("", words[-1])
    return next(
        (
            person.slot
            for person in PERSONS
            if any(said.endswith(f"_{word}") for word in person.english) or last.endswith(person.chinese)
        ),
        "",
    )


def slot_begun(table: str) -> str:
    """Return the slot of second persons whose word begins the name of a table; empty: none."""
    first = _significant(table)[0] if table else ""
    return next((p.slot for p in PERSONS if first in p.english or first.startswith(p.chinese)), "")


def layer(table: str) -> str:
    """Return the layer of a warehouse with which the name of a table begins; empty: none."""
    first = (*header_words(table), "")[0]
    return first if first in LAYERS else ""


def plain_name(table: str) -> str:
    """Return the name of a table without such words: shards and days of one table have the same."""
    return "_".join(_significant(table))


def word_count(table: str) -> int:
    return len(_significant(table))


def first_word(table: str) -> str:
    return _significant(table)[0].removesuffix("s")


def is_surrogate(header: str) -> bool:
    """Return whether a header that refers to persons is of numbers that a warehouse gave them."""
    return (header_words(header) or ("",))[-1].endswith(_SURROGATES)


def person_named(word: str) -> str:
    """Return a word for the persons whom a word names, ``user`` for ``users``; empty: none."""
    return _PERSONS.get(word) or _PERSONS.get(word.removesuffix("s"), "")


def named_in(header: str) -> set[str]:
    """Return words for the persons whom a header mentions, but those for anybody."""
    found = {word for word in header_words(header) if word in SERVED_FIRST}
    found |= {person for word, person in _CHINESE.items() if word in header}
    return {same(person) for person in found - {"person"}}


def same(person: str) -> str:
    return _SAME.get(person, person)
