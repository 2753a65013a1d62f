"""Handwriting as a feature of a person. Conditional in GB/T 45574-2025; PIPL article 28 names biometrics."""

from classifiers._cell_tests import any_shape, either, magic, regex, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="handwriting",
    zh=terms(
        """
        笔迹|手写笔迹|签字笔迹|签名笔迹|书写+特征|样本|数据|图像|轨迹|,
        手写签名|电子手写签名|签名轨迹|签字图像|手写签字
        """
    ),
    en=terms(
        """
        handwriting|handwritten_signature|signature_stroke|signature_strokes|pen_stroke|signature_sample|
        signature_trace, handwriting|handwritten sample|feature|image|data|stroke
        """
    ),
    py=terms("bijitz|sxqm"),
    fits=either(regex(r"^\s*[\[{]"), any_shape(vectors(2, 4096), magic(b""))),
    with_header=0.4,
    shape=True,
)
