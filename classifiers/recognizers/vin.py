"""Vehicle identification numbers with the check character of position 9. Source: GB 16735-2019."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="vin",
    zh=("车架号", "车辆识别代号", "车辆识别码", "车辆识别号", "车辆VIN", "VIN码"),
    en=(
        "vin",
        "frame no",
        "vin code",
        "vin no",
        "chassis no",
        "vehicle identification number",
        "frame number",
    ),
    py=("cjh", "clsbdh", "clsbm", "cjhm"),
    match=kernel("vin"),
    alone=0.5,
    with_header=0.3,
    checked=True,
)
