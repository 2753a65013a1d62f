"""ICCID of SIM cards. Source: ITU-T E.118."""

from classifiers._cell_tests import either, kernel, masked, not_sequential
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="iccid",
    zh=terms(
        """
        ICCID, SIM卡号, SIM卡, SIM卡ICCID, 卡ICCID, 物联网卡ICCID, ICCID号, ICCID号码, ICCID码,
        流量卡号, 物联网卡号, SIM卡编号, SIM卡序列号
        """
    ),
    en=terms(
        """
        iccid, sim no, sim card no, sim card, sim, iccid no, sim iccid, card iccid, iccid number,
        sim card iccid, sim number, iot card no, iccid code, sim serial, sim serial no, sim id
        """
    ),
    py=terms("simkh, iccidh, iccidhm, iccidm, wlwkh"),
    match=not_sequential(kernel("iccid", r"^8986[0-9A-Za-z]{15,16}$")),
    fits=either(kernel("iccid"), masked),
    alone=0.5,
    with_header=0.3,
    checked=True,
)
