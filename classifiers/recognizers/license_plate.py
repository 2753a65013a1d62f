"""Vehicle licence plates: mainland, new-energy, police, trailer, Hong Kong and Macao. Source: GA 36-2018."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

# Armed police (old) and armed forces: too short to speak for themselves.
_OTHER = r"^WJ ?[0-9]{2}-?.?[0-9]{4,5}$|^[A-Z]{2}[ ·-]?[0-9]{5}$"

RECOGNIZER = Recognizer(
    type="license_plate",
    zh=terms(
        """
        车牌号, 车牌号码, 车牌, 号牌号码, 车辆号牌, 牌照号, 车号, 机动车号牌, 车辆牌照, 车辆号码, 车辆牌号,
        停车车牌, 机动车号牌号码, 汽车牌照, 车辆车牌号, 车辆|机动车|汽车|货车|挂车|进场|出场|停车|违章|车主|
        投保|电动车|摩托车+牌照|牌照号|号牌|号牌号码|车牌|车牌号|车牌号码|牌号,
        车牌识别|车牌照|挂车牌|车牌识别结果
        """
    ),
    en=terms(
        """
        plate no, license plate, licence plate, car no, plate number, plate, vehicle plate, car plate,
        vehicle no, license plate no, car number, plate num, car plate no, veh plate, vehicle plate no,
        vehicle license plate, car lic no, car license no, vehicle license no, lpn, license tag,
        car license, veh no, vehicle number, car plate number, car lic plate, vehicle|car|auto|automobile|
        truck|trailer|motor|parking|entry|exit plate|plate_no|plate_number|license_plate|number_plate|
        registration_plate|license_number|reg_no|tag_no, number|registration|reg|tag plate,
        plate license|licence|text|str|id|code, vrn|license_tag
        """
    ),
    py=terms("cph, cphm, chepai, hphm, cphao, chepaihao, clhp, clph, cpai, jdchp, clhm"),
    match=kernel("license_plate"),
    fits=either(masked, regex(_OTHER)),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
