"""Resident ID numbers."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper, inlined
from scanner.compiled._siphash import digest_words, length_byte
from scanner.compiled._types import I64, Bools, I32s, ReadI32s, ReadU8s, U64s
from scanner.compiled._vectors import WIDTH, bytes_between, word_at
from scanner.compiled.cells._bytes import (
    BLANK,
    BLOCK,
    DECIDED,
    HYPHEN,
    LOWER_X,
    NINE,
    ZERO,
    X,
    half_width,
    is_null,
    without_digit,
)

_u8, _u64, _i32, _i64 = np.uint8, np.uint64, np.int32, np.int64
_MOST_WORDS = 3  # of a message that is hashed together with others
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18
_EIGHT = ord("8")
_NONE = _u64(0)
_ELEVENTH = _u64(5958)  # of 65,536; right for what seventeen digits add up to


def _lanes(*weights: int) -> np.uint64:
    """Return four weights in 16 bits each, the last first: what multiplies digits that lie as far apart."""
    return _u64(sum(weight << 16 * place for place, weight in enumerate(reversed(weights))))


_EVEN = (_lanes(*_WEIGHTS[0:8:2]), _lanes(*_WEIGHTS[8:16:2]))
_ODD = (_lanes(*_WEIGHTS[1:8:2]), _lanes(*_WEIGHTS[9:16:2]))


@inlined
def _two_digits(word, place):
    """Return the number that two digits of a word stand for."""
    digits = word >> _u64(8 * place)
    return (digits & _u64(15)) * _u64(10) + ((digits >> _u64(8)) & _u64(15))


@inlined
def _birth_date(head, middle):
    """Return the date as yyyymmdd, and whether there is such a day."""
    century, year = _two_digits(head, 6), _two_digits(middle, 0)
    month, day = _two_digits(middle, 2), _two_digits(middle, 4)
    leap = (year & _u64(3) == _NONE) & ((year != _NONE) | (century & _u64(3) == _NONE))
    february = _u64(29) if leap else _u64(28)
    days = february if month == _u64(2) else _u64(30) + ((month + (month >> _u64(3))) & _u64(1))
    year += century * _u64(100)
    real = (year >= _u64(1850)) & (year <= _u64(2100)) & (month >= _u64(1)) & (month <= _u64(12))
    real &= (day >= _u64(1)) & (day <= days)
    return (year * _u64(100) + month) * _u64(100) + day, real


@inlined
def _weighed(word, even, odd):
    """Return the sum of eight digits times their weights."""
    lanes = _u64(0x000F000F000F000F)
    return (((word & lanes) * even) >> _u64(48)) + ((((word >> _u64(8)) & lanes) * odd) >> _u64(48))


@inlined
def _check_character(head, middle, last):
    """Return the check character after 17 digits: two words and the last digit."""
    total = _weighed(head, _EVEN[0], _ODD[0]) + _weighed(middle, _EVEN[1], _ODD[1])
    total += (last & _u64(15)) * _u64(_WEIGHTS[16])
    rest = total - ((total * _ELEVENTH) >> _u64(16)) * _u64(11)
    check = _u64(12) - rest if rest > _u64(1) else _u64(1) - rest
    return _u64(X) if check == _u64(10) else check + _u64(ZERO)


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
    number[17] = _check_character(word_at(number, 0), word_at(number, 8), _u64(number[16]))


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
def _bare_words(column, length, block, words, others):
    """Fill in the words of cells that are 17 digits and a digit or X; 0 as the last one for other cells.

    Returns how many of those hold something, whose places are filled in. What cells are like cannot be
    foretold, so branches are few.
    """
    offsets, data, validity, first = column
    begin, size = block
    digits = (_u64(1) << _u64(_LENGTH - 1)) - _u64(1)
    count = 0
    for place in range(size):
        row = begin + place
        start, end = _i64(offsets[row]), _i64(offsets[row + 1])
        held = not is_null(validity, first + row)
        bare = held & (end - start == _LENGTH)
        words[2, place] = _NONE
        if start + WIDTH <= len(data):
            strange = ~bytes_between(data, start, _u8(ZERO), _u8(NINE))
            ending = word_at(data, start + 10) >> _u64(48)
            check = ending >> _u64(8)
            check = _u64(X) if check == _u64(LOWER_X) else check
            last_is_digit = (strange >> _u64(_LENGTH - 1)) & _u64(1) == _NONE
            bare &= (strange & digits == _NONE) & (last_is_digit | (check == _u64(X)))
            words[0, place], words[1, place] = word_at(data, start), word_at(data, start + 8)
            ending = ending & _u64(0xFF) | check << _u64(8) | length
            words[2, place] = ending if bare else _NONE
        else:
            bare = False
        others[count] = place
        count += held & (not bare)
    return count


@helper
def _other_words(column, length, begin, others, asked, words, number):
    """Fill in the words of cells that are written in another way, and which of them are in doubt."""
    offsets, data, _, _ = column
    for place in others:
        row = begin + place
        found, asked[row] = _number_in(data, _i64(offsets[row]), _i64(offsets[row + 1]), number)
        if found:
            words[0, place], words[1, place] = word_at(number, 0), word_at(number, 8)
            words[2, place] = _u64(number[16]) | _u64(number[17]) << _u64(8) | length


@helper
def _judge(words, provinces, births):
    """Fill in birth dates as yyyymmdd, 0 where words are no valid number.

    There are no branches, so that several are looked at at once.
    """
    low, high = provinces
    for place in range(len(births)):
        head, middle, ending = words[0, place], words[1, place], words[2, place]
        born, right = _birth_date(head, middle)
        right &= _check_character(head, middle, ending) == (ending >> _u64(8)) & _u64(0xFF)
        division = _two_digits(head, 0)
        known = low if division < _u64(64) else high
        right &= (known >> (division & _u64(63))) & _u64(1) != _NONE
        births[place] = _i32(born) if right else _i32(0)


@compiled
def resident_ids(
    offsets: ReadI32s,
    data: ReadU8s,
    validity: ReadU8s,
    first: I64,
    provinces: U64s,
    state: U64s,
    prefix: I64,
    digests: U64s,
    births: I32s,
    asked: Bools,
):
    """Fill in digests of resident ID numbers, birth dates as yyyymmdd, and which cells are in doubt.

    Cells that begin with 8 may be residence permits of people from Hong Kong, Macao or Taiwan.
    """
    number = np.zeros(WIDTH, np.uint8)
    words, counts = np.zeros((_MOST_WORDS, BLOCK), np.uint64), np.zeros(BLOCK, np.uint8)
    others = np.zeros(BLOCK, np.int64)
    column, length = (offsets, data, validity, first), length_byte(prefix + _LENGTH)
    bits = provinces[0], provinces[1]
    asked[:] = DECIDED
    for begin in range(0, len(digests), BLOCK):
        size = min(BLOCK, len(digests) - begin)
        born, doubts = births[begin : begin + size], asked[begin : begin + size]
        count = _bare_words(column, length, (begin, size), words, others)
        _other_words(column, length, begin, others[:count], asked, words, number)
        _judge(words, bits, born)
        for place in range(size):
            counts[place] = 3 if born[place] > 0 else 0
        for place in range(size):
            permit = (words[0, place] & _u64(0xFF) == _u64(_EIGHT)) & (words[2, place] != _NONE)
            doubts[place] |= permit & (born[place] == 0)
        digest_words(_MOST_WORDS, words, counts, size, state, digests[begin : begin + size])
