"""Vehicle licence plates: mainland, new-energy, police, trailer, Hong Kong and Macao. Source: GA 36-2018."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="license_plate",
    zh=("车牌号", "车牌号码", "车牌", "号牌号码", "车辆号牌", "牌照号", "车号"),
    en=(
        "plate no",
        "license plate",
        "licence plate",
        "car no",
        "plate number",
        "plate",
        "vehicle plate",
        "car plate",
        "vehicle no",
        "license plate no",
        "car number",
        "plate num",
    ),
    py=("cph", "cphm", "chepai", "hphm", "cphao", "chepaihao"),
    match=kernel("license_plate"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
