"""Organisation codes, with check character. Source: GB 11714-1997."""

from classifiers._cell_tests import both, kernel, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="org_code",
    zh=terms(
        """
        组织机构代码, 机构代码, 组织机构代码证, 组织机构代码证号, 组织代码, 组织机构代码号, 机构代码证号,
        机构代码证, 单位组织机构代码, 企业组织机构代码, 机构编码证, 组织机构|机构组织|法人机构|单位机构|
        全国组织机构+代码|代码证|代码证号|编码|赋码
        """
    ),
    en=terms(
        """
        ?org code, organization code, organisation code, orgcode no, org code no, organization code no,
        org inst code, organization institution code, org institution code, org cert no, org reg code,
        orgcode cert, institution code, organization code cert, organization|organisation|institution|
        institutional|org_institution|organization_institution|nacao code|code_no|code_cert|cert_no|
        institution_code
        """
    ),
    py=terms("zzjgdm, jgdm, zzjgdmz, zzdm, zzjgdmzh, jgdmz, dwzzjgdm, zzjgh"),
    match=both(kernel("org_code"), regex(r"^[0-9A-Z]{8}-[0-9X]$")),
    fits=kernel("org_code"),
    alone=0.5,
    strict=True,
    with_header=0.4,
    checked=True,
    by_chance=True,
)
