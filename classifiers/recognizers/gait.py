"""Gait feature vectors."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="gait",
    zh=terms(
        """
        步态特征, 步态, 步态向量, 步态数据, 步态特征值, 步态特征向量, 步态模板, 行走特征, 行走姿态特征,
        步态序列, 步态|步行|行走|走路|走姿|步姿|步伐|行走姿态|步行姿态+特征|特征值|特征向量|向量|模板|模型|
        数据|序列|特征数据|识别特征|编码|
        """
    ),
    en=terms(
        """
        gait feature, gait vec, gait, gait embedding, gait vector, gait data, gait features, gait emb,
        gait template, walk feature, walking feature, gait seq, gait code, gait|walk|walking|walk_pattern|
        walking_pattern|walking_style|walk_style|stride|gait_cycle feature|features|feat|vector|vec|
        embedding|template|model|data|sequence|signature|pattern|descriptor, walk_pattern|walking_pattern|
        walking_gait|gait_pattern|gait_recognition
        """
    ),
    py=terms("bttz, butai, btsj, bttzz, bttzxl, butaitz"),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
