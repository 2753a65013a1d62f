"""Vehicle licence plates: mainland, new-energy, police, trailer, Hong Kong and Macao. Source: GA 36-2018."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="license_plate",
    zh=terms(
        """
        车牌号, 车牌号码, 车牌, 号牌号码, 车辆号牌, 牌照号, 车号, 机动车号牌, 车辆牌照, 车辆号码,
        车辆牌号, 停车车牌, 机动车号牌号码, 汽车牌照, 车辆车牌号
        """
    ),
    en=terms(
        """
        plate no, license plate, licence plate, car no, plate number, plate, vehicle plate, car plate,
        vehicle no, license plate no, car number, plate num, car plate no, veh plate, vehicle plate no,
        vehicle license plate, car lic no, car license no, vehicle license no, lpn, license tag,
        car license, veh no, vehicle number, car plate number, car lic plate
        """
    ),
    py=terms("cph, cphm, chepai, hphm, cphao, chepaihao, clhp, clph, cpai, jdchp, clhm"),
    match=kernel("license_plate"),
    fits=masked,
    alone=0.3,
    with_header=0.15,
    checked=True,
)
