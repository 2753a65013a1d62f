"""Mainland travel permits for Hong Kong and Macao residents: H or M and 8 or 10 digits."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="hkmo_permit",
    zh=terms(
        """
        港澳通行证号, 港澳通行证, 港澳居民来往内地通行证, 港澳居民通行证, 回乡证, 回乡证号, 港澳居民证件,
        港澳居民证件号, 来往内地通行证, 来往内地通行证号, 港澳居民来往内地通行证号,
        港澳居民来往内地通行证号码, 回乡证件号, 港澳|港澳居民|港澳同胞|港澳人士|香港居民|澳门居民|香港|
        澳门+来往内地|来往大陆|内地|大陆|入境+通行证|旅行证|旅行证件|证件|证, 港澳居民|港澳同胞|港澳人士|
        香港居民|澳门居民+通行证|旅行证|旅行证件|证, 回乡卡, 港澳来内地证件
        """
    ),
    en=terms(
        """
        hk macau permit, hkmo permit, hkmo permit no, hk macao permit, home return permit, hkm permit,
        hk mo pass, mainland travel permit, hm permit, hk permit, hk macao pass, hkmac pass, hk macau pass,
        home visit permit, hk macau id, hk pass no, hk|hkg|hk_mo|hk_macau|hk_macao|hong_kong|hongkong|
        hong_kong_macao|hong_kong_macau|macau|macao|hmt|hm permit|pass|entry_permit|travel_permit|
        travel_doc|travel_document|resident_permit|mainland_permit|mainland_pass|mainland_travel_permit,
        home_return|return_home|home_visit|hrp permit|pass|card|permit_no, hrp|mtp_hk no|, mainland_travel|
        mainland permit|pass|document hk|hm|hk_macao|hk_macau|
        """
    ),
    py=terms("gatxz, gajmtxzh, gatxzh, hxz, hxzh, gajmtxz, hxzhm, gajmlwndtxz, hxzjh"),
    fits=either(kernel("hkmo_permit"), masked),
    with_header=0.3,
)
