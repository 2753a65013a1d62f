"""Permits of mainland residents to Hong Kong, Macao and Taiwan: C, W, T or L forms."""

from classifiers._cell_tests import kernel
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="exit_entry_permit",
    zh=(
        "往来港澳通行证号",
        "往来港澳通行证",
        "出入境证件号",
        "往来台湾通行证",
        "往来台湾通行证号",
        "大通证",
        "出入境证件",
    ),
    en=(
        "exit entry permit",
        "exit entry permit no",
        "travel permit",
        "travel permit no",
        "eep no",
        "exit permit",
    ),
    py=("wlgatxz", "crjzjh", "wlgatxzh", "wltwtxz", "crjzj"),
    fits=kernel("exit_entry_permit"),
    with_header=0.3,
)
