"""Nationality as a country name or code."""

from classifiers._cell_tests import one_of_lexicon
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="nationality",
    zh=("国籍", "国家", "国家/地区", "国家地区", "国籍名称", "国籍地区"),
    en=("nationality", "?country", "citizenship", "country of citizenship", "nationality code"),
    py=("gj", "guoji", "gjdq"),
    fits=one_of_lexicon("countries"),
    strict=True,
    with_header=0.5,
)
