"""Religious belief."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="religion",
    zh=terms(
        """
        宗教信仰, 信仰, 宗教, 宗教名称, 信仰宗教, 信教情况, 宗教信仰名称, 宗教代码, 宗教|宗教信仰|信仰|信教|
        宗教派别|宗派|教派|信奉宗教|教会+名称|类别|情况|类型|归属|, 信仰宗教名称|宗教团体|宗教职务|皈依
        """
    ),
    en=terms(
        """
        religion, religious belief, faith, religious, religion name, religion type, religion code, belief,
        religion|religious|faith|belief|creed|denomination|spiritual|church|sect affiliation|belief|status|
        group|type|membership|preference|faith|, worship|belief_system
        """
    ),
    py=terms("zjxy, zongjiao, zjmc, xyzj, zongjiaoxinyang"),
    match=only_if_varied(one_of_lexicon("religions"), distinct=2),
    fits=one_of_lexicon("religions"),
    alone=0.35,
    with_header=0.4,
    coded=True,
    labels=lexicon.words("religions"),
)
