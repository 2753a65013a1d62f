"""E-mail addresses."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._siphash import digest_of, digest_words, length_byte
from scanner.compiled._types import I64, BoolRows, Bools, ReadI32s, ReadU8s, U8s, U64s
from scanner.compiled._vectors import (
    WIDTH,
    WORDS,
    bytes_between,
    equal_words,
    highest,
    lower_case,
    lowest,
    word_at,
)
from scanner.compiled.cells._bytes import (
    AT,
    BLANK,
    BLOCK,
    DECIDED,
    FULL_WIDTH,
    HYPHEN,
    LOWER_X,
    NINE,
    PLUS,
    POINT,
    UNDERSCORE,
    ZERO,
    is_null,
)

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_MOST_WORDS = 4  # of a message that is hashed together with others
# What a byte may be in an e-mail address: bit 1 in the local part, bit 2 in the domain, bit 4 letter.
_LOCAL, _DOMAIN, _LETTER = 1, 2, 4
_REPEATED = tuple(b"abx10")
_SHORTEST, _LONGEST, _LONGEST_LOCAL = 6, 254, 64
_TOP_LEVEL = (2, 24)  # characters


@helper
def _without_at(data, start, end):
    """Return whether a cell holds no @ sign, not even a full-width one: it is no address then."""
    for at in range(start, end):
        if data[at] == AT or data[at] == FULL_WIDTH:
            return False
    return True


@helper
def _may_be_nobody(address, at, heads, thirds, tails):
    """Return whether the local part, followed by its @ sign, may be a placeholder or carry a label."""
    if address[0] == 110 and address[1] == 111 and address[2] == POINT:  # no.
        return True
    if at > 16 and address[0] != address[1]:
        return False
    group = heads[_i64(address[0]) << 8 | _i64(address[1])]
    return group > 0 and thirds[group, address[2]] and tails[group, address[at - 1]]


@inlined
def _may_be_nobodys(address, label, end, repeats, labels):
    """Return whether the first part of a domain, from ``label`` to ``end``, may be a placeholder's.

    ``repeats`` says whether all its characters are the same.
    """
    if repeats:
        for each in _REPEATED:
            if address[label] == each:
                return True
    signature = _u64(end - label) << _u64(24) | _u64(address[end - 1]) << _u64(16)
    signature |= _u64(address[label]) << _u64(8) | _u64(address[label + 1])
    found = _u64(0)
    for block in range(0, len(labels), WORDS):
        found |= equal_words(labels, block, signature)
    return found != 0


@helper
def _one(data, start, byte):
    return bytes_between(data, start, _u8(byte), _u8(byte))


@inlined
def _short(data, start, size, heads, thirds, tails, labels, address):
    """Copy an address of fewer bytes than a vector holds in lower case; return False for doubt."""
    whole = (_u64(1) << _u64(size)) - _u64(1)
    letters = lower_case(data, start, size, address)
    alike = letters | (bytes_between(data, start, _u8(ZERO), _u8(NINE)) & whole)
    hyphens, points = _one(data, start, HYPHEN) & whole, _one(data, start, POINT) & whole
    at = lowest(_one(data, start, AT) & whole)
    if at < 1 or at >= size:
        return False
    before = (_u64(1) << _u64(at)) - _u64(1)
    after = whole & ~before & ~(_u64(1) << _u64(at))
    local = alike | hyphens | points | _one(data, start, PLUS) | _one(data, start, UNDERSCORE)
    if address[0] == POINT or (before & ~local) | (after & ~(alike | hyphens | points)) != 0:
        return False
    crosses = _one(address, 0, LOWER_X) & whole
    if crosses & (crosses >> _u64(1)) & (crosses >> _u64(2)) != 0:  # may be a mask
        return False
    points &= after
    hyphens &= after
    starts = (points << _u64(1)) | (_u64(1) << _u64(at + 1))
    if points == 0 or (starts & (points | hyphens)) | ((hyphens << _u64(1)) & points) != 0:
        return False
    last = highest(points)
    top = size - 1 - last
    if top < _TOP_LEVEL[0] or top > _TOP_LEVEL[1] or (after >> _u64(last)) & ~(letters >> _u64(last)) != 1:
        return False
    if _may_be_nobody(address, at, heads, thirds, tails):
        return False
    label, end = at + 1, lowest(points)
    repeats = lowest(~(_one(address, 0, address[label]) >> _u64(label))) >= end - label
    return not _may_be_nobodys(address, label, end, repeats, labels)


@inlined
def _put_words(address, size, prefix, words, place):
    """Put the words of a short message, with zeros behind, where others stand; return how many they are."""
    for number in range(len(words)):
        words[number, place] = word_at(address, 8 * number)
    words[size >> 3, place] |= length_byte(prefix + size)
    return (size >> 3) + 1


@helper
def _copied_local(data, start, size, classes, out):
    """Copy the local part in lower case; return its length, 0 for doubt."""
    crosses = 0
    for place in range(size):
        byte = data[start + place]
        if byte == AT:
            out[place] = byte
            return place if out[0] != POINT else 0
        kind = classes[byte]
        if not kind & _LOCAL:
            return 0
        if kind & _LETTER:
            byte |= _u8(32)
        crosses = crosses + 1 if byte == LOWER_X else 0
        if crosses == 3:  # may be a mask
            return 0
        out[place] = byte
    return 0


@helper
def _repeats(address, start, end):
    same = True
    for place in range(start, end):
        same &= address[place] == address[start]
    return same


@helper
def _copied_domain(data, start, at, size, classes, labels, out):
    """Copy the domain in lower case; return False for doubt, also about a placeholder."""
    label = at + 1
    points = 0
    crosses = 0
    letters = True
    for place in range(at + 1, size):
        byte = data[start + place]
        kind = classes[byte]
        if kind & _LETTER:
            byte |= _u8(32)
        out[place] = byte
        crosses = crosses + 1 if byte == LOWER_X else 0
        if crosses == 3:
            return False
        if byte == POINT:
            if place == label or out[place - 1] == HYPHEN:
                return False
            repeats = _repeats(out, label, place)
            if points == 0 and _may_be_nobodys(out, label, place, repeats, labels):
                return False
            points += 1
            label = place + 1
            letters = True
            continue
        if not kind & _DOMAIN or (byte == HYPHEN and place == label):
            return False
        letters = letters and kind & _LETTER != 0
    last = size - label
    return points > 0 and letters and last >= _TOP_LEVEL[0] and last <= _TOP_LEVEL[1]


@helper
def _long(data, start, size, classes, heads, thirds, tails, labels, address):
    """Copy an address of any size in lower case; return False for doubt."""
    if size < _SHORTEST or size > _LONGEST:
        return False
    at = _copied_local(data, start, size, classes, address)
    if at < 1 or at > _LONGEST_LOCAL or _may_be_nobody(address, at, heads, thirds, tails):
        return False
    return _copied_domain(data, start, at, size, classes, labels, address)


@helper
def _trimmed(data, start, end):
    while start < end and data[start] <= BLANK:
        start += 1
    while end > start and data[end - 1] <= BLANK:
        end -= 1
    return start, end


@helper
def _held(validity, first, size, held):
    """Fill in the places of ``size`` cells that hold something; return how many do."""
    count = 0
    for place in range(size):
        held[count] = place
        count += not is_null(validity, first + place)
    return count


@helper
def _words_of(column, classes, nobody, state, prefix, begin, held, digests, asked, address, words, counts):
    """Fill in what cells say: the words of short addresses, one after another, digests of others, doubts."""
    offsets, data = column
    heads, thirds, tails, labels = nobody
    for place in range(len(held)):
        row = begin + held[place]
        counts[place] = 0
        start, end = _trimmed(data, _i64(offsets[row]), _i64(offsets[row + 1]))
        size = end - start
        if size >= _SHORTEST and size < WIDTH and start + WIDTH <= len(data):
            if _short(data, start, size, heads, thirds, tails, labels, address):
                counts[place] = _put_words(address, size, prefix, words, place)
                continue
        elif _long(data, start, size, classes, heads, thirds, tails, labels, address):
            digests[row] = digest_of(address, 0, size, state, prefix)
            continue
        asked[row] = not _without_at(data, start, end)


@compiled
def emails(
    offsets: ReadI32s,
    data: ReadU8s,
    validity: ReadU8s,
    first: I64,
    classes: U8s,
    heads: U8s,
    thirds: BoolRows,
    tails: BoolRows,
    labels: U64s,
    state: U64s,
    prefix: I64,
    digests: U64s,
    asked: Bools,
):
    """Fill in digests of e-mail addresses and which cells are in doubt.

    ``classes`` says what each byte may be. A placeholder may be what has the first two, third and last bytes
    of its local part in ``heads``, ``thirds`` and ``tails``, or the first part of its domain in ``labels``,
    of which there are as many as a vector holds, or twice, and so on.
    """
    address = np.zeros(264, np.uint8)
    words, counts = np.zeros((_MOST_WORDS, BLOCK), np.uint64), np.zeros(BLOCK, np.uint8)
    places, found = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.uint64)
    column, nobody = (offsets, data), (heads, thirds, tails, labels)
    asked[:] = DECIDED
    for begin in range(0, len(digests), BLOCK):
        size = min(BLOCK, len(digests) - begin)
        digests[begin : begin + size] = 0
        held = places[: _held(validity, first + begin, size, places)]
        _words_of(column, classes, nobody, state, prefix, begin, held, digests, asked, address, words, counts)
        digest_words(_MOST_WORDS, words, counts, len(held), state, found)
        for place in range(len(held)):
            row = begin + held[place]
            digests[row] = found[place] if counts[place] > 0 else digests[row]
