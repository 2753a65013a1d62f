"""Iris templates: ISO/IEC 19794-6 records."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="iris",
    zh=terms(
        """
        虹膜, 虹膜特征, 虹膜模板, 虹膜码, 虹膜数据, 虹膜编码, 虹膜图像, 虹膜特征码, 虹膜特征值, 虹膜信息,
        虹膜特征模板, 左眼虹膜, 右眼虹膜, 虹膜|眼虹膜|眼部虹膜|眼纹|视网膜|瞳孔|左虹膜|右虹膜+特征|特征值|
        特征码|模板|数据|图像|编码|信息|采集数据|
        """
    ),
    en=terms(
        """
        iris, iris code, iris template, iris feature, iris data, iris img, iris image, iris tpl, iris feat,
        iris vec, eye iris, iris code data, iris scan, iris record, iris|eye_iris|left_iris|right_iris|
        iris_left|iris_right|retina|retinal|eye_print|eyeprint|eye template|tpl|feature|feat|code|data|
        image|scan|record|model|biometric|template_data
        """
    ),
    py=terms("hmtz, hongmo, hmmb, hmsj, hmbm, hmtzm, hongmotz, hmtx"),
    match=magic(b"IIR\x00"),
    fits=any_shape(magic(b""), vectors(8, 4096)),
    alone=0.5,
    with_header=0.4,
    checked=True,
    shape=True,
)
