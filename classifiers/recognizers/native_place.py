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
        户籍所在地区, 籍贯地, 籍贯名称, 户籍省份, 户籍城市, 籍贯|祖籍|原籍|出生地|老家|故乡|家乡|生源地|
        户籍|户口|户籍所在|户口登记|户籍登记+地|省|省份|省市|城市|地区|县|所在省|所在市|所在地|,
        祖籍地|来源地区户籍|落户地|入学前户口地
        """
    ),
    en=terms(
        """
        native place, hometown, birth place, birthplace, place of birth, hukou, origin place, home town,
        domicile, domicile place, household place, hukou place, birth city, birth province,
        registered residence place, hometown name, native place name, native|ancestral|birth|origin|
        domicile|hukou|household|family_register|registered_residence place|province|city|county|town|
        region, ancestral|native|original home|hometown|land, place|province|city|town|county|country of|
        _ origin|birth|domicile, home_place|birth_loc|hukou|hukou_location|born_in|birth_town|birth_county
        """
    ),
    py=terms("jg, hjszd, jiguan, hkszd, csd, hjd, syd, hjszdi, csdd, csdq, yuanji"),
    fits=regex(_PROVINCE),
    strict=True,
    with_header=0.4,
    of_things=True,
)
