"""Passes that let a person in: door cards, visitor passes."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="access_card",
    zh=terms(
        """
        出入证|通行卡|门禁卡|门禁|门禁卡片|访客证|访客卡|出入卡|通勤卡|停车证+号|编号|卡号|号码|,
        物理卡号|门禁卡内码
        """
    ),
    en=terms(
        """
        access|door|entry|entrance|gate|visitor|building card|card_no|card_id|pass_no|badge_no|pass_card,
        access_pass|entry_pass|visitor_pass no|id|
        """
    ),
    py=terms("crzh|mjkh|mjk|fkzh|txkh"),
    fits=either(regex(r"^[A-Za-z]{0,4}[-_]?[0-9A-Fa-f]{4,20}$"), masked),
    with_header=0.4,
)
