"""ICCID of SIM cards. Source: ITU-T E.118."""

from classifiers._cell_tests import kernel, not_sequential
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="iccid",
    zh=("ICCID", "SIM卡号", "SIM卡", "SIM卡ICCID"),
    en=("iccid", "sim no", "sim card no", "sim card", "sim", "iccid no", "sim iccid"),
    py=("simkh", "iccidh"),
    match=not_sequential(kernel("iccid", r"^8986[0-9A-Za-z]{15,16}$")),
    fits=kernel("iccid"),
    alone=0.5,
    with_header=0.3,
    checked=True,
)
