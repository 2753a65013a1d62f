"""Gait feature vectors."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="gait",
    zh=("步态特征", "步态", "步态向量"),
    en=("gait feature", "gait vec", "gait", "gait embedding", "gait vector"),
    py=("bttz", "butai"),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
