"""Iris templates: ISO/IEC 19794-6 records."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="iris",
    zh=("虹膜", "虹膜特征", "虹膜模板", "虹膜码"),
    en=("iris", "iris code", "iris template", "iris feature", "iris data"),
    py=("hmtz", "hongmo", "hmmb"),
    match=magic(b"IIR\x00"),
    fits=any_shape(magic(b""), vectors(8, 4096)),
    alone=0.5,
    with_header=0.4,
    checked=True,
    shape=True,
)
