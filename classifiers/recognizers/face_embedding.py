"""Face feature vectors: lists of floats, JSON lists or packed float32."""

from classifiers._cell_tests import any_shape, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="face_embedding",
    zh=terms(
        """
        人脸特征, 人脸特征值, 人脸向量, 面部特征, 人脸特征向量, 人脸模板, 脸部特征, 人脸特征码,
        人脸特征数据, 面部特征值, 面部特征向量, 面部向量, 人脸编码, 人脸特征模板, 人脸识别特征,
        人脸模型数据, 人脸底库特征, 人脸|面部|面容|脸部|面孔|人面|脸|人像|面貌|人脸识别|面部识别|刷脸|
        颜面+特征|特征值|特征码|特征向量|向量|模板|模型|模型数据|编码|特征数据|特征模板|识别特征|识别码|
        嵌入|嵌入向量|表征|数据
        """
    ),
    en=terms(
        """
        face feature, face embedding, face vec, face vector, face template, facial feature, face features,
        face emb, face code, face encoding, facial embedding, face feat, face model, facial vector,
        facial template, faceid feature, face id feature, face descriptor, face representation, face|facial|
        visage|face_id|faceid|face_recognition|portrait|human_face|person_face feature|features|feat|feats|
        vector|vec|embedding|embed|template|model|descriptor|repr|representation|encoding|encode|code|
        signature|data|print|features_vector|feature_data
        """
    ),
    py=terms(
        """
        rltz, rltzz, renlian, renliantezheng, rlmb, rltzxl, rltzm, rltzsj, rlxl, rltezheng, renliantz, rlsj
        """
    ),
    fits=any_shape(vectors(8, 4096)),
    with_header=0.4,
    shape=True,
)
