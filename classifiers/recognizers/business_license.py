"""Business licence registration numbers of 15 digits, with check digit. Source: GS 15-2006."""

from classifiers._cell_tests import either, kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="business_license",
    zh=("营业执照号", "注册号", "工商注册号", "营业执照注册号", "营业执照", "营业执照编号", "工商登记号"),
    en=(
        "business license no",
        "reg no",
        "business license",
        "business licence",
        "license reg no",
        "business registration no",
        "company reg no",
        "business reg no",
        "registration no",
    ),
    py=("yyzzh", "gszch", "zch", "yyzz"),
    fits=either(kernel("business_license"), kernel("uscc")),
    with_header=0.4,
)
