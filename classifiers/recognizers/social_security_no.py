"""Social security card numbers: a letter and 8 digits, 10 digits, or the resident identity number."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="social_security_no",
    zh=("社保卡号", "社会保障号", "社保号", "社会保障卡号", "社会保障号码", "社保编号", "社保账号"),
    en=(
        "social security no",
        "social security number",
        "ssn",
        "social security",
        "social insurance no",
        "si card no",
        "ss card no",
    ),
    py=("sbkh", "shbzh", "shbzhm", "sbh", "shbzkh"),
    fits=either(regex(r"^[A-Za-z]?[0-9]{8,10}[Xx]?$"), kernel("id_card")),
    with_header=0.3,
)
