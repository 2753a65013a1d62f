"""Columns that refer to rows of a table about things, such as visits: a number of one is nobody's number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from classifiers import Evidence, Tag
from connectors import Column, Table
from scanner.digests.columns import ISSUER_KINDS
from scanner.stages.constraints import Constraints, Place, place_of
from scanner.stages.databases import numbering
from scanner.stages.named_keys import numbers_rows, own_keys, persons_in
from scanner.stages.person_words import layer, plain_name, reference, said, shard
from scanner.stages.second_persons import header_words

_BEGIN = 2  # characters with which a comment begins
_ID = frozenset({"id", "uuid", "guid"})
_NUMBERS = _ID.union("no code num number sn key".split())  # last words of headers of numbers
_NUMBERED = re.compile(r"(.{2,}?)(?:编号|单号|号码|编码|代码|流水号|号|码|主键|(?i:id))$")
_OF_SEVERAL = frozenset(  # what tables list with which many people have to do, each with something else
    "family household home company corp enterprise firm org organization organisation department dept "
    "store shop merchant branch outlet school class grade group team club community project room house "
    "building estate village street region area city hospital ward clinic warehouse supplier vendor "
    "tenant category product goods good sku activity event course lesson campaign coupon voucher ad "
    "advert banner job position post article blog news video movie song album photo book topic thread "
    "question answer comment live stream page link notice announcement survey questionnaire paper contest "
    "match game vote poll template dict config menu role".split()
)
_OF_SEVERAL_IN_CHINESE = re.compile(
    r"(?:家庭|(?<![用客账帐开])户|公司|企业|单位|机构|组织|部门|科室|门店|店铺|网点|学校|班级|年级|小组|团队|小区|项目|房间"
    r"|房屋|楼栋|村|社区|仓库|供应商|租户|商品|产品|活动|课程|优惠券|广告|岗位|职位|帖子|文章|视频|歌曲|图书|话题|问题|评论"
    r"|直播|公告|问卷|试卷|考试|比赛|投票|模板|字典|配置|菜单|角色)(?:基本)?(?:信息|资料|档案)?表?(?:\s|$)"
)
_ACCOUNTS = frozenset("account acct wallet card 账户 账号 帐户 帐号 钱包 卡".split())  # somebody has one


class Thing(NamedTuple):
    """A table about things, to whose rows a column refers.

    Attributes:
        place: The table; of one in shards, one of them.
        column: That which numbers the things.
        nobodys: Whether such a number is nobody's.
        others: The other shards, if rows of any may be meant.
    """

    place: Place
    column: str
    nobodys: bool = True
    others: tuple[Place, ...] = ()


def references_to_things(tables: Sequence[Table]) -> Mapping[Place, Mapping[str, Thing]]:
    """Return the columns in the tables of one source that refer to things, and to which."""
    constraints, things = Constraints(tables), _Things(tables)
    found: dict[Place, dict[str, Thing]] = {}
    for table in tables:
        for column in table.columns:
            if reference(column.name, column.comment):
                continue  # to a person, whatever the table is called
            end = constraints.end(place_of(table), column.name)
            thing = things.at(*end) if end else things.of(table, column)
            if thing:
                found.setdefault(place_of(table), {})[column.name] = thing
    return found


def without_things(
    tags: Mapping[str, tuple[Tag, ...]], columns: Mapping[str, Thing]
) -> dict[str, tuple[Tag, ...]]:
    """Return tags of which those are rejected that take a number of things for one of persons.

    Args:
        tags: What the columns of a table hold.
        columns: Those that refer to things, and to which.

    """
    return {
        column: tuple(_judged(tag, columns[column]) for tag in held) if column in columns else held
        for column, held in tags.items()
    }


def _judged(tag: Tag, thing: Thing) -> Tag:
    if tag.decision != "auto" or tag.type not in ISSUER_KINDS or not thing.nobodys:
        return tag
    return tag.rejected(Evidence(kind="header", detail=f"refers to rows of {thing.place[1]}"))


@lru_cache(maxsize=1 << 14)
def number_stem(header: str, comment: str) -> str:
    """Return what a column numbers by header or comment: ``sample`` of ``sample_code``; empty: nothing."""
    *before, last = header_words(header) or ("",)
    if before and last in _NUMBERS:
        return "_".join(before)
    in_chinese = (_NUMBERED.match(text) for text in (header, said(comment)) if not text.isascii())
    return next((found[1] for found in in_chinese if found), "")


def is_of_several(table: Table) -> bool:
    """Return whether the rows of a table are groups, places or goods, with whom many people have to do."""
    last = plain_name(table.name).rpartition("_")[2].removesuffix("s")
    return (
        last in _OF_SEVERAL
        or _OF_SEVERAL_IN_CHINESE.search(f"{table.name} {said(table.comment)}") is not None
    )


def nearest(things: Sequence[Thing], table: Table) -> Thing:
    """Return to which of some things a table refers that one table lists, in several layers or shards.

    Those of its own shard and layer; to those of any shard, if none is called as its own.
    """
    own = [thing for thing in things if shard(thing.place[1]) == shard(table.name)]
    near = own or things
    layers = [layer(thing.place[1]) for thing in near]
    wanted = layer(table.name) if layer(table.name) in layers else layers[-1]
    *before, last = (thing for thing, held in zip(near, layers, strict=True) if held == wanted)
    if own or not shard(last.place[1]):
        return last
    others = (thing.place for thing in before if thing.column == last.column and shard(thing.place[1]))
    return last._replace(others=tuple(others))


class _Things:
    """Tables whose rows are no persons; the number of what one has, such as an account, may be a person's."""

    def __init__(self, tables: Sequence[Table]) -> None:
        of_things = [table for table in tables if not persons_in(table)]
        self._tables = {place_of(table): table for table in of_things}
        numbered = {place_of(table): own_keys(table)[0] for table in of_things if own_keys(table)}
        self._by_name: dict[tuple[str, str], list[Thing]] = {}
        self._by_comment: dict[tuple[str, str], list[tuple[str, Thing]]] = {}
        for place, column in numbered.items():
            table, group = self._tables[place], numbering(place[0])
            thing = Thing(place, column, not _is_account(table))
            self._by_name.setdefault((group, plain_name(table.name).removesuffix("s")), []).append(thing)
            words = said(table.comment)
            self._by_comment.setdefault((group, words[:_BEGIN]), []).append((words, thing))

    def at(self, place: Place, column: str) -> Thing | None:
        """Return to what thing a foreign key leads; None: to none."""
        if place not in self._tables:
            return None
        return Thing(place, column, numbers_rows(column) and not _is_account(self._tables[place]))

    def of(self, table: Table, column: Column) -> Thing | None:
        """Return what a column refers to in another table by its header or comment; None: nothing."""
        group = numbering(table.group)
        *before, last = header_words(column.name) or ("",)
        listed = self._by_name.get((group, "_".join(before))) if last in _ID else None
        named = nearest(listed, table) if listed else None
        words = said(column.comment)
        stem = words[:-2] if words[-2:].lower() == "id" else ""
        if not named and len(stem) >= _BEGIN:
            begun = self._by_comment.get((group, stem[:_BEGIN]), ())
            named = next((thing for words, thing in begun if words.startswith(stem)), None)
        return named if named and named.place != place_of(table) else None


def _is_account(table: Table) -> bool:
    last = plain_name(table.name).rpartition("_")[2].removesuffix("s")
    return last in _ACCOUNTS or any(word in said(table.comment) for word in _ACCOUNTS)
