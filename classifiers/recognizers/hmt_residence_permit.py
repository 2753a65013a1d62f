"""Residence permits for Hong Kong, Macao and Taiwan residents: 18 digits that begin with 81, 82 or 83."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="hmt_residence_permit",
    zh=terms(
        """
        港澳台居民居住证号, 港澳台居民居住证, 港澳台居住证, 居住证号, 港澳台居住证号, 港澳台居民证件号,
        居住证
        """
    ),
    en=terms(
        """
        hmt residence no, hmt residence permit, residence permit no, residence permit, hmt permit,
        hmt res permit, hmt residence, gat residence no, residence card no, residence permit card
        """
    ),
    py=terms("gatjzzh, gatjzz, jzz, jzzh, jzzhm, gatjzzhm, gatjmjzz"),
    match=kernel("hmt_residence_permit"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
)
