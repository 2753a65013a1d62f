from __future__ import annotations

import threading
import time

import pytest

from scanner.machine.parallel import mapped


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_given(threads: int) -> None:
    def slowest_first(number: int) -> int:
        time.sleep(0.01 if number == 0 else 0)
        return number

    assert list(mapped(slowest_first, range(50), threads)) == list(range(50))


def test_what_is_given_is_read_only_a_little_ahead() -> None:
    read = []

    def reading():
        for number in range(100):
            read.append(number)
            yield number

    results = mapped(lambda number: number, reading(), 2)
    next(results)

    assert len(read) <= 6


@pytest.mark.parametrize("threads", [1, 2])
def test_what_work_raises_comes_out(threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(mapped(lambda number: 1 // number, [1, 0, 1], threads))


def test_no_thread_is_left_when_the_taker_stops_early() -> None:
    before = threading.active_count()
    results = mapped(lambda number: number, iter(range(100)), 3)
    next(results)
    results.close()

    assert threading.active_count() == before


@pytest.mark.parametrize("threads", [1, 2])
def test_what_reading_raises_comes_after_everything_read_before(threads: int) -> None:
    def breaking():
        yield from range(3)
        raise OSError

    results = mapped(lambda number: number, breaking(), threads)

    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(OSError):  # noqa: PT011 -- no message to match
        next(results)
