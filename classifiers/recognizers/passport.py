"""Passport numbers, Chinese and foreign."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="passport",
    zh=("护照号", "护照号码", "护照", "护照编号"),
    en=("passport", "passport no", "passport number", "passport num", "pp no"),
    py=("hzh", "hzhm", "huzhao", "huzhaohao", "hzbh"),
    fits=either(
        kernel("passport"), regex(r"^[A-Za-z0-9]{1,3}[*#xX]{3,8}[A-Za-z0-9]{1,4}$"), regex(r"^[0-9]{9}$")
    ),
    with_header=0.3,
)
