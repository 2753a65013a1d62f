"""Face feature vectors: lists of floats, JSON lists or packed float32."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="face_embedding",
    zh=("人脸特征", "人脸特征值", "人脸向量", "面部特征", "人脸特征向量", "人脸模板", "脸部特征"),
    en=(
        "face feature",
        "face embedding",
        "face vec",
        "face vector",
        "face template",
        "facial feature",
        "face features",
        "face emb",
        "face code",
        "face encoding",
        "facial embedding",
    ),
    py=("rltz", "rltzz", "renlian", "renliantezheng", "rlmb", "rltzxl"),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
