"""Device identifiers: OAID, IDFA, Android ID and vendor ids."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="device_id",
    zh=(
        "设备标识",
        "设备ID",
        "设备号",
        "终端标识",
        "设备唯一标识",
        "设备识别码",
        "终端号",
        "登录设备",
        "广告标识",
    ),
    en=(
        "device id",
        "oaid",
        "idfa",
        "android id",
        "idfv",
        "gaid",
        "udid",
        "device identifier",
        "device no",
        "device token",
        "terminal id",
        "did",
        "adid",
        "uuid device",
        "bind device",
        "device uuid",
        "device code",
        "hardware id",
        "machine id",
        "device",
    ),
    py=("sbbs", "sbid", "sbh", "dlsb", "shebei", "zdbs", "sbsbm"),
    fits=regex(r"^[0-9A-Za-z][0-9A-Za-z:_-]{7,127}$"),
    with_header=0.5,
)
