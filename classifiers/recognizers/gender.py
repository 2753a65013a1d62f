"""Gender in words, letters or codes (GB/T 2261.1-2003: 0 unknown, 1 male, 2 female, 9 not stated)."""

from classifiers._cell_tests import one_of, only_if_varied
from classifiers._recognizer import Recognizer, terms

_WORDS = ("男", "女", "男性", "女性", "male", "female", "男士", "女士", "先生", "小姐")
_UNKNOWN = ("未知", "保密", "未说明", "其他", "unknown", "other", "secret", "u")
_CODES = ("m", "f", "0", "1", "2", "3", "9", "01", "02", "男孩", "女孩", "true", "false")

RECOGNIZER = Recognizer(
    type="gender",
    zh=terms(
        """
        性别, 客户性别, 用户性别, 性别代码, 性别名称, 性别编码, 男女, 会员性别, 患者性别, 学生性别, 性別,
        性别|男女|生理性别|用户性别|学员性别|乘客性别+代码|标识|编码|码|
        """
    ),
    en=terms(
        """
        gender, sex, aac004, gender code, sex code, sex name, gender name, sex type, gender cd, gender|sex|
        biological|m_f gender|sex|code|flag|identity|cd|desc|male_female
        """
    ),
    py=terms("xb, xingbie, xbdm, khxb, xbmc, hzxb, yhxb, hyxb"),
    match=only_if_varied(one_of(_WORDS), distinct=2),
    fits=one_of((*_WORDS, *_UNKNOWN, *_CODES)),
    alone=0.9,
    with_header=0.4,
    strict=True,
    coded=True,
    labels=frozenset(_WORDS),
    of_things=True,
)
