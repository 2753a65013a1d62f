"""Articles as lawyers cite them, in English and Chinese.

Packs write an article short: ``7(2)`` is item 2 of article 7, ``5(1)(4)`` is item 4 of paragraph 1 of article
5; a comma joins several places. What is no article, such as ``grading guide``, has its Chinese in
``citations.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from scanner.user_files.yaml_text import read_yaml

_ARTICLE = re.compile(r"(?P<article>\d+)?(?P<parts>(?:\(\d+\))*)(?:-\((?P<last>\d+)\))?")
_ANSWER = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?: Q(?P<question>\d+))?")
_CLAUSE = re.compile(r"\d+(?:\.\d+)+(?: [a-z]\))?")
_DIGITS = "零一二三四五六七八九"


def cite(article: str, *, chinese: bool) -> str:
    """Return an article as it is cited, or the words of the pack where it is none.

    >>> cite("5(1)(4)", chinese=False), cite("5(1)(4)", chinese=True)
    ('art. 5(1)(4)', '第五条第一款第四项')
    >>> cite("28, 31", chinese=False), cite("28, 31", chinese=True)
    ('arts 28, 31', '第二十八条、第三十一条')
    >>> cite("4, last paragraph", chinese=True), cite("2026-04 Q2", chinese=True)
    ('第四条最后一款', '2026年4月第2问')
    """
    if chinese:
        cited = "、".join(_in_chinese(place, _numbered(article)) for place in _places(article))
        return cited.replace("条、最后一款", "条最后一款")
    numbers = [place for place in _places(article) if place[0].isdigit()] if _numbered(article) else []
    return f"{'arts' if len(numbers) > 1 else 'art.'} {article}" if numbers else article


def in_chinese(article: str) -> bool:
    """Return whether every part of an article has its Chinese."""
    return re.search(r"[A-Za-z]{2}", cite(article, chinese=True)) is None


def _places(article: str) -> list[str]:
    known = _words()
    return [article] if article in known else article.split(", ")


def _numbered(article: str) -> bool:
    """Return whether the places are articles of a law; clauses of a standard and answers are not."""
    first = _places(article)[0]
    return bool(_ARTICLE.fullmatch(first)) and not any(map(_CLAUSE.fullmatch, _places(article)))


def _in_chinese(place: str, numbered: bool) -> str:
    if place in _words():
        return _words()[place]
    if found := _ANSWER.fullmatch(place):
        question = f"第{found['question']}问" if found["question"] else "问答"
        return f"{found['year']}年{int(found['month'])}月{question}"
    found = _ARTICLE.fullmatch(place)
    return _article(found) if numbered and found else place


def _article(found: re.Match[str]) -> str:
    parts = re.findall(r"\d+", found["parts"])
    cited = f"第{_numeral(int(found['article']))}条" if found["article"] else ""
    if len(parts) > 1:
        cited += f"第{_numeral(int(parts[0]))}款"
    if parts:
        cited += f"第{_numeral(int(parts[-1]))}项"
    return cited + (f"至第{_numeral(int(found['last']))}项" if found["last"] else "")


def _numeral(number: int) -> str:
    """Return a number below a hundred in Chinese.

    >>> [_numeral(number) for number in (4, 10, 12, 20, 62)]
    ['四', '十', '十二', '二十', '六十二']
    """
    tens, ones = divmod(number, 10)
    leading = "" if tens < 2 else _DIGITS[tens]
    return leading + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


@cache
def _words() -> Mapping[str, str]:
    content: Mapping[str, str] = read_yaml(files("scanner.rules.law").joinpath("citations.yaml").read_bytes())
    return content
