"""Ethnic groups of China. Source: GB/T 3304-1991."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="ethnicity",
    zh=terms(
        """
        民族, 族别, 民族名称, 民族代码, 所属民族, 民族编码, 少数民族, 民族|族别|族群|族称|族裔|民族成份|
        民族成分|所属民族|少数民族+名称|类别|代码|
        """
    ),
    en=terms(
        """
        ethnicity, ?nation, ethnic group, ethnic, nationality name cn, minzu, ethnic name, nation name,
        nation cd, aac005, folk, minority, ethnic code, ethnic|ethnicity|ethnical|nationality_ethnic|racial|
        minority|race group|origin|name|background|type|code|nationality
        """
    ),
    py=terms("mz, minzu, mzdm, mzmc, minzudaima, mzbm"),
    match=only_if_varied(one_of_lexicon("ethnic_groups"), distinct=3),
    fits=one_of_lexicon("ethnic_groups"),
    alone=0.35,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("ethnic_groups"),
)
