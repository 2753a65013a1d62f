"""Number of a real-estate certificate (不动产权证号), such as 粤(2020)广州市不动产权第0001234号.

New (since 2015): province, year, county, 不动产权 or 不动产证明, serial. Old: 房权证, 房地证 and
the like with a serial.

Source: 不动产登记暂行条例实施细则; 不动产权证书式样 (2015).

>>> validate("粤（2020）广州市不动产权第0001234号")
'粤(2020)广州市不动产权第0001234号'
>>> is_valid("粤(2020)广州市")
False
"""

from __future__ import annotations

import re

from classifiers.validators._errors import WrongFormat, passes
from classifiers.validators._text import HAN, squeeze

SHAPE = (
    rf"[{HAN}]\([0-9]{{4}}\)[{HAN}]{{2,16}}不动产(?:权|证明)第[0-9]{{5,12}}号"
    rf"|[{HAN}]{{1,6}}(?:房权证|房地证|房地权证|房产证|国用)[{HAN}A-Z0-9()]{{0,16}}[0-9]{{4,14}}号?"
)


def compact(number: str) -> str:
    """Return the number without separators."""
    return squeeze(number)


def validate(number: str) -> str:
    """Return the compact number, or raise the reason the number is not valid."""
    number = compact(number)
    if not re.fullmatch(SHAPE, number):
        raise WrongFormat("expected province, year, county and serial")
    return number


def is_valid(number: str) -> bool:
    """Return whether the number is valid."""
    return passes(validate, number)
