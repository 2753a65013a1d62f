"""Criminal and administrative-offence records."""

from classifiers import lexicon
from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

_OFFENCE = rf"(?:{lexicon.alternation('offence_words')})"

RECOGNIZER = Recognizer(
    type="criminal_record",
    zh=("违法犯罪记录", "前科记录", "犯罪记录", "违法记录", "前科", "刑事记录", "处罚记录", "无犯罪记录"),
    en=(
        "criminal record",
        "criminal records",
        "crime record",
        "offence record",
        "conviction",
        "criminal history",
        "conviction record",
    ),
    py=("wffzjl", "qkjl", "fzjl"),
    match=regex(_OFFENCE),
    fits=regex(r"\p{Han}{1,}"),
    alone=0.5,
    with_header=0.25,
)
