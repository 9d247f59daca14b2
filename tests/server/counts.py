"""How much the tests of server mode try: a part of it in each run, all with ``WASMRX_FULL=1``."""

from __future__ import annotations

import os


def count(usual: int, full: int) -> int:
    """Return how often to try."""
    return full if os.environ.get("WASMRX_FULL") else usual
