"""Driving licence numbers (the resident identity number) and 12-digit file numbers."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="driver_license",
    zh=("驾驶证号", "驾驶证", "驾驶证号码", "驾驶证档案编号", "驾照号", "档案编号", "驾照", "驾驶证编号"),
    en=(
        "driver license",
        "driver license no",
        "driver licence",
        "driving licence",
        "driving license",
        "driving licence no",
        "license no driver",
        "driver lic no",
        "dl no",
    ),
    py=("jszh", "jsz", "dabh", "jiazhao", "jzh_no", "jszdabh"),
    fits=either(regex(r"^[0-9]{12}$"), kernel("id_card")),
    with_header=0.25,
)
