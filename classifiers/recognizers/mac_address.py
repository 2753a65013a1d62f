"""MAC addresses. Source: IEEE 802-2014."""

from classifiers._cell_tests import kernel, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="mac_address",
    zh=terms(
        """
        MAC地址, 物理地址, 网卡地址, MAC, 设备MAC, 设备MAC地址, 网卡MAC, 终端MAC, 终端MAC地址, 无线MAC,
        WIFI地址MAC, 蓝牙MAC, 蓝牙地址, 手机MAC, 路由器MAC, 网卡|物理|硬件|无线网卡|以太网|蓝牙|WIFI|WLAN|
        终端|设备|手机|路由器|接入点|探针+MAC|MAC地址|物理地址|硬件地址,
        硬件地址|网络物理地址|介质访问控制地址
        """
    ),
    en=terms(
        """
        mac, mac addr, mac address, device mac, wifi mac, bssid, bluetooth mac, mac no, terminal mac,
        client mac, wlan mac, phone mac, bt mac, ap mac, user mac, mac id, ethernet address, nic mac,
        router mac, mac code, hw|hardware|physical|ethernet|nic|network_card|netcard|wifi|wlan|bluetooth|bt|
        bt_device|router|station|sta|probe|client|device mac|mac_address|mac_addr, hw|hardware|ethernet|nic|
        bluetooth|ether|netcard|network_card|bt address, hwaddr|macaddr|media_access_control
        """
    ),
    py=terms("macdz, wldz, sbmac, zdmac, wkmac, wkdz"),
    match=regex(r"^[0-9A-F]{2}(?:[:-][0-9A-F]{2}){5}$|^[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}$"),
    fits=kernel("mac_address"),
    alone=0.3,
    with_header=0.15,
    checked=True,
)
