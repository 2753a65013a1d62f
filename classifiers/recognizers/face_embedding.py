"""Face feature vectors: lists of floats, JSON lists or packed float32."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="face_embedding",
    zh=terms(
        """
        人脸特征, 人脸特征值, 人脸向量, 面部特征, 人脸特征向量, 人脸模板, 脸部特征, 人脸特征码,
        人脸特征数据, 面部特征值, 面部特征向量, 面部向量, 人脸编码, 人脸特征模板, 人脸识别特征,
        人脸模型数据, 人脸底库特征
        """
    ),
    en=terms(
        """
        face feature, face embedding, face vec, face vector, face template, facial feature,
        face features, face emb, face code, face encoding, facial embedding, face feat, face model,
        facial vector, facial template, faceid feature, face id feature, face descriptor,
        face representation
        """
    ),
    py=terms(
        """
        rltz, rltzz, renlian, renliantezheng, rlmb, rltzxl, rltzm, rltzsj, rlxl, rltezheng, renliantz,
        rlsj
        """
    ),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
