"""Nationality as a country name or code."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="nationality",
    zh=terms(
        """
        国籍, 国家, 国家/地区, 国家地区, 国籍名称, 国籍地区, 国籍代码, 所属国籍, 国籍编码, 国别地区,
        国籍国家, 国籍|所属国|所属国家|国籍国|国籍地区|公民身份|公民国籍|国籍所属国|签证国籍|护照签发国|
        护照国籍|原国籍|现国籍, 国籍或地区|国家和地区
        """
    ),
    en=terms(
        """
        nationality, ?country, citizenship, country of citizenship, nationality code, citizen country,
        country of nationality, nation code, nationality name, country|nation|state of citizenship|
        nationality|origin|passport, citizen|citizenship|nationality|passport|home|native|birth|
        issuing country|nation|state|country_code, citizenship|nationality|citizen
        """
    ),
    py=terms("gj, guoji, gjdq, gjmc, gjdm, guojidm"),
    fits=one_of_lexicon("countries"),
    strict=True,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("countries"),
)
