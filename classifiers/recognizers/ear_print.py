"""Features of the outer ear."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="ear_print",
    zh=terms("耳廓|耳纹|耳部|人耳|外耳+特征|特征值|模板|数据|图像|图片|识别特征|, 耳朵识别特征|耳形特征"),
    en=terms(
        """
        ear_print|ear|auricle|earprint|pinna feature|features|vector|template|image|data|embedding,
        auricle|earprint|ear_print
        """
    ),
    py=terms("erkuo|ekuotz"),
    fits=any_shape(vectors(8, 4096), magic(b"")),
    with_header=0.4,
    shape=True,
)
