"""Criminal and administrative-offence records."""

from classifiers import lexicon
from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

_OFFENCE = rf"(?:{lexicon.alternation('offence_words')})"

RECOGNIZER = Recognizer(
    type="criminal_record",
    zh=terms(
        """
        违法犯罪记录, 前科记录, 犯罪记录, 违法记录, 前科, 刑事记录, 处罚记录, 无犯罪记录, 处罚情况,
        处罚内容, 处罚信息, 前科情况, 前科信息, 犯罪情况, 犯罪信息, 犯罪史, 涉案情况, 涉案记录, 案底,
        行政处罚记录, 刑事处罚记录, 刑事犯罪记录, 违法情况, 违法信息, 违法行为记录, 违法犯罪情况, 判刑记录,
        刑罚记录, 吸毒记录, 违法|犯罪|违法犯罪|前科|刑事|刑罚|判刑|服刑|吸毒|涉毒|案底|劣迹|行政处罚|
        治安处罚|失信|不良+记录|情况|信息|史|明细|描述|内容
        """
    ),
    en=terms(
        """
        criminal record, criminal records, crime record, offence record, conviction, criminal history,
        conviction record, criminal info, crime history, crime info, penalty record, punish record,
        punishment record, offense record, offence history, illegal record, criminal background,
        conviction history, law violation record, criminal case record, criminal offence, criminal offense,
        sentence record, arrest record, criminal|crime|offence|offense|offender|conviction|convicted|felony|
        misdemeanor|arrest|detention|penal|police|penalty|sentence|drug_abuse|judicial record|records|
        history|info|background|desc|detail|offence|remark
        """
    ),
    py=terms("wffzjl, qkjl, fzjl, cfjl, qkqk, fzqk, wfjl, wfxx, xscfjl, fzjilu, qianke, anjl"),
    match=regex(_OFFENCE),
    fits=regex(r"\p{Han}{1,}"),
    alone=0.5,
    with_header=0.25,
)
