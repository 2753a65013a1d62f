"""Resident ID numbers."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._siphash import digest_words, length_byte, word_of
from scanner.compiled._vectors import WIDTH, word_at
from scanner.compiled.cells._bytes import (
    ASK,
    BLANK,
    BLOCK,
    DECIDED,
    HYPHEN,
    LOWER_X,
    NINE,
    ZERO,
    X,
    are_digits,
    half_width,
    is_null,
    number_of,
    without_digit,
)

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = tuple(b"10X98765432")
_MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LENGTH = 18
_EIGHT = ord("8")


def _lanes(*weights: int) -> np.uint64:
    """Return four weights in 16 bits each, the last first: what multiplies digits that lie as far apart."""
    return _u64(sum(weight << 16 * place for place, weight in enumerate(reversed(weights))))


_EVEN = (_lanes(*_WEIGHTS[0:8:2]), _lanes(*_WEIGHTS[8:16:2]))
_ODD = (_lanes(*_WEIGHTS[1:8:2]), _lanes(*_WEIGHTS[9:16:2]))


@inlined
def _is_date(year, month, day):
    if year < 1850 or year > 2100 or month < 1 or month > 12 or day < 1 or day > _MONTH_DAYS[month]:
        return False
    return month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


@inlined
def _weighed(word, even, odd):
    """Return the sum of eight digits times their weights."""
    lanes = _u64(0x000F000F000F000F)
    return _i64((((word & lanes) * even) >> _u64(48)) + ((((word >> _u64(8)) & lanes) * odd) >> _u64(48)))


@inlined
def _check_character(head, middle, last):
    """Return the check character after 17 digits: two words and the last digit."""
    total = _weighed(head, _EVEN[0], _ODD[0]) + _weighed(middle, _EVEN[1], _ODD[1])
    return _CHECK[(total + (_i64(last) - ZERO) * _WEIGHTS[16]) % 11]


@inlined
def _born(head, middle, last, check, provinces):
    """Return the birth date as yyyymmdd if so many characters are a valid number, else 0."""
    if check != _check_character(head, middle, last):
        return 0
    born = number_of(head >> _u64(48) | middle << _u64(16))
    division = (_i64(head & _u64(15))) * 10 + _i64((head >> _u64(8)) & _u64(15))
    if not provinces[division] or not _is_date(born // 10_000, born // 100 % 100, born % 100):
        return 0
    return born


@helper
def _compact(data, start, end, out):
    """Copy digits and a final X without separators; return their number, 19 for too many, -1 for doubt."""
    size = 0
    ended = False
    at = start - 1
    while at + 1 < end:
        at += 1
        byte = data[at]
        if byte >= 0x80:
            byte = half_width(data, at, end)
            at += 2
        if byte <= BLANK or byte == HYPHEN:
            continue
        if ended:
            return -1
        if byte == LOWER_X or byte == X:
            byte = _u8(X)
            ended = True
        elif byte < ZERO or byte > NINE:
            return -1
        if size < _LENGTH:
            out[size] = byte
        size = min(size + 1, _LENGTH + 1)
    if ended and size != _LENGTH and size != 15:
        return -1
    return size


@helper
def _with_century(number):
    """Make 18 characters of the 15 of an old number, in place; an X at its end stays an X at the end."""
    for place in range(14, 5, -1):
        number[place + 2] = number[place]
    number[6] = 49
    number[7] = 57
    number[17] = _check_character(word_of(number, 0, 8), word_of(number, 8, 8), number[16])


@inlined
def _is_bare(data, start, end):
    """Return whether a cell is 17 digits and a digit or X, and can be looked at in words."""
    if end - start != _LENGTH or start + WIDTH > len(data) or not are_digits(data, start, 17):
        return False
    last = data[start + 17]
    return (last >= ZERO and last <= NINE) or last == X or last == LOWER_X


@helper
def _number_in(data, start, end, number):
    """Copy what may be a number of 18 characters; return whether it is one, and whether to ask."""
    size = _compact(data, start, end, number)
    if size < 0:
        return False, not without_digit(data, start, end)
    if size == 15 and number[14] != X:
        _with_century(number)
        return True, DECIDED
    return size == _LENGTH and number[16] != X, DECIDED


@helper
def _words_of(column, provinces, length, block, births, asked, number, words, counts):
    """Fill in what a block of cells says: the words of the numbers, birth dates, and where to ask."""
    offsets, data, validity, first = column
    begin, size = block
    for place in range(size):
        row = begin + place
        counts[place] = births[row] = 0
        asked[row] = DECIDED
        if is_null(validity, first + row):
            continue
        start, end = _i64(offsets[row]), _i64(offsets[row + 1])
        if _is_bare(data, start, end):
            head, middle = word_at(data, start), word_at(data, start + 8)
            last, check = data[start + 16], data[start + 17]
            check = _u8(X) if check == LOWER_X else check
        else:
            found, asked[row] = _number_in(data, start, end, number)
            if not found:
                continue
            head, middle = word_of(number, 0, 8), word_of(number, 8, 8)
            last, check = number[16], number[17]
        born = _born(head, middle, last, check, provinces)
        if born > 0:
            births[row] = born
            counts[place] = 3
            words[0, place] = head
            words[1, place] = middle
            words[2, place] = _u64(last) | _u64(check) << _u64(8) | length
        elif (head & _u64(0xFF)) == _EIGHT:  # may be the residence permit of people from Hong Kong ...
            asked[row] = ASK


@compiled
def resident_ids(offsets, data, validity, first, provinces, state, prefix, digests, births, asked):
    """Fill in digests of resident ID numbers, birth dates as yyyymmdd, and which cells are in doubt."""
    number = np.zeros(24, np.uint8)
    words, counts = np.zeros((3, BLOCK), np.uint64), np.zeros(BLOCK, np.uint8)
    column, length = (offsets, data, validity, first), length_byte(prefix + _LENGTH)
    for begin in range(0, len(digests), BLOCK):
        size = min(BLOCK, len(digests) - begin)
        _words_of(column, provinces, length, (begin, size), births, asked, number, words, counts)
        digest_words(words, counts, size, state, digests[begin : begin + size])
