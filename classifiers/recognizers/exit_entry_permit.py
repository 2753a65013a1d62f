"""Permits of mainland residents to Hong Kong, Macao and Taiwan: C, W, T or L forms."""

from classifiers._cell_tests import either, kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="exit_entry_permit",
    zh=terms(
        """
        往来港澳通行证号, 往来港澳通行证, 港澳通行证, 港澳通行证号,
        出入境证件号, 往来台湾通行证, 往来台湾通行证号, 大通证,
        出入境证件, 出入境通行证, 出入境通行证号, 港澳台通行证, 港澳台通行证号, 因私通行证, 因私通行证号,
        因公通行证号, 赴港澳通行证, 赴台通行证号, 赴台通行证, 大陆居民往来台湾通行证, 往来|来往|赴|前往|
        因私往来|因公往来+港澳|香港|澳门|台湾|港澳台+通行证|旅行证|证件|证|签证, 双程证,
        入台证|入台许可证|赴台证, 港澳通行证件, 内地居民|大陆居民+往来港澳|往来台湾|赴台|赴港澳+通行证|证件
        """
    ),
    en=terms(
        """
        exit entry permit, exit entry permit no, travel permit, travel permit no, eep no, exit permit,
        exit permit no, eep, eep number, hk travel permit, outbound permit, exit entry doc no,
        border permit no, exit and entry permit, exit_entry|entry_exit|exit_and_entry|two_way|double_way|
        outbound|cross_border permit|pass|travel_permit|travel_doc|document, travel_permit|travel_pass|pass|
        permit to hk|hong_kong|macau|taiwan, hk_visit|hk_exit|tw_exit|macau_visit permit|pass
        """
    ),
    py=terms("wlgatxz, crjzjh, wlgatxzh, wltwtxz, crjzj, crjtxz, crjtxzh, gattxz, yshgtxz"),
    fits=either(kernel("exit_entry_permit"), masked),
    with_header=0.3,
)
