"""QQ numbers: 5 to 11 digits."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="qq",
    zh=("QQ号", "QQ", "QQ号码", "腾讯QQ"),
    en=("qq", "qq no", "qq number", "qq num", "oicq", "qq openid"),
    py=("qqh", "qqhm"),
    fits=either(kernel("qq"), regex("^[0-9A-Fa-f]{32}$")),
    with_header=0.4,
)
