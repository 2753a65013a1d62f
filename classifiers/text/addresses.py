"""Postal addresses in running text: places that the entity model saw, joined and carried on to the house."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers import lexicon

Span = tuple[int, int]

_HAN = "㐀-䶿一-鿿"
# Han characters that do not occur in names of roads and estates, but between them in sentences.
_FUNCTION = "在到去来往的了是和与从走送请有我你他她它不已将把被给对为及或者说让被叫问要想"
_WORD = rf"(?:(?![{_FUNCTION}])[{_HAN}])"
_PROVINCE = lexicon.alternation("provinces")

_ROAD_END = "大街|大道|胡同|街道|社区|路|街|道|巷|弄|村|镇|乡"
_ESTATE_END = "小区|花园|家园|新村|新城|广场|大厦|公寓|园区|苑|府|邸|湾|里|城|庭|庄|园|居|轩"
_COUNT = "0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁"
_UNIT = "号楼|号院|号|弄|栋|幢|座|期|区|单元|层|楼|室|房|户|组|队|排"
_HOUSE = rf"[{_COUNT}]{{1,5}}(?:[-#][0-9A-Za-z]{{1,4}})? ?(?:{_UNIT})"
_ROAD = rf"(?:{_WORD}|[0-9A-Za-z]){{1,9}}?(?:{_ROAD_END})"
_ESTATE = rf"{_WORD}{{2,7}}?(?:{_ESTATE_END})"
_ROOM = r"[0-9]{1,3}(?:-[0-9]{1,4}){1,2}|[0-9]{3,4}室?(?![0-9])"
_REST = re.compile(rf"(?:[, ]?(?:{_HOUSE}|{_ROAD}|{_ESTATE}))*(?:(?<=[号栋幢座元楼苑园区邸]) ?(?:{_ROOM}))?")

_DISTRICT = re.compile(rf"[{_HAN}](?:省|自治区|市|区|县|旗|州)|{_PROVINCE}")
_PART_OF_TOWN = re.compile(
    r"路|街|巷|弄|胡同|大道|村|镇(?!市)|乡(?!市)|小区|花园|家园|苑|公寓|社区|大厦|新城|名邸"
)
_HOUSE_IN = re.compile(_HOUSE)
# Between two places of one address: nothing, a comma, or a road or township that the model missed.
_GAP = re.compile(rf"[, ]?|{_WORD}{{1,6}}(?:镇|乡|街道|路|街|道|村|区|园)")
_ADMINISTRATIVE = re.compile(r"[省市区县旗州]$")
# What goes on like this is the name of a shop or an institution.
_INSTITUTION = re.compile(r"店|支行|分行|营业厅|营业部|分公司|公司|医院|学校|大学|站|机场|派出所|地铁")

_LABEL = r"(?:地址|住址|居住地|家住|现住|住在|位于|送到|送至|寄到|寄至|家在)[是为在: ]{0,2}"
_BY_LABEL = re.compile(
    rf"(?:{_LABEL}|(?={_PROVINCE}))((?:{_WORD}|[0-9]){{2,40}}?(?:{_ROAD_END}|{_ESTATE_END}){_HOUSE})"
)


def addresses_of_places(text: str, places: Sequence[Span]) -> Iterator[Span]:
    """Yield addresses that begin with a place seen by the model; a mere city or district is none."""
    for start, seen in _chains(text, places):
        # The model may stop within a number: 12号601 of 12号601室.
        end = start + len(text[start:seen].rstrip("0123456789"))
        rest = _REST.match(text, end)
        stop = rest.end() if rest else end
        if is_address(text, start, stop):
            yield start, stop


def addresses_by_rule(text: str) -> Iterator[Span]:
    """Yield addresses down to the house that a label or a province announces."""
    for match in _BY_LABEL.finditer(text):
        rest = _REST.match(text, match.end())
        stop = rest.end() if rest else match.end()
        if is_address(text, match.start(1), stop):
            yield match.start(1), stop


def is_administrative(text: str, start: int, end: int) -> bool:
    """Return whether what the model took for an organisation is a city or district."""
    return _ADMINISTRATIVE.search(text, start, end) is not None


def is_address(text: str, start: int, end: int) -> bool:
    """Return whether the place goes down to a road, a village or a house somewhere."""
    word = text[start:end]
    district, part = _DISTRICT.search(word), _PART_OF_TOWN.search(word)
    if _HOUSE_IN.search(word):
        return bool(part or district)
    return bool(district and part) and not _INSTITUTION.match(text, end)


def _chains(text: str, places: Sequence[Span]) -> Iterator[Span]:
    chain: Span | None = None
    for start, end in sorted(places):
        if chain and start >= chain[1] and _GAP.fullmatch(text, chain[1], start):
            chain = (chain[0], end)
            continue
        if chain:
            yield chain
        chain = (start, end)
    if chain:
        yield chain
