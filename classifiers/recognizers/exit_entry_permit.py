"""Permits of mainland residents to Hong Kong, Macao and Taiwan: C, W, T or L forms."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="exit_entry_permit",
    zh=terms(
        """
        往来港澳通行证号, 往来港澳通行证, 出入境证件号, 往来台湾通行证, 往来台湾通行证号, 大通证,
        出入境证件, 出入境通行证, 出入境通行证号, 港澳台通行证, 港澳台通行证号, 因私通行证,
        因私通行证号, 因公通行证号, 赴港澳通行证, 赴台通行证号, 赴台通行证, 大陆居民往来台湾通行证
        """
    ),
    en=terms(
        """
        exit entry permit, exit entry permit no, travel permit, travel permit no, eep no, exit permit,
        exit permit no, eep, eep number, hk travel permit, outbound permit, exit entry doc no,
        border permit no, exit and entry permit
        """
    ),
    py=terms("wlgatxz, crjzjh, wlgatxzh, wltwtxz, crjzj, crjtxz, crjtxzh, gattxz, yshgtxz"),
    fits=either(kernel("exit_entry_permit"), masked),
    with_header=0.3,
)
