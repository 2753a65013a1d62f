"""Gait feature vectors."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="gait",
    zh=terms(
        """
        步态特征, 步态, 步态向量, 步态数据, 步态特征值, 步态特征向量, 步态模板, 行走特征, 行走姿态特征,
        步态序列
        """
    ),
    en=terms(
        """
        gait feature, gait vec, gait, gait embedding, gait vector, gait data, gait features, gait emb,
        gait template, walk feature, walking feature, gait seq, gait code
        """
    ),
    py=terms("bttz, butai, btsj, bttzz, bttzxl, butaitz"),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
