"""Marital status. Source: GB/T 2261.2-2003."""

from classifiers import lexicon
from classifiers._cell_tests import either, one_of, one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="marital_status",
    zh=terms(
        """
        婚姻状况, 婚姻, 婚否, 婚姻状态, 婚姻情况, 婚姻状况代码, 婚姻状况名称, 婚育状况, 是否已婚, 结婚状况,
        婚姻|婚育|婚配|结婚|婚恋|现婚+状况|状态|情况|否|史|类别|与否
        """
    ),
    en=terms(
        """
        marital status, marriage, marital, marriage status, married, marry status, is married,
        marriage state, marital state, marital cd, wedlock, marital situation, marriage code, marital|
        marriage|married|matrimonial|conjugal|wedding status|state|condition|situation|flag|history|code,
        is|if|whether married|marry
        """
    ),
    py=terms("hyzk, hunyin, hyqk, hyzkdm, hyzkmc, hunyinzhuangkuang, hunf"),
    match=only_if_varied(one_of_lexicon("marital_statuses"), distinct=2),
    fits=either(
        one_of_lexicon("marital_statuses"),
        one_of("0123459"),
        one_of(("10", "20", "21", "22", "23", "30", "40", "90", "是", "否")),
    ),
    alone=0.35,
    with_header=0.6,
    coded=True,
    labels=lexicon.words("marital_statuses"),
)
