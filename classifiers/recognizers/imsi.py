"""IMSI of mobile subscribers: 460 and 12 digits. Source: ITU-T E.212."""

from classifiers._cell_tests import either, kernel, masked, not_sequential
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="imsi",
    zh=terms(
        """
        IMSI, 国际移动用户识别码, IMSI号, 用户IMSI, 卡IMSI, SIM卡IMSI, IMSI号码, IMSI码, 移动用户识别码,
        移动用户|国际移动用户|手机用户|SIM卡用户|用户卡|移动用户国际+识别码|识别号|标识|标识码
        """
    ),
    en=terms(
        """
        imsi, imsi no, imsi code, sim imsi, user imsi, card imsi, imsi number, subscriber imsi, imsi id,
        mobile_subscriber|international_mobile_subscriber|subscriber|sim identity|identifier|identification,
        sim|subscriber|phone|device|terminal|mobile imsi|imsi_no|imsi_code
        """
    ),
    py=terms("imsih, imsihm, yhimsi, kimsi, imsim"),
    match=not_sequential(kernel("imsi", r"^460[0-9]{12}$")),
    fits=either(kernel("imsi"), masked),
    alone=0.6,
    with_header=0.3,
    by_chance=True,
)
