"""Face photographs: image files or ISO/IEC 19794-5 records."""

from classifiers._cell_tests import magic
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="face_image",
    zh=(
        "人脸照片",
        "头像照片",
        "证件照",
        "人脸图像",
        "人脸图片",
        "面部照片",
        "人脸",
        "证件照片",
        "免冠照片",
        "抓拍照片",
        "头像照",
    ),
    en=(
        "face image",
        "face photo",
        "id photo",
        "face img",
        "face pic",
        "portrait photo",
        "head photo",
        "facial image",
        "face picture",
        "headshot",
        "capture photo",
        "face",
    ),
    py=("rlzp", "zjz", "rltx", "renlianzhaopian", "mgzp", "rltp"),
    match=magic(b"FAC\x00"),
    fits=magic(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"FAC\x00"),
    alone=0.5,
    with_header=0.4,
    checked=True,
    shape=True,
)
