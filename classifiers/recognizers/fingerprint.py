"""Fingerprint templates: ISO/IEC 19794-2 and ANSI 378 records."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="fingerprint",
    zh=("指纹", "指纹模板", "指纹特征", "指纹数据", "指静脉"),
    en=(
        "fingerprint",
        "finger template",
        "fp tpl",
        "fingerprint template",
        "finger print",
        "fp template",
        "finger feature",
        "finger data",
        "minutiae",
    ),
    py=("zw_mb", "zhiwen", "zwmb", "zwtz"),
    match=magic(b"FMR\x00"),
    fits=any_shape(magic(b""), vectors(8, 4096)),
    alone=0.5,
    with_header=0.4,
    checked=True,
    shape=True,
)
