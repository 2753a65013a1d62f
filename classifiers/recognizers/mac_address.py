"""MAC addresses. Source: IEEE 802-2014."""

from classifiers._cell_tests import kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="mac_address",
    zh=("MAC地址", "物理地址", "网卡地址", "MAC", "设备MAC"),
    en=(
        "mac",
        "mac addr",
        "mac address",
        "device mac",
        "wifi mac",
        "bssid",
        "bluetooth mac",
        "mac no",
    ),
    py=("macdz", "wldz"),
    match=regex(r"^[0-9A-F]{2}(?:[:-][0-9A-F]{2}){5}$|^[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}$"),
    fits=kernel("mac_address"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
