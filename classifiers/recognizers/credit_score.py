"""Credit scores, ratings and limits."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="credit_score",
    zh=("信用分", "信用评分", "征信评分", "信用等级", "授信额度", "信用额度", "芝麻分", "信用评级", "征信分"),
    en=(
        "credit score",
        "credit rating",
        "credit limit",
        "credit level",
        "credit grade",
        "fico",
        "credit point",
        "credit line",
    ),
    py=("xyf", "xypf", "xyed", "sxed", "xydj", "zxpf"),
    fits=either(number(0, 1e9), regex(r"^[A-D]{1,3}[+-]?$")),
    with_header=0.7,
)
