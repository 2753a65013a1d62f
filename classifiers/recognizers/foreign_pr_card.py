"""Foreign permanent resident identity cards, old (15 characters) and new (18 digits from 9)."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="foreign_pr_card",
    zh=terms(
        """
        外国人永居证号, 永久居留身份证号, 外国人永久居留证, 外国人永久居留身份证, 永居证, 永居证号,
        外国人证件号, 永久居留证号, 永久居留证, 外国人居留证号, 外国人居留证, 外国人永久居留身份证号,
        外国人永久居留身份证号码, 五星卡号, 绿卡|中国绿卡|五星卡|永居卡|永居身份证,
        外籍|外国人|外籍人士+永久居留|永居+证|证件|卡|身份证,
        外国人|外籍人士|外籍+居留证件|居留许可|身份证|身份证件
        """
    ),
    en=terms(
        """
        foreign pr no, permanent residence no, foreign pr card, permanent residence, pr card no,
        foreigner permanent residence, green card no, pr card, fpr card, fpr no, foreigner residence no,
        green card, foreign residence permit, foreigner card no, foreigner id no, foreigner|foreign|alien|
        expat permanent_resident|pr|residence|permanent_residency|id card|permit|certificate,
        permanent_resident|permanent_residency|china_green|chinese_green card|permit, five_star card|,
        expat id|card_no
        """
    ),
    py=terms("yjzh, wgryjz, yjjlz, wgrzjh, yjlz, yjjlzh, wgrjlz, wgrjlzh, wgryjjlz, yjjlsfz"),
    match=kernel("foreign_pr_card"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
    by_chance=True,
)
