"""Passport numbers, Chinese and foreign."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="passport",
    zh=terms(
        """
        护照号, 护照号码, 护照, 护照编号, 因公护照, 因公护照号, 因私护照号, 普通护照号, 出国护照号,
        护照证件号, 护照+本号|号数|证号|证件, 旅行证件号|旅行护照|公务护照|外交护照|外国护照|外籍护照
        """
    ),
    en=terms(
        """
        passport, passport no, passport number, passport num, pp no, pspt no, pspt, psgr passport,
        passport|pasport|psprt book_no|doc_no|, travel passport|doc_passport, pax passport
        """
    ),
    py=terms("hzh, hzhm, huzhao, huzhaohao, hzbh, hzhao, huzhaohm, hzhma"),
    fits=either(
        kernel("passport"),
        regex(r"^[A-Za-z0-9]{1,3}[*#xX]{3,8}[A-Za-z0-9]{1,4}$"),
        regex(r"^[0-9]{9}$"),
        masked,
    ),
    with_header=0.3,
)
