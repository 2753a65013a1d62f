"""Age in years."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="age",
    zh=("年龄", "周岁", "岁数", "患者年龄", "投保年龄"),
    en=("age", "age years"),
    py=("nl", "nianling", "zs_nl"),
    fits=either(number(0, 130), regex(r"^[0-9]{1,3} ?(?:岁|周岁|个月|月|天|yrs?|y)$")),
    with_header=0.7,
)
