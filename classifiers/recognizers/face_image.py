"""Face photographs: image files or ISO/IEC 19794-5 records."""

from classifiers._cell_tests import magic
from classifiers._recognizer import Recognizer, terms

_JPEG_2000, _HEIC = b"\x00\x00\x00\x0cjP  ", b"\x00\x00\x00\x20ftyp"

RECOGNIZER = Recognizer(
    type="face_image",
    zh=terms(
        """
        人脸照片, 头像照片, 证件照, 人脸图像, 人脸图片, 面部照片, 人脸, 证件照片, 免冠照片, 抓拍照片,
        头像照, 登记照片, 登记照, 抓拍图, 抓拍图片, 人脸抓拍图, 人脸抓拍, 大头照, 身份证照片, 身份证头像,
        证件头像, 个人照片, 本人照片, 面部图像, 寸照, 学籍照片, ?照片, ?现场照片, 自拍照, 半身照, 考生照片,
        工作照, 人脸|面部|面容|脸部|人像|面孔|肖像|头像|正面|正脸|免冠|证件|身份证|个人|本人|登记|抓拍|刷脸|
        活体|考生|学生|员工|入职|护照|驾驶证+照片|照|图片|图像|影像|相片|抓拍图|快照|底图|底库|底片,
        面像|人像|肖像|人像抓拍|大头贴|寸照|工牌照
        """
    ),
    en=terms(
        """
        face image, face photo, id photo, face img, face pic, portrait photo, head photo, facial image,
        face picture, headshot, capture photo, face, face snapshot, face capture, capture image,
        snapshot face, portrait, portrait img, head img, head image, headimg, selfie, selfie image,
        id card photo, id photo img, ?photo, person photo, user photo, avatar img, mugshot, register photo,
        facial photo, face jpg, face base64, student photo, face|facial|portrait|head|mug|id|id_card|
        passport|selfie|person|avatar|profile|student|employee|staff|live|liveness|enrolled|registered|
        frontal|badge|visitor photo|image|picture|pic|img|shot|snapshot|capture|jpg|jpeg|base64|blob|bytes,
        headshot|head_shot|mugshot|face_crop|face_chip|faceimg|portrait
        """
    ),
    py=terms(
        """
        rlzp, zjz, rltx, renlianzhaopian, mgzp, rltp, zjzp, rlzpz, djzp, grzp, txzp, zpsj, ?zp, dtz,
        zhaopian, rlzhp, sfzzp, renlianzp
        """
    ),
    match=magic(b"FAC\x00"),
    fits=magic(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"FAC\x00", _JPEG_2000, _HEIC),
    alone=0.5,
    with_header=0.4,
    strict=True,
    checked=True,
    shape=True,
    of_things=True,
)
