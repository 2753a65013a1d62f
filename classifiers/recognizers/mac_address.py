"""MAC addresses. Source: IEEE 802-2014."""

from classifiers._cell_tests import kernel, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="mac_address",
    zh=terms(
        """
        MAC地址, 物理地址, 网卡地址, MAC, 设备MAC, 设备MAC地址, 网卡MAC, 终端MAC, 终端MAC地址, 无线MAC,
        WIFI地址MAC, 蓝牙MAC, 蓝牙地址, 手机MAC, 路由器MAC
        """
    ),
    en=terms(
        """
        mac, mac addr, mac address, device mac, wifi mac, bssid, bluetooth mac, mac no, terminal mac,
        client mac, wlan mac, phone mac, bt mac, ap mac, user mac, mac id, ethernet address, nic mac,
        router mac, mac code
        """
    ),
    py=terms("macdz, wldz, sbmac, zdmac, wkmac, wkdz"),
    match=regex(r"^[0-9A-F]{2}(?:[:-][0-9A-F]{2}){5}$|^[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}$"),
    fits=kernel("mac_address"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
