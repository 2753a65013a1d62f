"""Landline and fax numbers with an area code."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="landline",
    zh=(
        "固定电话",
        "座机",
        "办公电话",
        "固话",
        "传真",
        "传真号",
        "传真号码",
        "家庭电话",
        "单位电话",
        "座机号",
        "宅电",
        "住宅电话",
        "公司电话",
    ),
    en=(
        "landline",
        "office phone",
        "office tel",
        "fax",
        "fax no",
        "fixed phone",
        "home phone",
        "home tel",
        "work phone",
        "?tel",
        "?telephone",
        "company phone",
        "fixed line",
    ),
    py=("gddh", "bgdh", "zj_dh", "zuoji", "chuanzhen", "czhm", "jtdh", "zzdh", "dwdh"),
    match=kernel("landline"),
    fits=either(
        kernel("landline"),
        regex(r"^[(（]?0[0-9]{2,3}[)）]?[- ]?[0-9*#xX]{3,8}(?:-[0-9]{1,5})?$"),
        regex(r"^[2-8][0-9]{6,7}$"),
    ),
    alone=0.5,
    with_header=0.2,
)
