"""Vehicle identification numbers with the check character of position 9. Source: GB 16735-2019."""

from classifiers._cell_tests import kernel, masked
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="vin",
    zh=terms(
        """
        车架号, 车辆识别代号, 车辆识别码, 车辆识别号, 车辆VIN, VIN码, 车架号码, 底盘号, 车辆识别代码,
        车辆识别代号码, 车辆vin码, 大架号, 车辆|车|汽车|机动车+识别号|识别码|识别代码|识别代号|架号|架号码|
        身号|VIN|VIN码|VIN号, 大架号|底盘号码|车身编号
        """
    ),
    en=terms(
        """
        vin, frame no, vin code, vin no, chassis no, vehicle identification number, frame number,
        vehicle vin, car vin, chassis, car frame no, vin number, vehicle identity code, vehicle frame no,
        vehicle identification code, carvin, vehicle|car|chassis|frame|body|auto vin|vin_no|vin_code|
        chassis_no|identification_no|identification_number|identity_no|frame_no|serial_vin,
        vehicle identification|ident code|number|no
        """
    ),
    py=terms("cjh, clsbdh, clsbm, cjhm, clsbdm, clsbh, chejiahao, dph, clvin"),
    match=kernel("vin"),
    fits=masked,
    alone=0.5,
    with_header=0.3,
    checked=True,
    by_chance=True,
)
