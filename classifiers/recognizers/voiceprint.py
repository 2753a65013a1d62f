"""Voiceprint feature vectors."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="voiceprint",
    zh=terms(
        """
        声纹, 声纹特征, 声纹模板, 声纹向量, 声纹数据, 声纹特征值, 声纹特征向量, 语音特征, 语音特征向量,
        声纹信息, 录音声纹
        """
    ),
    en=terms(
        """
        voiceprint, voice embedding, voice print, voice feature, speaker embedding, voice vec,
        voiceprint feature, voice template, xvector, speaker vec, speaker vector, speaker feature,
        voice vector, voice emb, vp feature, voice print data, voiceprint vec, voiceprint data,
        speaker emb, voice features, speech embedding
        """
    ),
    py=terms("swtz, shengwen, swmb, swsj, swxl, swtzz, shengwentz, yytz"),
    fits=any_shape(vectors(8, 4096), magic(b"RIFF", b"ID3", b"OggS")),
    with_header=0.4,
    shape=True,
)
