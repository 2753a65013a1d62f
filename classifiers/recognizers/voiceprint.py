"""Voiceprint feature vectors."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="voiceprint",
    zh=("声纹", "声纹特征", "声纹模板", "声纹向量"),
    en=(
        "voiceprint",
        "voice embedding",
        "voice print",
        "voice feature",
        "speaker embedding",
        "voice vec",
        "voiceprint feature",
        "voice template",
        "xvector",
    ),
    py=("swtz", "shengwen", "swmb"),
    fits=any_shape(vectors(8, 4096), magic(b"RIFF", b"ID3", b"OggS")),
    with_header=0.4,
    shape=True,
)
