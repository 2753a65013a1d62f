"""Relation to the head of household or another person. Source: GB/T 4761-2008."""

from classifiers._cell_tests import one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="family_relation",
    zh=(
        "与本人关系",
        "亲属关系",
        "关系",
        "家庭关系",
        "与户主关系",
        "与患者关系",
        "称谓",
        "联系人关系",
        "与被保险人关系",
    ),
    en=("relation", "relationship", "kinship", "family relation", "relation type name"),
    py=("ybrgx", "qsgx", "yhzgx", "jtgx"),
    match=only_if_varied(one_of_lexicon("family_relations"), distinct=3),
    fits=one_of_lexicon("family_relations"),
    alone=0.35,
    with_header=0.5,
)
