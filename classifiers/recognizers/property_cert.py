"""Real-estate certificates: 省(年)区不动产权第N号."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="property_cert",
    zh=("不动产权证号", "房产证号", "不动产证号", "不动产权证书号", "房屋产权证号", "房产证", "产权证号"),
    en=(
        "property cert no",
        "house cert",
        "property cert",
        "real estate cert no",
        "house cert no",
        "property certificate",
        "title deed no",
    ),
    py=("bdcqzh", "fczh", "fcz", "bdcqz", "cqzh"),
    match=regex(r"不动产权?第 ?[0-9]{4,}号|房权证.{0,12}字第? ?[0-9A-Za-z-]{4,}号?"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
