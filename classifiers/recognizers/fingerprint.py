"""Fingerprint templates: ISO/IEC 19794-2 and ANSI 378 records."""

from classifiers._cell_tests import any_shape, magic, vectors
from classifiers._recognizer import Recognizer, terms

_WSQ = b"\xff\xa0\xff\xa8"  # images as the FBI compresses them

RECOGNIZER = Recognizer(
    type="fingerprint",
    zh=terms(
        """
        指纹, 指纹模板, 指纹特征, 指纹数据, 指静脉, 指纹特征值, 指纹信息, 指纹数据值, 指纹图像, 指纹特征点,
        指静脉特征, 指静脉模板, 左手指纹, 右手指纹, 掌纹, 掌纹特征, 指纹码, 指纹|左手指纹|右手指纹|拇指指纹|
        食指指纹|指静脉|手指静脉|掌静脉|掌纹|手掌|指掌纹|指印+特征|特征值|特征码|模板|数据|图像|图片|编码|
        信息|特征点|采集数据|
        """
    ),
    en=terms(
        """
        fingerprint, finger template, fp tpl, fingerprint template, finger print, fp template,
        finger feature, finger data, minutiae, fingerprint data, fingerprint feature, fingerprint minutiae,
        finger feat, finger tpl, fp data, fp feature, fp minutiae, finger vein, finger vein template,
        palm print, palmprint, fingerprint image, finger img, fingerprint|finger_print|finger|thumb|
        thumbprint|thumb_print|index_finger|left_finger|right_finger|finger_vein|palm|palm_vein|palmprint|
        fp|dactyl template|tpl|feature|feat|minutiae|data|image|scan|print|record|hash|model|code
        """
    ),
    py=terms("zw_mb, zhiwen, zwmb, zwtz, zwsj, zwtzz, zhiwenmb, zhiwentz, zwxx, zjmtz"),
    match=magic(b"FMR\x00", b"FIR\x00", _WSQ),
    fits=any_shape(magic(b""), vectors(8, 4096)),
    alone=0.5,
    with_header=0.4,
    checked=True,
    shape=True,
)
