"""When saved state is written: at the end of handlers, and for large states when it is quiet.

A commit holds all that changed since the last one that is on the disk, so that what a reload finds
is one moment of the app, whichever of those on their way arrive. Commits may take a tenth of the
worker's time, with some in hand: what a visitor does is written at once, a storm of events now and
then. A commit that takes long waits until no event came for a while, or one comes that may wait
itself.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from .alarm import Alarm
from .record import Stamp, UnreadableRecordError, unpack
from .registry import all_states
from .schema import build_schema
from .store import Records, Store

if TYPE_CHECKING:
    from .state import State

Write = Callable[[list[tuple[str, bytes | None]]], object]
"""Puts records under their names in one go, and removes those that are None."""

_SHARE = 0.1
_IN_HAND = 0.2
"""The part of the time that commits may take, and the seconds of it that can be saved up."""

_LONG = 0.004
_BEARABLE = 0.01
"""Seconds that an event may wait for what the one before has left to be written."""

_QUIET = 0.25
_LATEST = 2.0
"""Seconds: a commit that takes longer waits for a quiet time this long, and for it this long."""

_AGAIN = 5.0
"""Seconds after which a commit that failed is tried again, unless an event comes before."""

_FLYING = 32
"""As many commits may be on their way to the disk."""


class Kept(NamedTuple):
    """What the saved state says of the page's events: see ``Stamp``."""

    begun: int
    open: tuple[int, ...]


class Commits:
    """Decides at each end of a handler what is written."""

    def __init__(self, store: Store, busy: Callable[[], bool]) -> None:
        """Write nothing before ``attach``, and nothing in the middle of a handler (``busy``)."""
        self.records: Records = []
        self._store = store
        self._busy = busy
        self._write: Write | None = None
        self._life = "-"
        self._build = ""
        self._seq = 0
        self._begun = 0
        self._open: set[int] = set()
        self._changed: set[type[State]] = set()
        self._costs: dict[type[State], float] = {}
        self._flying: deque[dict[str, bytes | None]] = deque()
        self._written_open: set[int] = set()
        self._written_last: type[State] | None = None
        self._credit = _IN_HAND
        self._counted = self._last = self._since = 0.0
        self._alarm = Alarm(self._on_time)

    def attach(self, records: Records, life: str, write: Write) -> Kept:
        """Go on from ``records``; ``life`` names the page load, whose events have numbers."""
        self.records, self._life, self._write = records, life, write
        newest: Stamp | None = None
        for _, raw in records:
            try:
                stamp = unpack(raw).stamp
            except UnreadableRecordError:
                continue
            newest = stamp if newest is None else max(newest, stamp)
        if newest is None:
            return Kept(0, ())
        self._seq = newest.seq
        if newest.life != life:
            return Kept(0, ())
        self._begun = newest.begun
        return Kept(newest.begun, newest.open)

    def begin(self, event: int | None) -> None:
        """Note that an event of the page begins; it may never end: what waits is written before.

        ``None`` is a page that was entered. It has a number too, but comes before events with lower
        ones that waited for Python.
        """
        if self._changed and self._credit > 0 and self._cost() <= _BEARABLE:
            self.flush()
        if event is not None:
            self._begun = max(event, self._begun)
            self._open.add(event)

    def finish(self, event: int) -> None:
        """Note that an event and all that it led to has ended."""
        self._open.discard(event)
        if event in self._written_open and self._written_last is not None:
            self.changed({self._written_last})

    def changed(self, states: set[type[State]]) -> None:
        """Note that these states differ from what is written."""
        if not self._changed:
            self._since = time.monotonic()
        self._changed |= states

    def at_end(self) -> None:
        """Write at the end of a handler, or say when."""
        if self._changed and self._write is not None:
            self._last = time.monotonic()
            self._write_or_wait()

    def flush(self) -> None:
        """Write now what has changed: a handler is about to wait, or the page to go."""
        if self._changed and self._write is not None and not self._busy():
            self._commit()

    def is_kept(self) -> bool:
        """Tell whether all that could be saved is, and nothing could not; write what is not."""
        self.flush()
        wrote = self._write is not None and not self._changed and not self._flying
        return wrote and not self._store.unkept

    def written(self, ok: bool) -> None:
        """Note that a commit is on the disk, or failed: then the next one holds everything."""
        self._flying.popleft()
        if not ok:
            self.lost()
            self._alarm.set_latest(_AGAIN)
        elif self._changed and not self._busy():
            self._write_or_wait()

    def lost(self) -> None:
        """Note that nothing is on the disk any more."""
        self._changed |= set(all_states())

    def _write_or_wait(self) -> None:
        if len(self._flying) >= _FLYING:
            return
        wait = self._due() - time.monotonic()
        if wait <= 0:
            self._commit()
        else:
            self._alarm.set_latest(wait)

    def _on_time(self) -> None:
        if self._changed and not self._busy():
            self._write_or_wait()

    def _due(self) -> float:
        now = time.monotonic()
        self._credit = min(_IN_HAND, self._credit + _SHARE * (now - self._counted))
        self._counted = now
        free = now - min(self._credit, 0) / _SHARE
        if self._cost() <= _LONG:
            return free
        return max(free, min(self._last + _QUIET, self._since + _LATEST))

    def _cost(self) -> float:
        return sum(self._costs.get(cls, 0.0) for cls in self._changed)

    def _commit(self) -> None:
        """Hand the records of all that changed to the writer."""
        assert self._write is not None
        self._alarm.stop()
        changed, self._changed = self._changed, set()
        self._build = self._build or build_schema()
        start = before = time.monotonic()
        self._seq += 1
        opened = tuple(sorted(self._open))
        stamp = Stamp(self._seq, self._build, self._life, self._begun, opened)
        changes: dict[str, bytes | None] = dict.fromkeys(self._store.take_outdated())
        for cls in changed:
            made = self._store.record(cls, stamp)
            if made is not None:
                changes[made[0]] = made[1]
                self._written_last = cls
            now = time.monotonic()
            self._costs[cls], before = now - before, now
        if changes:
            self._written_open = set(opened)
            whole: dict[str, bytes | None] = {}
            for each in (*self._flying, changes):
                whole |= each
            self._flying.append(changes)
            self._write([*whole.items()])
        self._credit -= time.monotonic() - start
