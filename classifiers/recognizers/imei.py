"""IMEI of mobile equipment, 15 digits with Luhn check digit. Source: 3GPP TS 23.003."""

from classifiers._cell_tests import both, either, kernel, masked, not_sequential, regex
from classifiers._recognizer import Recognizer, terms

# National drug codes begin with 86 too, but have 14 digits.
_FIFTEEN = regex(r"^(?:[0-9][ -]?){15}$")

RECOGNIZER = Recognizer(
    type="imei",
    zh=terms(
        """
        IMEI, 手机串号, 手机IMEI, 设备串号, IMEI号, 设备IMEI, 设备IMEI号, 手机IMEI号, 手机IMEI码, 终端IMEI,
        终端串号, 国际移动设备识别码, 手机序列号IMEI, 串号, 机身IMEI, IMEI码, 手机|终端|设备|移动设备|主|副|
        移动终端|机身+串号|串码|IMEI|IMEI码|IMEI号, 移动设备识别码|国际移动设备标识|移动设备国际识别码|
        移动设备身份码|串码|手机身份码|MEID号|机身串码
        """
    ),
    en=terms(
        """
        imei, device imei, imei no, imei1, imei2, imei code, meid, phone imei, terminal imei, imei number,
        device imei no, imei code1, imei id, mobile imei, handset imei, imei sn, mobile|handset|phone|
        equipment|device|terminal|international_mobile imei|imei_no|equipment_identity|equipment_identifier|
        equipment_id, imei|meid|imeisv num|no|number|code|sv|1|2|
        """
    ),
    py=terms("sjch, imeih, sjimei, zdch, sbch, imeim, sbimei"),
    match=not_sequential(both(kernel("imei", r"^(?:86|35|01|99|45|52)[0-9]{13}$"), _FIFTEEN)),
    fits=either(kernel("imei"), masked),
    alone=0.7,
    with_header=0.3,
    checked=True,
    by_chance=True,
)
