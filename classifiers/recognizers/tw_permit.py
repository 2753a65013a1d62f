"""Mainland travel permits for Taiwan residents: 8 digits, or 10 digits with a letter."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="tw_permit",
    zh=(
        "台胞证号",
        "台胞证",
        "台湾居民通行证号",
        "台湾居民来往大陆通行证",
        "台湾通行证号",
        "台湾居民通行证",
        "台湾居民证件",
    ),
    en=(
        "tw permit",
        "tw permit no",
        "taiwan permit",
        "taiwan permit no",
        "taiwan compatriot permit",
        "mtp no",
        "tw pass",
    ),
    py=("tbzh", "tbz", "twtxzh", "twjmtxz", "twjmtxzh"),
    fits=kernel("tw_permit"),
    with_header=0.3,
)
