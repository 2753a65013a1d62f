"""IMSI of mobile subscribers: 460 and 12 digits. Source: ITU-T E.212."""

from classifiers._cell_tests import either, kernel, masked, not_sequential
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="imsi",
    zh=terms(
        """
        IMSI, 国际移动用户识别码, IMSI号, 用户IMSI, 卡IMSI, SIM卡IMSI, IMSI号码, IMSI码, 移动用户识别码
        """
    ),
    en=terms(
        """
        imsi, imsi no, imsi code, sim imsi, user imsi, card imsi, imsi number, subscriber imsi, imsi id
        """
    ),
    py=terms("imsih, imsihm, yhimsi, kimsi, imsim"),
    match=not_sequential(kernel("imsi", r"^460[0-9]{12}$")),
    fits=either(kernel("imsi"), masked),
    alone=0.6,
    with_header=0.3,
)
