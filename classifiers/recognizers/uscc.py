"""Unified social credit codes of organisations, with check character. Source: GB 32100-2015."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="uscc",
    zh=("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "企业信用代码", "统一社会信用代码证"),
    en=(
        "uscc",
        "credit code",
        "social credit code",
        "unified social credit code",
        "usci",
        "uni credit code",
        "enterprise credit code",
        "unified credit code",
    ),
    py=("tyshxydm", "xydm", "shxydm", "tyxydm"),
    match=kernel("uscc"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
