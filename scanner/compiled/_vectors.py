"""Bytes by the dozen: what the kernels over cells look at without a loop over single bytes.

Each reads beyond the cell: ``WIDTH`` bytes must lie in ``data`` from ``at`` on.
"""

from __future__ import annotations

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

WIDTH = 32
WORDS = 8
_BYTE = ir.IntType(8)
_BYTES = ir.VectorType(_BYTE, WIDTH)
_WORDS = ir.VectorType(ir.IntType(64), WORDS)
_PLACES = ir.Constant(_BYTES, list(range(WIDTH)))


def _pointer(context, builder, kind, array, at, target):
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), target.as_pointer())


def _spread(builder, one, vector=_BYTES):
    """Return a vector of one byte, or word, again and again."""
    nothing = ir.Constant(vector, ir.Undefined)
    first = builder.insert_element(nothing, one, ir.IntType(32)(0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), None)
    return builder.shuffle_vector(first, nothing, zeros)


def _between(builder, held, low, high):
    above = builder.sub(held, _spread(builder, low))
    return builder.icmp_unsigned("<=", above, _spread(builder, builder.sub(high, low)))


def _mask(builder, held):
    return builder.zext(builder.bitcast(held, ir.IntType(WIDTH)), ir.IntType(64))


@intrinsic
def word_at(typing, data, at):
    """Return eight bytes as a little-endian word."""

    def generate(context, builder, given, arguments):
        place = _pointer(context, builder, given.args[0], *arguments, ir.IntType(64))
        return builder.load(place, align=1)

    return types.uint64(data, types.int64), generate


@intrinsic
def copy_bytes(typing, address, data, at):
    """Copy ``WIDTH`` bytes from an address in memory."""

    def generate(context, builder, given, arguments):
        source, array, place = arguments
        held = builder.load(builder.inttoptr(source, _BYTES.as_pointer()), align=1)
        builder.store(held, _pointer(context, builder, given.args[1], array, place, _BYTES), align=1)
        return context.get_dummy_value()

    return types.void(types.uint64, data, types.int64), generate


@intrinsic
def byte_from(typing, address):
    """Return the byte at an address in memory."""

    def generate(context, builder, given, arguments):
        return builder.load(builder.inttoptr(arguments[0], _BYTE.as_pointer()))

    return types.uint8(types.uint64), generate


@intrinsic
def bytes_between(typing, data, at, low, high):
    """Return one bit per byte: whether it is from ``low`` to ``high``."""

    def generate(context, builder, given, arguments):
        array, start, *ends = arguments
        held = builder.load(_pointer(context, builder, given.args[0], array, start, _BYTES), align=1)
        return _mask(builder, _between(builder, held, *ends))

    return types.uint64(data, types.int64, types.uint8, types.uint8), generate


@intrinsic
def lower_case(typing, data, at, size, out):
    """Copy bytes to ``out`` with the ASCII letters in lower case, then zeros; return one bit per letter.

    There are ``size`` bytes, fewer than ``WIDTH``, and as many with the zeros.
    """

    def generate(context, builder, given, arguments):
        array, start, count, copy = arguments
        held = builder.load(_pointer(context, builder, given.args[0], array, start, _BYTES), align=1)
        lowered = builder.or_(held, _spread(builder, _BYTE(32)))
        letters = _between(builder, lowered, _BYTE(ord("a")), _BYTE(ord("z")))
        within = builder.icmp_unsigned("<", _PLACES, _spread(builder, builder.trunc(count, _BYTE)))
        letters = builder.and_(letters, within)
        nothing = ir.Constant(_BYTES, None)
        copied = builder.select(within, builder.select(letters, lowered, held), nothing)
        target = _pointer(context, builder, given.args[3], copy, ir.IntType(64)(0), _BYTES)
        builder.store(copied, target, align=1)
        return _mask(builder, letters)

    return types.uint64(data, types.int64, types.int64, out), generate


@intrinsic
def equal_words(typing, words, at, word):
    """Return one bit for each of ``WORDS`` words from ``at`` on: whether it is this one."""

    def generate(context, builder, given, arguments):
        array, start, sought = arguments
        held = builder.load(_pointer(context, builder, given.args[0], array, start, _WORDS), align=8)
        equal = builder.icmp_unsigned("==", held, _spread(builder, sought, _WORDS))
        return builder.zext(builder.bitcast(equal, ir.IntType(WORDS)), ir.IntType(64))

    return types.uint64(words, types.int64, types.uint64), generate


@intrinsic
def lowest(typing, bits):
    """Return the place of the lowest bit that is set; 64 without any."""

    def generate(context, builder, given, arguments):
        return builder.cttz(arguments[0], ir.IntType(1)(0))

    return types.int64(types.uint64), generate


@intrinsic
def highest(typing, bits):
    """Return the place of the highest bit that is set; -1 without any."""

    def generate(context, builder, given, arguments):
        return builder.sub(ir.IntType(64)(63), builder.ctlz(arguments[0], ir.IntType(1)(0)))

    return types.int64(types.uint64), generate


@intrinsic
def fetch(typing, array, at):
    """Have an element brought near that will be looked at soon."""

    def generate(context, builder, given, arguments):
        data = context.make_array(given.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), _BYTE.as_pointer())
        number = ir.IntType(32)
        kinds = [_BYTE.as_pointer(), number, number, number]
        function = builder.module.declare_intrinsic(
            "llvm.prefetch", [_BYTE.as_pointer()], ir.FunctionType(ir.VoidType(), kinds)
        )
        builder.call(function, [place, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.int64), generate
