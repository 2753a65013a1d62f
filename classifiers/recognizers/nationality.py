"""Nationality as a country name or code."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="nationality",
    zh=terms(
        """
        国籍, 国家, 国家/地区, 国家地区, 国籍名称, 国籍地区, 国籍代码, 所属国籍, 国籍编码, 国别地区,
        国籍国家
        """
    ),
    en=terms(
        """
        nationality, ?country, citizenship, country of citizenship, nationality code, citizen country,
        country of nationality, nation code, nationality name
        """
    ),
    py=terms("gj, guoji, gjdq, gjmc, gjdm, guojidm"),
    fits=one_of_lexicon("countries"),
    strict=True,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("countries"),
)
