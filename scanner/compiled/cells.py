"""From the bytes of a text column straight to digests, for the kinds that large tables are full of.

Each kernel decides the cells whose bytes leave no doubt and asks for the others (``ASK``), which then
go through ``classifiers.kernels``: labels, brackets, full-width digits, masks, anything unusual. So the rules
have one home, and this file only knows their plain cases.

A column is given as offsets (cells + 1), data, validity bits (empty when no cell is null) and the bit of
the first cell. ``state`` and ``prefix`` come from ``scanner.digests.keyed_state``.
"""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import compiled, helper
from scanner.compiled._siphash import digest_of

DECIDED, ASK = False, True

_u8, _u64, _i64 = np.uint8, np.uint64, np.int64
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = tuple(b"10X98765432")
_MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ZERO, _NINE, _X, _LOWER_X, _BLANK, _HYPHEN, _PLUS = 48, 57, 88, 120, 32, 45, 43
_OPEN, _CLOSE, _POINT, _AT, _UNDERSCORE = 40, 41, 46, 64, 95


@helper
def _is_null(validity, bit):
    return len(validity) > 0 and not (validity[bit >> 3] >> (bit & 7)) & 1


@helper
def _number(digits, start, count):
    value = _i64(0)
    for place in range(count):
        value = value * 10 + (_i64(digits[start + place]) - _ZERO)
    return value


@helper
def _is_date(year, month, day):
    if year < 1850 or year > 2100 or month < 1 or month > 12 or day < 1 or day > _MONTH_DAYS[month]:
        return False
    return month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


@helper
def _check_character(digits):
    total = _i64(0)
    for place in range(17):
        total += (_i64(digits[place]) - _ZERO) * _WEIGHTS[place]
    return _CHECK[total % 11]


@helper
def _half_width(data, at, end):
    """Return the ASCII character that a full-width one of three bytes stands for; 255 for any other."""
    if data[at] != 0xEF or at + 2 >= end:
        return _u8(255)
    if data[at + 1] == 0xBC and data[at + 2] > 0x80:
        return _u8(data[at + 2] - 0x60)
    if data[at + 1] == 0xBD and data[at + 2] < 0x9F:
        return _u8(data[at + 2] - 0x20)
    return _u8(255)


@helper
def _without_digit(data, start, end):
    """Return whether a cell holds no digit, not even a full-width one: it is no number then."""
    for at in range(start, end):
        if (data[at] >= _ZERO and data[at] <= _NINE) or data[at] == 0xEF:
            return False
    return True


@helper
def _compact_id(data, start, end, out):
    """Copy digits and a final X without separators; return their number, 19 for too many, -1 for doubt."""
    size = 0
    ended = False
    at = start - 1
    while at + 1 < end:
        at += 1
        byte = data[at]
        if byte >= 0x80:
            byte = _half_width(data, at, end)
            at += 2
        if byte <= _BLANK or byte == _HYPHEN:
            continue
        if ended:
            return -1
        if byte == _LOWER_X or byte == _X:
            byte = _u8(_X)
            ended = True
        elif byte < _ZERO or byte > _NINE:
            return -1
        if size < 18:
            out[size] = byte
        size = min(size + 1, 19)
    if ended and size != 18 and size != 15:
        return -1
    return size


