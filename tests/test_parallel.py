"""``rx.parallel`` on a machine: one item after another, off the loop, with the same errors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import wasmrx as rx
from wasmrx.spreading import ParallelError, UnsendableError
from wasmrx.threads import submit_in_place

from visits import run


def half(n: int) -> float:
    return 1 / (n - 2)


def test_results_in_order_with_progress() -> None:
    told: list[tuple[int, int]] = []
    found = run(rx.parallel(abs, [-1, 2, -3], progress=lambda *at: told.append(at)))
    assert found == [1, 2, 3]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert run(rx.parallel(abs, [])) == []


def test_an_error_has_the_number_of_its_item_and_the_traceback() -> None:
    with pytest.raises(ParallelError, match="item 1: ZeroDivisionError") as caught:
        run(rx.parallel(half, [1, 2, 3]))
    assert caught.value.index == 1
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert "in half" in caught.value.traceback


def test_what_cannot_be_sent_is_refused() -> None:
    with pytest.raises(UnsendableError, match="top of a module"):
        run(rx.parallel(lambda n: n, [1]))
    with pytest.raises(ParallelError, match="item 0: it cannot be sent"):
        run(rx.parallel(half, [lambda: 1]))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="at least one"):
        run(rx.parallel(abs, [1], workers=0))


class InPlaceExecutor(ThreadPoolExecutor):
    submit = submit_in_place


def test_an_executor_without_threads() -> None:
    with InPlaceExecutor(2) as pool:
        assert list(pool.map(abs, [-1, -2])) == [1, 2]
        assert isinstance(pool.submit(half, 2).exception(), ZeroDivisionError)
    with pytest.raises(RuntimeError, match="after shutdown"):
        pool.submit(abs, 1)
