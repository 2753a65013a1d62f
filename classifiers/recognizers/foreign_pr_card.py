"""Foreign permanent resident identity cards, old (15 characters) and new (18 digits from 9)."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="foreign_pr_card",
    zh=(
        "外国人永居证号",
        "永久居留身份证号",
        "外国人永久居留证",
        "外国人永久居留身份证",
        "永居证",
        "永居证号",
        "外国人证件号",
    ),
    en=(
        "foreign pr no",
        "permanent residence no",
        "foreign pr card",
        "permanent residence",
        "pr card no",
        "foreigner permanent residence",
        "green card no",
    ),
    py=("yjzh", "wgryjz", "yjjlz", "wgrzjh", "yjlz"),
    match=kernel("foreign_pr_card"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
