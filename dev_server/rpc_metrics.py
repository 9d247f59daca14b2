"""Figures about calls, for Prometheus.

Several processes of one backend count in files of a folder that they share, which the environment
variable ``PROMETHEUS_MULTIPROC_DIR`` names; whichever is asked gives the sums of all.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = CONTENT_TYPE_LATEST

_CALLS = Counter("wasmrx_calls", "Calls answered, by what came of them.", ["handler", "outcome"])
_SECONDS = Histogram("wasmrx_call_seconds", "From a call's arrival to its end.", ["handler"])
RUNNING = Gauge("wasmrx_calls_running", "Calls at work.", multiprocess_mode="livesum")


@lru_cache(maxsize=10_000)
def _of(handler: str, outcome: str) -> tuple[Any, Any]:
    """Return the counter and the histogram of a handler; looking them up takes a while."""
    return _CALLS.labels(handler, outcome), _SECONDS.labels(handler)


def answered(handler: str, outcome: str, seconds: float) -> None:
    """Count a call; ``outcome`` is "ok", or the code of an error."""
    calls, spent = _of(handler, outcome)
    calls.inc()
    spent.observe(seconds)


def written() -> bytes:
    """Return all figures as Prometheus reads them."""
    folder = os.environ.get(FOLDER)
    if folder is None:
        return generate_latest(REGISTRY)
    _forget_dead(Path(folder))
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Remove what processes that are gone were at."""
    for path in folder.glob("gauge_live*_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]
