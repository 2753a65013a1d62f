"""Dates of birth. A date says little without a header; only 年月日 over a life span speaks for itself."""

from classifiers._cell_tests import both, either, number, numbers_about, only_if_varied, regex
from classifiers._recognizer import Recognizer, terms

_YEAR = r"(?:18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})"
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12][0-9]|3[01])"
_WRITTEN = rf"^{_YEAR}年{_MONTH}月{_DAY}日$"
_DATE = rf"^{_YEAR}[-/.年]?{_MONTH}(?:[-/.月]?{_DAY}日?)?(?:[ T]00:00(?::00(?:\.0+)?)?)?Z?$"
_BORN_LONG_AGO = only_if_varied(regex(r"^(?:19[0-9]{2}|200[0-9])年"), distinct=20)
# Seconds or milliseconds since 1970; smaller numbers are amounts as well.
_EPOCH = either(number(-3e12, -1e8), number(1e8, 2e12))
# Days since 1899-12-30, from 1927 to 2028, half of them after 1954; amounts of money go below.
_EXCEL = numbers_about(10_000, 20_000, 47_000)

RECOGNIZER = Recognizer(
    type="birth_date",
    zh=terms(
        """
        出生日期, 生日, 出生年月, 出生年月日, 出生时间, 客户生日, 出生年, 诞辰, 出生日, 出生年份, 生日日期,
        宝宝生日, 会员生日, 孩子生日, 诞生日, 生辰, 出生|诞生|降生|生辰|生日|公历生日|阳历生日|农历生日|
        阴历生日|身份证生日|身份证出生|出世+日期|年月|年月日|时间|日|年份|, 出生年月日期
        """
    ),
    en=terms(
        """
        birthday, birth, birth date, birthdate, date of birth, dob, born, born date, birth day, birth year,
        birth time, aac006, birth ymd, born on, birth month, birthday date, bday, birth dt, birth|born|natal|
        birthday dt|date|time|day|ymd|year|month|moment|on, date|day|year|month|time of|_ birth|birthday,
        d_o_b|dob date|dt|year|, lunar_birthday|solar_birthday|bornday
        """
    ),
    py=terms("csrq, sr, csny, chushengriqi, shengri, cssj, srrq, csrqi, khcsrq, shengr, chushengny, csnyr"),
    match=both(regex(_WRITTEN), _BORN_LONG_AGO),
    fits=either(regex(_DATE), _EPOCH, _EXCEL),
    strict=True,
    alone=0.5,
    with_header=0.4,
)
