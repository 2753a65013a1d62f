"""Taxpayer identification numbers."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="tax_id",
    zh=("纳税人识别号", "税号", "纳税识别号", "纳税人税号", "税务登记号", "纳税人编号"),
    en=(
        "tax no",
        "taxpayer id",
        "tax id",
        "tax num",
        "tax number",
        "taxpayer no",
        "tax code",
        "taxpayer identification number",
        "tax registration no",
        "tin",
    ),
    py=("nsrsbh", "sh_no", "shuihao", "nsrbh", "swdjh"),
    fits=either(kernel("tax_id"), kernel("uscc"), regex(r"^[0-9]{6}[0-9A-Za-z]{8,14}$")),
    with_header=0.4,
)
