"""Digests of names: one for all ways in which a name is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.lexicon import alternation
from scanner.digests import U64, SubjectKey, digest
from scanner.identifiers.arrays import Mask, Text, kept_where, matches, valid
from scanner.identifiers.split_names import names_in, written_names

HAN_NAME = r"^(\p{Han}{2,4}|\p{Han}{1,10}(·\p{Han}{1,10}){1,3})$"
LATIN_NAME = r"^\p{Latin}[\p{Latin}\p{M} .,'’-]{1,60}$"
EMPTY_NAME = (
    r"^(无名氏?|未知|不详|匿名.*|没有|暂无|未填写?|先生|女士|同学|客户|用户|本人"
    r"|n/?a|none|null|unknown|anonymous)$"
)
TEST_NAME = r"^(测试.*|.*测试|test[ _-]?(er|user|account|name)?[ _-]?\d*|demo[ _-]?\d*)$"
# A Latin name without a Chinese surname among its words is not another spelling of a Chinese name.
_WITH_CHINESE_SURNAME = rf"(^|[ -])({alternation('romanised_surnames')})($|[ -])"


def name_digests(batch: pa.RecordBatch, columns: Sequence[str], key: SubjectKey) -> tuple[U64, Mask]:
    """Return digests of names, and the rows whose name says that they are a test, about nobody.

    Bit 0 of a digest tells what may be a Chinese name in Latin letters, which contradicts none in characters.
    Without columns, both are to be read only: they take no memory.
    """
    if not columns:
        return np.broadcast_to(np.uint64(0), batch.num_rows), np.broadcast_to(np.False_, batch.num_rows)
    out = np.zeros(batch.num_rows, np.uint64)
    test = np.zeros(batch.num_rows, np.bool_)
    for parts in written_names(tuple(columns)):
        encoded = names_in(batch, parts).dictionary_encode()
        names = cast("Text", encoded.dictionary)
        place = np.asarray(encoded.indices.fill_null(len(names)))
        digests = np.append(_digests_of(names, key), np.uint64(0))[place]
        test |= np.append(matches(names, TEST_NAME), False)[place]
        better = (out == 0) | ((out & np.uint64(1)) > (digests & np.uint64(1)))
        np.copyto(out, digests, where=(digests != 0) & better)
    return out, test


def are_names(values: Text) -> Mask:
    """Return which cells are names, as far as form tells."""
    plausible = _plausible_name(values)
    return valid(_han_names(plausible)) | valid(kept_where(matches(plausible, LATIN_NAME), plausible))


def _digests_of(names: Text, key: SubjectKey) -> U64:
    out = np.zeros(len(names), np.uint64)
    plausible = _plausible_name(names)
    latin = _latin_names(plausible)
    romanised = matches(latin, _WITH_CHINESE_SURNAME).astype(np.uint64)
    for values, bit in ((_han_names(plausible), np.zeros_like(out)), (latin, romanised)):
        digests = digest("person_name", values, key)
        tagged = (digests & ~np.uint64(1)) | bit
        out[digests != 0] = np.maximum(tagged, np.uint64(2))[digests != 0]
    return out


def _plausible_name(values: Text) -> Text:
    return kept_where(~matches(values, EMPTY_NAME), values)


def _han_names(values: Text) -> Text:
    dotted = pc.replace_substring_regex(values, r"[•・‧∙]", "·")
    compact = pc.replace_substring_regex(dotted, r"\s+", "")
    return kept_where(matches(compact, HAN_NAME) & ~matches(compact, "某"), compact)


def _latin_names(values: Text) -> Text:
    """Return Latin names in lower case with their words sorted: family name first or last is one name."""
    latin = kept_where(matches(values, LATIN_NAME), values)
    if latin.null_count == len(latin):
        return latin
    words = pc.replace_substring_regex(pc.utf8_lower(latin), r"[ .,]+", " ")
    lists = pc.split_pattern(pc.utf8_trim_whitespace(words), " ")
    flat = pa.table({"row": pc.list_parent_indices(lists), "word": pc.list_flatten(lists)})
    ordered = flat.sort_by([("row", "ascending"), ("word", "ascending")])["word"].combine_chunks()
    counts = np.asarray(pc.list_value_length(lists).fill_null(0))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, ordered), " ")
    return kept_where(valid(latin), cast("Text", joined))
