"""Organisation codes, with check character. Source: GB 11714-1997."""

from classifiers._cell_tests import both, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="org_code",
    zh=("组织机构代码", "机构代码", "组织机构代码证", "组织机构代码证号"),
    en=(
        "?org code",
        "organization code",
        "organisation code",
        "orgcode no",
        "org code no",
        "organization code no",
    ),
    py=("zzjgdm", "jgdm"),
    match=both(kernel("org_code"), regex(r"^[0-9A-Z]{8}-[0-9X]$")),
    fits=kernel("org_code"),
    alone=0.5,
    strict=True,
    with_header=0.4,
    checked=True,
)
