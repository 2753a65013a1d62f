"""Military officer and soldier cards: X字第NNNNNNN号."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="military_id",
    zh=terms(
        """
        军官证号, 军官证, 军人证件号, 士兵证号, 军人证, 警官证号, 军人身份证件, 士兵证, 军人证号,
        军官证编号, 军官证件号, 文职干部证号, 义务兵证号, 军人身份证号, 警官证, 军人|军官|士兵|士官|
        文职人员|文职|警官|武警|军队|义务兵|军校学员+证|证件|身份证|身份证件|工作证,
        军籍号|军人编号|部职别证号
        """
    ),
    en=terms(
        """
        military id, officer id, military id no, soldier id, army card, military no, soldier card, army id,
        army id no, officer cert no, military card no, officer card no, soldier no, army no,
        military cert no, army|military|officer|soldier|serviceman|armed_forces|armed_police|pla|veteran id|
        card|cert|certificate|identity_card|pass
        """
    ),
    py=terms("jgzh, jgz, jrzjh, sbzh, jrz, jgzbh, jrzh, sbz, jgzhm, junguanzheng, shibingzheng"),
    match=kernel("military_id"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
)
