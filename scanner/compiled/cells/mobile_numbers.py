"""Mobile numbers."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._siphash import digest_words, length_byte, word_of
from scanner.compiled._vectors import WIDTH, word_at
from scanner.compiled.cells._bytes import (
    BLANK,
    BLOCK,
    CLOSE,
    DECIDED,
    HYPHEN,
    NINE,
    OPEN,
    PLUS,
    ZERO,
    are_digits,
    half_width,
    is_null,
    number_of,
    without_digit,
)

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_LENGTH = 11
_SIGN = 31  # place of the room where a leading plus sign is noted


@inlined
def _is_run(word, first, count):
    """Return whether the digits of a word repeat, rise or fall by one, 9 and 0 being neighbours."""
    same = True
    rising = True
    falling = True
    before = first
    for place in range(count):
        digit = _i64((word >> _u64(8 * place)) & _u64(15))
        step = digit - before
        same = same and step == 0
        rising = rising and (step == 1 or step == -9)
        falling = falling and (step == -1 or step == 9)
        before = digit
    return same or rising or falling


@helper
def _compact(data, start, end, out):
    """Copy digits without separators; return their number, 16 for too many, -1 for doubt."""
    size = 0
    at = start - 1
    while at + 1 < end:
        at += 1
        byte = data[at]
        if byte >= 0x80:
            byte = half_width(data, at, end)
            at += 2
        if byte <= BLANK or byte == HYPHEN or byte == OPEN or byte == CLOSE:
            continue
        if byte == PLUS and size == 0 and out[_SIGN] == 0:
            out[_SIGN] = 1
            continue
        if byte < ZERO or byte > NINE:
            return -1
        if size < 15:
            out[size] = byte
        size = min(size + 1, 16)
    return size


@helper
def _number_in(data, start, end, number):
    """Return where in ``number`` eleven digits begin, -1 for none, and whether to ask."""
    number[_SIGN] = 0
    size = _compact(data, start, end, number)
    if size < 0:
        return -1, not without_digit(data, start, end)
    begin = 0
    plus = number[_SIGN] == 1
    if size == 15 and not plus and number[0] == ZERO and number[1] == ZERO:
        begin = 2
    if size - begin == 13 and number[begin] == 56 and number[begin + 1] == 54:
        begin += 2
    if size - begin != _LENGTH or (plus and begin == 0):
        return -1, DECIDED
    return begin, DECIDED


@inlined
def _is_mobile(head, tail, segments, nobody):
    """Return whether eleven digits, the first eight and the last eight of them, are a mobile number."""
    area = _i64(head & _u64(15)) * 100 + _i64((head >> _u64(8)) & _u64(15)) * 10
    area += _i64((head >> _u64(16)) & _u64(15))
    if not segments[area]:
        return False
    first = _i64(tail & _u64(15))
    if _is_run(tail >> _u64(8), first, 2) and _is_run(tail >> _u64(8), first, 7):
        return False  # so do eleven, if they repeat, rise or fall
    value = area * 100_000_000 + number_of(tail)
    known = False
    for each in nobody:
        known = known or each == value
    return not known


@helper
def _words_of(column, segments, nobody, length, block, asked, number, words, counts):
    """Fill in what a block of cells says: the words of the numbers, and where to ask."""
    offsets, data, validity, first = column
    begin, size = block
    for place in range(size):
        row = begin + place
        counts[place] = 0
        asked[row] = DECIDED
        if is_null(validity, first + row):
            continue
        start, end = _i64(offsets[row]), _i64(offsets[row + 1])
        if end - start == _LENGTH and start + WIDTH <= len(data) and are_digits(data, start, _LENGTH):
            head, tail = word_at(data, start), word_at(data, start + 3)
        else:
            at, asked[row] = _number_in(data, start, end, number)
            if at < 0:
                continue
            head, tail = word_of(number, at, 8), word_of(number, at + 3, 8)
        if _is_mobile(head, tail, segments, nobody):
            counts[place] = 2
            words[0, place] = head
            words[1, place] = tail >> _u64(40) | length


@compiled
def mobiles(offsets, data, validity, first, segments, nobody, state, prefix, digests, asked):
    """Fill in digests of mobile numbers and which cells are in doubt; ``nobody`` are known placeholders."""
    number = np.zeros(32, np.uint8)
    words, counts = np.zeros((2, BLOCK), np.uint64), np.zeros(BLOCK, np.uint8)
    column, length = (offsets, data, validity, first), length_byte(prefix + _LENGTH)
    for begin in range(0, len(digests), BLOCK):
        size = min(BLOCK, len(digests) - begin)
        _words_of(column, segments, nobody, length, (begin, size), asked, number, words, counts)
        digest_words(words, counts, size, state, digests[begin : begin + size])
