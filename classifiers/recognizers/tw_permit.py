"""Mainland travel permits for Taiwan residents: 8 digits, or 10 digits with a letter."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="tw_permit",
    zh=terms(
        """
        台胞证号, 台胞证, 台湾居民通行证号, 台湾居民来往大陆通行证, 台湾通行证号, 台湾居民通行证,
        台湾居民证件, 台湾居民证件号, 台湾居民来往大陆通行证号, 台湾居民来往大陆通行证号码, 台胞证件号
        """
    ),
    en=terms(
        """
        tw permit, tw permit no, taiwan permit, taiwan permit no, taiwan compatriot permit, mtp no,
        tw pass, tw compatriot no, tw compatriot permit, taiwan compatriot no, taiwan pass,
        taiwan pass no, tw travel permit, tw resident permit, taiwan travel permit, mtp
        """
    ),
    py=terms("tbzh, tbz, twtxzh, twjmtxz, twjmtxzh, tbzhm, twjmlwdltxz"),
    fits=either(kernel("tw_permit"), masked),
    with_header=0.3,
)
