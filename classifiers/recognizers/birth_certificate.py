"""Medical certificates of birth: a letter and 9 digits."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="birth_certificate",
    zh=terms(
        """
        出生证编号, 出生医学证明号, 出生医学证明编号, 出生证号, 出生证明编号, 出生证, 出生证明号, 出生证明,
        出生医学证明, 出生医学证, 出生证号码, 新生儿出生证号, 出生|出生医学|新生儿出生|医学出生|婴儿出生|
        出生医学证|新生儿+证|证明|证号|证明号|证编号|证明编号|证明书号|医学证明|医学证明编号
        """
    ),
    en=terms(
        """
        birth cert no, birth certificate, birth certificate no, birth cert, birth med cert,
        birth certification no, born cert no, born cert, birth medical cert, birth certificate number,
        birth certificate id, medical birth cert, birth|newborn|neonatal|infant_birth|born|medical_birth|
        baby_birth|birth_medical cert|certificate|cert_no|certificate_no|medical_cert|medical_certificate|
        registration_cert
        """
    ),
    py=terms("cszbh, csyxzm, cszmh, cszh, csyxzmbh, cszm, csyxzmh, cszmbh"),
    fits=either(regex(r"^[A-Za-z][0-9]{9}$"), masked),
    with_header=0.3,
)
