"""Age in years."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="age",
    zh=terms(
        """
        年龄, 周岁, 岁数, 患者年龄, 投保年龄, 就诊年龄, 入院年龄, 客户年龄, 实际年龄, 入职年龄, 参保年龄,
        足岁, 年龄|周岁|实足|足|虚|现|确诊|发病|参加工作|结婚|诊断|死亡|孩子|本人+年龄|周岁|岁数,
        年纪|芳龄|岁龄
        """
    ),
    en=terms(
        """
        age, age years, age year, visit age, age at visit, age in years|yrs|months|days,
        age|aged years|year|yr|yrs|old|now|value|num|months, current|actual|patient|customer|user|employee|
        student|insured|real|diagnosis|onset|admission|death|child age, years old
        """
    ),
    py=terms("nl, nianling, zs_nl, hznl, khnl, tbnl, jznl"),
    fits=either(number(0, 130), regex(r"^[0-9]{1,3} ?(?:岁|周岁|个月|月|天|yrs?|y)$")),
    with_header=0.7,
    of_things=True,
)
