"""Residence permits for Hong Kong, Macao and Taiwan residents: 18 digits that begin with 81, 82 or 83."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="hmt_residence_permit",
    zh=terms(
        """
        港澳台居民居住证号, 港澳台居民居住证, 港澳台居住证, 居住证号, 港澳台居住证号, 港澳台居民证件号,
        居住证, 港澳|台湾|香港|澳门|港澳台|台湾居民|港澳居民|港澳台同胞+居住证, 港澳台+身份证件|居民证
        """
    ),
    en=terms(
        """
        hmt residence no, hmt residence permit, residence permit no, residence permit, hmt permit,
        hmt res permit, hmt residence, gat residence no, residence card no, residence permit card, hmt|hkmt|
        hk_mo_tw|gat|hk_macao_taiwan residence|residence_card|resident_card|resident_permit|living_permit
        """
    ),
    py=terms("gatjzzh, gatjzz, jzz, jzzh, jzzhm, gatjzzhm, gatjmjzz"),
    match=kernel("hmt_residence_permit"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
    by_chance=True,
)
