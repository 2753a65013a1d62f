"""SipHash-2-4 over words of eight bytes, after the kind; see ``scanner.digests`` for the scheme."""

from __future__ import annotations

import numpy as np

from scanner.compiled._jit import helper, inlined

_u64 = np.uint64


@helper
def _rotated(x, bits):
    return (x << _u64(bits)) | (x >> _u64(64 - bits))


@helper
def _round(a, b, c, d):
    a += b
    b = _rotated(b, 13) ^ a
    a = _rotated(a, 32)
    c += d
    d = _rotated(d, 16) ^ c
    a += d
    d = _rotated(d, 21) ^ a
    c += b
    b = _rotated(b, 17) ^ c
    c = _rotated(c, 32)
    return a, b, c, d


@helper
def absorb(a, b, c, d, word):
    """Return the state after one more word."""
    d ^= word
    a, b, c, d = _round(a, b, c, d)
    a, b, c, d = _round(a, b, c, d)
    a ^= word
    return a, b, c, d


@helper
def finish(a, b, c, d):
    """Return the digest of what was absorbed; never 0, which means none."""
    c ^= _u64(0xFF)
    for _ in range(4):
        a, b, c, d = _round(a, b, c, d)
    digest = a ^ b ^ c ^ d
    return digest if digest != _u64(0) else _u64(1)


@helper
def length_byte(length):
    """Return the highest byte of the last word, which tells how many bytes were hashed."""
    return _u64(length & 0xFF) << _u64(56)


@inlined
def digest_words(most, words, counts, size, state, out):
    """Fill in the digests of ``size`` messages of up to ``most`` words; 0 where ``counts`` is 0.

    ``words`` (words x messages, four at most) are those after the kind, the last with the length byte;
    ``counts`` says how many each message has. Branches are few, so that several are hashed at once;
    with a constant for ``most``, there is none on it.
    """
    for place in range(size):
        a, b, c, d = absorb(state[0], state[1], state[2], state[3], words[0, place])
        for number in range(1, 4):
            if number < most:
                e, f, g, h = absorb(a, b, c, d, words[number, place])
                more = counts[place] > number
                a = e if more else a
                b = f if more else b
                c = g if more else c
                d = h if more else d
        out[place] = finish(a, b, c, d) if counts[place] > 0 else _u64(0)


@helper
def word_of(data, start, count):
    """Return up to eight bytes as a little-endian word."""
    word = _u64(0)
    for place in range(count):
        word |= _u64(data[start + place]) << _u64(8 * place)
    return word


@helper
def digest_of(data, start, length, state, prefix):
    """Return the digest of some bytes, after the kind's ``prefix`` bytes that led to ``state``."""
    a, b, c, d = state[0], state[1], state[2], state[3]
    end = start + length
    while start + 8 <= end:
        a, b, c, d = absorb(a, b, c, d, word_of(data, start, 8))
        start += 8
    last = word_of(data, start, end - start) | length_byte(prefix + length)
    a, b, c, d = absorb(a, b, c, d, last)
    return finish(a, b, c, d)
