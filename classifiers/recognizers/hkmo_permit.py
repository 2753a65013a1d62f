"""Mainland travel permits for Hong Kong and Macao residents: H or M and 8 or 10 digits."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="hkmo_permit",
    zh=terms(
        """
        港澳通行证号, 港澳通行证, 港澳居民来往内地通行证, 港澳居民通行证, 回乡证, 回乡证号,
        港澳居民证件, 港澳居民证件号, 来往内地通行证, 来往内地通行证号, 港澳居民来往内地通行证号,
        港澳居民来往内地通行证号码, 回乡证件号
        """
    ),
    en=terms(
        """
        hk macau permit, hkmo permit, hkmo permit no, hk macao permit, home return permit, hkm permit,
        hk mo pass, mainland travel permit, hm permit, hk permit, hk macao pass, hkmac pass,
        hk macau pass, home visit permit, hk macau id, hk pass no
        """
    ),
    py=terms("gatxz, gajmtxzh, gatxzh, hxz, hxzh, gajmtxz, hxzhm, gajmlwndtxz, hxzjh"),
    fits=either(kernel("hkmo_permit"), masked),
    with_header=0.3,
)
