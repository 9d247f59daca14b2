"""Inside a worker of ``rx.parallel``: calls a function for each item of a batch.

Both ends are workers of one page with the code of one build: what they send is pickled.
"""

from __future__ import annotations

import importlib
import traceback
from typing import Any

from . import _door, adapted, alias, sleep, threads


def start() -> None:
    """Get ready as the page's own worker does."""
    alias.install()
    if _door.IN_WORKER:
        adapted.install()
        sleep.install()
        threads.install()


def run(batch: Any) -> Any:
    """Return the pickled answer to a pickled batch, both as the browser has bytes."""
    to_js = importlib.import_module("pyodide.ffi").to_js
    return to_js(answer(batch.to_bytes()))


def answer(batch: bytes) -> bytes:
    """Return what a function made of its items: ``(results, None)``, or how far it came.

    After an item that failed the answer ends with ``(number, exception, words, traceback)``, where
    the exception is None if it cannot be sent.
    """
    pickle = importlib.import_module("pickle")
    results: list[Any] = []
    try:
        fn, items = pickle.loads(batch)
        for item in items:
            results.append(fn(item))
        return pickle.dumps((results, None), 5)
    except Exception as error:
        number = len(results)
        words = f"{type(error).__name__}: {error}"
        trace = "".join(traceback.format_exception(error))
        try:
            pickle.loads(pickle.dumps(error, 5))
            return pickle.dumps(([], (number, error, words, trace)), 5)
        except Exception:
            return pickle.dumps(([], (number, None, words, trace)), 5)
