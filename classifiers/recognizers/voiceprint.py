"""Voiceprint feature vectors."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="voiceprint",
    zh=terms(
        """
        声纹, 声纹特征, 声纹模板, 声纹向量, 声纹数据, 声纹特征值, 声纹特征向量, 语音特征, 语音特征向量,
        声纹信息, 录音声纹, 声纹|语音|声音|嗓音|话音|说话人|人声|发音人+特征|特征值|特征码|特征向量|向量|
        模板|模型|特征模型|特征数据|编码|嵌入|识别特征|底库
        """
    ),
    en=terms(
        """
        voiceprint, voice embedding, voice print, voice feature, speaker embedding, voice vec,
        voiceprint feature, voice template, xvector, speaker vec, speaker vector, speaker feature,
        voice vector, voice emb, vp feature, voice print data, voiceprint vec, voiceprint data, speaker emb,
        voice features, speech embedding, voice|voiceprint|voice_print|vocal|speaker|speech|speaker_voice|
        audio_speaker|vocal_print feature|features|feat|feats|vector|vec|embedding|template|model|
        descriptor|print|signature|biometric|profile_vector|repr
        """
    ),
    py=terms("swtz, shengwen, swmb, swsj, swxl, swtzz, shengwentz, yytz"),
    fits=any_shape(vectors(8, 4096), magic(b"RIFF", b"ID3", b"OggS")),
    with_header=0.4,
    shape=True,
)
