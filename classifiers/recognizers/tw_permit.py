"""Mainland travel permits for Taiwan residents: 8 digits, or 10 digits with a letter."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="tw_permit",
    zh=terms(
        """
        台胞证号, 台胞证, 台湾居民通行证号, 台湾居民来往大陆通行证, 台湾通行证号, 台湾居民通行证,
        台湾居民证件, 台湾居民证件号, 台湾居民来往大陆通行证号, 台湾居民来往大陆通行证号码, 台胞证件号,
        台湾|台湾居民|台湾同胞|台湾地区居民|台湾人|台籍+来往大陆|来往内地|大陆|内地|入境|+通行证|旅行证|
        旅行证件|证件|证|许可证, 台胞卡|台胞通行证|台胞旅行证
        """
    ),
    en=terms(
        """
        tw permit, tw permit no, taiwan permit, taiwan permit no, taiwan compatriot permit, mtp no, tw pass,
        tw compatriot no, tw compatriot permit, taiwan compatriot no, taiwan pass, taiwan pass no,
        tw travel permit, tw resident permit, taiwan travel permit, mtp, tw|taiwan|taiwanese|
        taiwan_compatriot|taiwan_resident|twn permit|pass|entry_permit|travel_permit|travel_doc|
        travel_document|mainland_permit|mainland_pass|mainland_travel_permit|compatriot_card|
        compatriot_pass, mtp taiwan|tw, taibao|taibaozheng no|
        """
    ),
    py=terms("tbzh, tbz, twtxzh, twjmtxz, twjmtxzh, tbzhm, twjmlwdltxz"),
    fits=either(kernel("tw_permit"), masked),
    with_header=0.3,
)
