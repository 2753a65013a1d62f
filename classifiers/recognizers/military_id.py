"""Military officer and soldier cards: X字第NNNNNNN号."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="military_id",
    zh=("军官证号", "军官证", "军人证件号", "士兵证号", "军人证", "警官证号", "军人身份证件"),
    en=("military id", "officer id", "military id no", "soldier id", "army card", "military no"),
    py=("jgzh", "jgz", "jrzjh", "sbzh", "jrz"),
    match=kernel("military_id"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
