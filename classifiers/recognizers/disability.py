"""Disability: kind, degree, and the certificate number (resident identity number, kind 1-7, degree 1-4)."""

import numpy as np
import pyarrow.compute as pc

from classifiers import kernels
from classifiers._cell_tests import both, either, masked, regex
from classifiers._recognizer import Matches, Recognizer, terms
from classifiers.cells import Cells


def _begins_with_id_card(cells: Cells) -> Matches:
    heads = pc.utf8_slice_codeunits(cells.text, 0, 18)
    return np.asarray(kernels.canonical("id_card", heads).is_valid().to_numpy(zero_copy_only=False), bool)


_CERTIFICATE = both(regex(r"^[0-9]{17}[0-9Xx][1-7][1-4](?:B[0-9])?$"), _begins_with_id_card)

RECOGNIZER = Recognizer(
    type="disability",
    zh=terms(
        """
        残疾|残障|伤残|残疾人|残疾人证+证号|证|证编号|证号码|等级|类别|级别|类型|程度|鉴定等级|评定等级|
        鉴定结论|标志|人员标识, 是否残疾|是否残疾人|残疾证书号|是否残障
        """
    ),
    en=terms(
        """
        disability|disabled|handicap|handicapped|impairment cert|cert_no|certificate|certificate_no|card_no|
        level|grade|type|category|class|flag|kind|degree, is|if disabled|disability|handicapped
        """
    ),
    py=terms("cjzh|cjrzh|cjdj|cjlb|sfcj|scdj"),
    match=_CERTIFICATE,
    fits=either(
        regex(r"残|[一二三四1-4]级|^(?:[0-9]|是|否|有|无|Y|N)$|视力|听力|言语|肢体|智力|精神|多重"), masked
    ),
    alone=0.3,
    with_header=0.3,
    coded=True,
)
