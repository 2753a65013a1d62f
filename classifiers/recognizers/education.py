"""Education level (GB/T 4658-2006), school or subject."""

from classifiers._cell_tests import either, one_of_lexicon, only_if_varied, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="education",
    zh=(
        "学历",
        "最高学历",
        "教育程度",
        "文化程度",
        "学位",
        "毕业院校",
        "毕业学校",
        "学校",
        "院校",
        "所学专业",
        "教育经历",
        "受教育程度",
    ),
    en=(
        "education",
        "degree",
        "education level",
        "edu level",
        "educational background",
        "highest degree",
        "academic degree",
        "graduate school",
        "graduated school",
        "?school",
        "university",
        "college",
        "?major",
        "education experience",
        "edu",
    ),
    py=("xl", "zgxl", "xueli", "whcd", "xw", "byyx", "jycd"),
    match=only_if_varied(one_of_lexicon("educations"), distinct=3),
    fits=either(
        one_of_lexicon("educations"),
        regex(r"(?:大学|学院|学校|中学|小学|一中|二中|专业)$"),
        regex("^[0-9]{1,2}$"),
    ),
    alone=0.45,
    with_header=0.5,
)
