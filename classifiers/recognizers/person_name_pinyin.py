"""Names in pinyin or other Latin letters: two or three capitalised words, one of them a known name."""

from classifiers import lexicon
from classifiers._cell_tests import both, only_if_varied, regex
from classifiers._recognizer import Recognizer, terms
from classifiers.name_parts import FAMILY_EN, GIVEN_EN

_WORDS = r"^[A-Za-zÀ-ÿ'-]{1,20}(?:[ .,·]+[A-Za-zÀ-ÿ'-]{1,20}){1,3}$"
_CAPITAL = r"^[A-Z]"
_KNOWN = rf"(?i:^|[ .,])(?i:{lexicon.alternation('pinyin_surnames')})(?:$|[ .,])"
_NAME = both(both(regex(_WORDS), regex(_CAPITAL, ignore_case=False)), regex(_KNOWN))

RECOGNIZER = Recognizer(
    type="person_name_pinyin",
    zh=terms(
        """
        姓名拼音, 拼音姓名, 英文名, 英文姓名, 外文姓名, 姓名全拼, 拼音名, 护照姓名, 姓名汉语拼音,
        护照英文名, 英文全名, 外文名, 罗马拼音姓名, 外籍姓名, 姓名|中文名|护照|名字|证件姓名+拼音|全拼|
        汉语拼音|英文|罗马字|罗马拼音|拼写|字母, 英文|外文|拼音|拉丁|护照|罗马+姓名|姓氏|名|名字|全名|姓,
        外国姓名|外籍姓名|英文称呼
        """
    ),
    en=terms(
        """
        ?name pinyin, pinyin name, ?name py, ?name en, ?en name, english name, name english, latin name,
        romanized name, middle name, name spell, full name en, english full name, passport name, eng name,
        name in english, foreign name, surname givenname, name spelling, ?pinyin,
        english|eng|latin|romanized|romanised|pinyin|passport|
        foreign|western|spelled|latinized name|full_name|fullname|given_name|surname|last_name|first_name,
        full_name pinyin|spelling|english|latin|romanized|in_pinyin|roman,
        given|family|middle|fore name|nm|name_en
        """
    )
    + FAMILY_EN
    + GIVEN_EN,
    py=terms("xmpy, ywxm, ywm, pyxm, xmqp, wwxm, xmhypy, hzywm, wwm"),
    match=only_if_varied(_NAME, distinct=6),
    fits=regex(r"^[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ .,·'-]{1,40}$"),
    alone=0.5,
    with_header=0.3,
)
