"""Mobile numbers."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._siphash import digest_words, length_byte
from scanner.compiled._types import I64, Bools, ReadI32s, ReadU8s, U64Rows, U64s
from scanner.compiled._vectors import WIDTH, bytes_between, word_at
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
    half_width,
    is_null,
    without_digit,
)

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_MOST_WORDS = 2  # of a message that is hashed together with others
_LENGTH = 11
_NONE = _u64(0)
_ONES = _u64(0x0001010101010101)  # a byte each
_SIGN = 31  # place of the room where a leading plus sign is noted


@inlined
def _next_digits(digits):
    """Return the digit after each of seven, a byte each: after 9 comes 0."""
    after = digits + _ONES
    tens = ((after + _u64(6) * _ONES) >> _u64(4)) & _ONES
    return after - tens * _u64(10)


@inlined
def _is_run(word):
    """Return whether eight digits repeat, rise or fall by one, 9 and 0 being neighbours."""
    first = word & (_u64(15) * _ONES)
    last = (word >> _u64(8)) & (_u64(15) * _ONES)
    return (first == last) | (_next_digits(first) == last) | (_next_digits(last) == first)


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


@helper
def _known_segment(head, segments):
    """Return whether three digits of a word begin a mobile number."""
    area = _i64(head & _u64(15)) * 100 + _i64((head >> _u64(8)) & _u64(15)) * 10
    return segments[area + _i64((head >> _u64(16)) & _u64(15))]


@helper
def _bare_words(column, segments, block, words, others):
    """Fill in the first and the last eight digits of cells that are eleven; 0 for the last of other cells.

    Returns how many of those hold something, whose places are filled in. What cells are like cannot be
    foretold, so branches are few.
    """
    offsets, data, validity, first = column
    begin, size = block
    digits = (_u64(1) << _u64(_LENGTH)) - _u64(1)
    count = 0
    for place in range(size):
        row = begin + place
        start, end = _i64(offsets[row]), _i64(offsets[row + 1])
        held = not is_null(validity, first + row)
        bare = held & (end - start == _LENGTH)
        words[1, place] = _NONE
        if start + WIDTH <= len(data):
            bare &= ~bytes_between(data, start, _u8(ZERO), _u8(NINE)) & digits == _NONE
            words[0, place] = head = word_at(data, start)
            mobile = _known_segment(head * _u64(bare), segments)
            words[1, place] = word_at(data, start + 3) * _u64(mobile)
        else:
            bare = False
        others[count] = place
        count += held & (not bare)
    return count


@helper
def _other_words(column, segments, begin, others, asked, words, number):
    """Fill in the digits of cells that are written in another way, and which of them are in doubt."""
    offsets, data, _, _ = column
    for place in others:
        row = begin + place
        at, asked[row] = _number_in(data, _i64(offsets[row]), _i64(offsets[row + 1]), number)
        if at >= 0 and _known_segment(word_at(number, at), segments):
            words[0, place], words[1, place] = word_at(number, at), word_at(number, at + 3)


@helper
def _judge(words, length, nobodys, size, counts):
    """Fill in how many words numbers have, 0 for nobody's; make of digits the words that are hashed."""
    for number in nobodys:
        for place in range(size):
            alike = (words[0, place] == number[0]) & (words[1, place] == number[1])
            words[1, place] = _NONE if alike else words[1, place]
    for place in range(size):  # eleven digits that repeat, rise or fall do so in the last eight
        tail = words[1, place]
        tail = _NONE if _is_run(tail) else tail
        words[1, place] = tail >> _u64(40) | length if tail != _NONE else _NONE
    for place in range(size):
        counts[place] = 2 if words[1, place] != _NONE else 0


@compiled
def mobiles(
    offsets: ReadI32s,
    data: ReadU8s,
    validity: ReadU8s,
    first: I64,
    segments: Bools,
    nobodys: U64Rows,
    state: U64s,
    prefix: I64,
    digests: U64s,
    asked: Bools,
):
    """Fill in digests of mobile numbers and which cells are in doubt; ``nobodys`` are known placeholders."""
    number = np.zeros(WIDTH, np.uint8)
    words, counts = np.zeros((_MOST_WORDS, BLOCK), np.uint64), np.zeros(BLOCK, np.uint8)
    others = np.zeros(BLOCK, np.int64)
    column, length = (offsets, data, validity, first), length_byte(prefix + _LENGTH)
    asked[:] = DECIDED
    for begin in range(0, len(digests), BLOCK):
        size = min(BLOCK, len(digests) - begin)
        count = _bare_words(column, segments, (begin, size), words, others)
        _other_words(column, segments, begin, others[:count], asked, words, number)
        _judge(words, length, nobodys, size, counts)
        digest_words(_MOST_WORDS, words, counts, size, state, digests[begin : begin + size])
