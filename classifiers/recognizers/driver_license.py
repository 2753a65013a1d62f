"""Driving licence numbers (the resident identity number) and 12-digit file numbers."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="driver_license",
    zh=terms(
        """
        驾驶证号, 驾驶证, 驾驶证号码, 驾驶证档案编号, 驾照号, 档案编号, 驾照, 驾驶证编号, 驾驶员证号,
        驾驶人证号, 机动车驾驶证号, 机动车驾驶证, 驾驶证件号, 驾照编号, 驾照号码, 驾驶人证件号, 驾驶|驾驶人|
        驾驶员|司机|机动车驾驶|驾车|行车+证|执照|证件|许可证|资格证, 驾证|驾驶证档案号|驾照档案号|驾档编号
        """
    ),
    en=terms(
        """
        driver license, driver license no, driver licence, driving licence, driving license,
        driving licence no, license no driver, driver lic no, dl no, drv license, drv lic, driver lic,
        driver license code, driving license code, driving cert no, driver card no, driver certificate no,
        dl number, driver cert no, driver|drivers|driving|motor|motorist|vehicle_driver license|licence|
        permit|cert|license_file|archive|license_archive, dl|drv id|archive_no|file_no
        """
    ),
    py=terms("jszh, jsz, dabh, jiazhao, jzh_no, jszdabh, jszbh, jszhm, jsyzh, jzhao, jiashizheng"),
    fits=either(regex(r"^[0-9]{12}$"), kernel("id_card"), masked),
    with_header=0.25,
)
