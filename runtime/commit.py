"""When saved state is written: at the end of handlers, and for large states when it is quiet.

A commit holds all that changed since the one before, so that what a reload finds is one moment of
the app. While a large state waits, the small ones wait with it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .store import Store

if TYPE_CHECKING:
    from .state import State

_LARGE = 4096
"""Texts longer than this are not written after each event, but when it is quiet."""

_QUIET = 0.25
_LATEST = 2.0
"""Seconds without an event, and seconds after which it is written anyway."""


class Commits:
    """Decides for each end of a handler what is written with its update."""

    def __init__(
        self, store: Store, send: Callable[[dict[str, str]], None], busy: Callable[[], bool]
    ) -> None:
        """Write late commits with ``send``, unless a handler is in the middle (``busy``)."""
        self._store = store
        self._send = send
        self._busy = busy
        self._changed: set[type[State]] = set()
        self._large: set[type[State]] = set()
        self._since: float | None = None
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def changed(self, states: set[type[State]]) -> None:
        """Note that these states differ from what is written."""
        self._changed |= states

    def at_end(self) -> dict[str, str]:
        """Return the texts to send with the last update of a handler; none where they wait."""
        if not self._changed:
            return {}
        self._last = now = time.monotonic()
        if self._since is not None:
            return self._texts() if now - self._since >= _LATEST else {}
        if self._changed.isdisjoint(self._large):
            texts = self._texts()
            if all(len(text) <= _LARGE for text in texts.values()):
                return texts
            self._changed |= self._named(texts)
        self._since = now
        self._wait(_QUIET)
        return {}

    def _named(self, texts: dict[str, str]) -> set[type[State]]:
        return {cls for cls in self._store.session.states if cls.get_full_name() in texts}

    def _texts(self) -> dict[str, str]:
        """Return the texts of all that changed, and remember which are large."""
        changed, self._changed = self._changed, set()
        self._since = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        texts = self._store.texts(changed)
        for cls in changed:
            large = len(texts.get(cls.get_full_name(), "")) > _LARGE
            (self._large.add if large else self._large.discard)(cls)
        return texts

    def _wait(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._quiet)

    def _quiet(self) -> None:
        self._timer = None
        left = self._last + _QUIET - time.monotonic()
        if self._busy() or left > 0:
            self._wait(max(left, _QUIET / 4))
        elif self._changed:
            self._send(self._texts())
