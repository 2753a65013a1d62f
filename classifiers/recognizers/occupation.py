"""Occupation, post or professional title."""

from classifiers import lexicon
from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer

_TITLE = rf"(?:{lexicon.alternation('occupations')})"

RECOGNIZER = Recognizer(
    type="occupation",
    zh=("职业", "职务", "职称", "职位", "岗位", "工种", "从事职业", "担任职务", "工作经历"),
    en=(
        "occupation",
        "job title",
        "position title",
        "?job",
        "profession",
        "?position",
        "positional titles",
        "career",
        "duty",
        "work experience",
        "post title",
    ),
    py=("zy", "zw", "zhiye", "zhiwu", "zc", "gw"),
    fits=either(regex(_TITLE), regex(r"^\p{Han}{2,8}(?:员|师|长|工|家|人)$")),
    with_header=0.3,
)
