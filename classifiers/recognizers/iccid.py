"""ICCID of SIM cards. Source: ITU-T E.118."""

from classifiers._cell_tests import either, kernel, masked, not_sequential
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="iccid",
    zh=terms(
        """
        ICCID, SIM卡号, SIM卡, SIM卡ICCID, 卡ICCID, 物联网卡ICCID, ICCID号, ICCID号码, ICCID码, 流量卡号,
        物联网卡号, SIM卡编号, SIM卡序列号, SIM卡|手机卡|物联网卡|流量卡|电话卡|USIM卡|ESIM|eSIM卡+号|编号|
        序列号|识别码|ICCID|串号|卡号, 集成电路卡识别码|电信卡号|UIM卡号
        """
    ),
    en=terms(
        """
        iccid, sim no, sim card no, sim card, sim, iccid no, sim iccid, card iccid, iccid number,
        sim card iccid, sim number, iot card no, iccid code, sim serial, sim serial no, sim id, sim|usim|
        uicc|sim_card|iot_card|esim|iot|m2m iccid|serial|serial_no|card_serial|identifier|card_no,
        iccid|icc|uicc|eid no|id|number|code|
        """
    ),
    py=terms("simkh, iccidh, iccidhm, iccidm, wlwkh"),
    match=not_sequential(kernel("iccid", r"^8986[0-9A-Za-z]{15,16}$")),
    fits=either(kernel("iccid"), masked),
    alone=0.5,
    with_header=0.3,
    checked=True,
    by_chance=True,
)