@compiled
def resident_ids(offsets, data, validity, first, provinces, state, prefix, digests, births, asked):
    """Fill in digests of resident ID numbers, birth dates as yyyymmdd, and which cells are in doubt."""
    number = np.zeros(24, np.uint8)
    for row in range(len(offsets) - 1):
        digests[row] = 0
        births[row] = 0
        asked[row] = DECIDED
        if _is_null(validity, first + row):
            continue
        size = _compact_id(data, offsets[row], offsets[row + 1], number)
        if size < 0:
            asked[row] = not _without_digit(data, offsets[row], offsets[row + 1])
            continue
        if size == 15:
            if number[14] == _X:
                continue
            for place in range(14, 5, -1):
                number[place + 2] = number[place]
            number[6] = 49
            number[7] = 57
            number[17] = _check_character(number)
        elif size != 18:
            continue
        born = _number(number, 6, 8)
        valid = number[16] != _X and number[17] == _check_character(number)
        valid = (
            valid
            and provinces[_number(number, 0, 2)]
            and _is_date(born // 10000, born // 100 % 100, born % 100)
        )
        if valid:
            digests[row] = digest_of(number, 0, 18, state, prefix)
            births[row] = born
        elif number[0] == 56:  # may be the residence permit of people from Hong Kong, Macao and Taiwan
            asked[row] = ASK


@helper
def _is_run(digits, start, count):
    """Return whether digits repeat, rise or fall by one, 9 and 0 being neighbours."""
    same = True
    rising = True
    falling = True
    for place in range(start + 1, start + count):
        step = _i64(digits[place]) - _i64(digits[place - 1])
        same = same and step == 0
        rising = rising and (step == 1 or step == -9)
        falling = falling and (step == -1 or step == 9)
    return same or rising or falling


@helper
def _compact_phone(data, start, end, out):
    """Copy digits without separators; return their number, 16 for too many, -1 for doubt."""
    size = 0
    at = start - 1
    while at + 1 < end:
        at += 1
        byte = data[at]
        if byte >= 0x80:
            byte = _half_width(data, at, end)
            at += 2
        if byte <= _BLANK or byte == _HYPHEN or byte == _OPEN or byte == _CLOSE:
            continue
        if byte == _PLUS and size == 0 and out[31] == 0:
            out[31] = 1
            continue
        if byte < _ZERO or byte > _NINE:
            return -1
        if size < 15:
            out[size] = byte
        size = min(size + 1, 16)
    return size


@compiled
def mobiles(offsets, data, validity, first, segments, nobody, state, prefix, digests, asked):
    """Fill in digests of mobile numbers and which cells are in doubt; ``nobody`` are known placeholders."""
    number = np.zeros(32, np.uint8)
    for row in range(len(offsets) - 1):
        digests[row] = 0
        asked[row] = DECIDED
        if _is_null(validity, first + row):
            continue
        number[31] = 0
        size = _compact_phone(data, offsets[row], offsets[row + 1], number)
        if size < 0:
            asked[row] = not _without_digit(data, offsets[row], offsets[row + 1])
            continue
        plus = number[31] == 1
        start = 0
        if size == 15 and not plus and number[0] == _ZERO and number[1] == _ZERO:
            start = 2
        if size - start == 13 and number[start] == 56 and number[start + 1] == 54:
            start += 2
        if size - start != 11 or (plus and start == 0) or number[start] != 49:
            continue
        if (
            not segments[_number(number, start, 3)]
            or _is_run(number, start + 3, 8)
            or _is_run(number, start, 11)
        ):
            continue
        value = _number(number, start, 11)
        known = False
        for each in nobody:
            known = known or each == value
        if not known:
            digests[row] = digest_of(number, start, 11, state, prefix)


# What a byte may be in an e-mail address: bit 1 in the local part, bit 2 in the domain, bit 4 letter.
_LOCAL, _DOMAIN, _LETTER = 1, 2, 4
_REPEATED = tuple(b"abx10")


@compiled
def emails(
    offsets, data, validity, first, classes, heads, thirds, tails, labels, state, prefix, digests, asked
):
    """Fill in digests of e-mail addresses and which cells are in doubt.

    ``classes`` says what each byte may be. A placeholder may be what has the first two, third and last bytes
    of its local part in ``heads``, ``thirds`` and ``tails``, or the first part of its domain in ``labels``.
    """
    address = np.zeros(264, np.uint8)
    for row in range(len(offsets) - 1):
        digests[row] = 0
        asked[row] = DECIDED
        if _is_null(validity, first + row):
            continue
        start = offsets[row]
        end = offsets[row + 1]
        while start < end and data[start] <= _BLANK:
            start += 1
        while end > start and data[end - 1] <= _BLANK:
            end -= 1
        size = end - start
        if _without_at(data, start, end):
            continue
        asked[row] = ASK
        if size < 6 or size > 254:
            continue
        at = _copied_local(data, start, size, classes, address)
        if at < 1 or at > 64 or _may_be_nobody(address, at, heads, thirds, tails):
            continue
        if not _copied_domain(data, start, at, size, classes, labels, address):
            continue
        asked[row] = DECIDED
        digests[row] = digest_of(address, 0, size, state, prefix)


@helper
def _without_at(data, start, end):
    """Return whether a cell holds no @ sign, not even a full-width one: it is no address then."""
    for at in range(start, end):
        if data[at] == _AT or data[at] == 0xEF:
            return False
    return True


@helper
def _copied_local(data, start, size, classes, out):
    """Copy the local part in lower case; return its length, 0 for doubt."""
    crosses = 0
    for place in range(size):
        byte = data[start + place]
        if byte == _AT:
            out[place] = byte
            return place if out[0] != _POINT else 0
        kind = classes[byte]
        if not kind & _LOCAL:
            return 0
        if kind & _LETTER:
            byte |= _u8(32)
        crosses = crosses + 1 if byte == _LOWER_X else 0
        if crosses == 3:  # may be a mask
            return 0
        out[place] = byte
    return 0


@helper
def _may_be_nobody(address, at, heads, thirds, tails):
    """Return whether the local part, followed by its @ sign, may be a placeholder or carry a label."""
    if address[0] == 110 and address[1] == 111 and address[2] == _POINT:  # no.
        return True
    if at > 16 and address[0] != address[1]:
        return False
    group = heads[_i64(address[0]) << 8 | _i64(address[1])]
    return group > 0 and thirds[group, address[2]] and tails[group, address[at - 1]]


@helper
def _copied_domain(data, start, at, size, classes, labels, out):
    """Copy the domain in lower case; return False for doubt, also about a placeholder."""
    label = at + 1
    points = 0
    crosses = 0
    same = True
    letters = True
    for place in range(at + 1, size):
        byte = data[start + place]
        kind = classes[byte]
        if kind & _LETTER:
            byte |= _u8(32)
        out[place] = byte
        crosses = crosses + 1 if byte == _LOWER_X else 0
        if crosses == 3:
            return False
        if byte == _POINT:
            if place == label or out[place - 1] == _HYPHEN:
                return False
            if points == 0:
                if same and out[label] in _REPEATED:
                    return False
                signature = _u64(place - label) << _u64(24) | _u64(out[place - 1]) << _u64(16)
                signature |= _u64(out[label]) << _u64(8) | _u64(out[label + 1])
                for each in labels:
                    if each == signature:
                        return False
            points += 1
            label = place + 1
            letters = True
            continue
        if not kind & _DOMAIN or (byte == _HYPHEN and place == label):
            return False
        same = same and byte == out[at + 1]
        letters = letters and kind & _LETTER != 0
    last = size - label
    return points > 0 and letters and last >= 2 and last <= 24
