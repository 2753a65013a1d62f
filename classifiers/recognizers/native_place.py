"""Native place or registered home: a province or county without street detail."""

from classifiers import lexicon
from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

_PROVINCE = rf"^(?:{lexicon.alternation('provinces')}|\p{{Han}}{{2,6}}(?:省|市|县|区|州|旗))"

RECOGNIZER = Recognizer(
    type="native_place",
    zh=terms(
        """
        籍贯, 户籍所在地, 户口所在地, 户籍地, 出生地, 祖籍, 生源地, 户籍, 原籍, 出生地点, 出生地区,
        户籍所在地区, 籍贯地, 籍贯名称, 户籍省份, 户籍城市
        """
    ),
    en=terms(
        """
        native place, hometown, birth place, birthplace, place of birth, hukou, origin place, home town,
        domicile, domicile place, household place, hukou place, birth city, birth province,
        registered residence place, hometown name, native place name
        """
    ),
    py=terms("jg, hjszd, jiguan, hkszd, csd, hjd, syd, hjszdi, csdd, csdq, yuanji"),
    fits=regex(_PROVINCE),
    strict=True,
    with_header=0.4,
    of_things=True,
)
