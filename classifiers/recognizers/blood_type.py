"""ABO blood type."""

from classifiers._cell_tests import one_of
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="blood_type",
    zh=terms(
        """
        血型, ABO血型, 血型代码, 血型名称, ABO血型代码, RH血型, 血型|ABO|ABO及RH|患者血型|新生儿血型|
        献血者血型+血型|代码|结果|分型|检测结果|类型|
        """
    ),
    en=terms(
        """
        blood type, blood group, abo, blood, abo type, blood type code, abo blood, abo blood type, blood cd,
        blood|abo|abo_blood|rh|rhesus|bloodtype type|group|grouping|typ|grp|factor|type_code
        """
    ),
    py=terms("xuexing, xx_type, xxing, aboxx, xuexingdm"),
    match=one_of(("A型", "B型", "O型", "AB型", "A型血", "B型血", "O型血", "AB型血")),
    fits=one_of(
        (
            "A",
            "B",
            "O",
            "AB",
            "A+",
            "B+",
            "O+",
            "AB+",
            "A-",
            "B-",
            "O-",
            "AB-",
            "A型",
            "B型",
            "O型",
            "AB型",
            "1",
            "2",
            "3",
            "4",
            "5",
        )
    ),
    alone=0.8,
    strict=True,
    with_header=0.6,
    coded=True,
    labels=frozenset(("A型", "B型", "O型", "AB型")),
)
