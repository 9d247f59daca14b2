"""Components as an app of wasmrx makes them."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture(autouse=True)
def without_reflex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a test has imported an app of Reflex, unknown props would only be warned of."""
    monkeypatch.delitem(sys.modules, "reflex", raising=False)
