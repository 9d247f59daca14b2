"""Which computed vars read what, found by recording reads while they run.

A node is any hashable object. The graph holds an edge from each thing read to its reader; when
the thing changes, the reader is invalid and its edges go: the next evaluation records them anew.
Invariant: a reader without edges is invalid, constant, or being evaluated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from contextvars import ContextVar
from typing import Any

Node = Hashable


class Recording(set[Node]):
    """What one evaluation of ``reader`` on ``state`` has read so far.

    ``above`` is the evaluation that asked for it. ``spoiled`` tells that something it read changed
    before it ended, as happens where an async var waits. ``lent`` holds the copies of other
    computed values that it was given.
    """

    __slots__ = ("above", "lent", "reader", "spoiled", "state")

    def __init__(self, reader: Any, state: Any, above: Recording | None) -> None:
        """Start without reads."""
        self.reader = reader
        self.state = state
        self.above = above
        self.spoiled = False
        self.lent: dict[Any, tuple[Any, Any]] = {}

    def cycle(self) -> list[Any]:
        """Return the readers from an evaluation of the same reader to this one; empty if none."""
        found: list[Any] = [self.reader]
        above = self.above
        while above is not None:
            found.append(above.reader)
            if above.reader is self.reader and above.state is self.state:
                return found[::-1]
            above = above.above
        return []


reads: ContextVar[Recording | None] = ContextVar("reads", default=None)
"""The recording of the computed var that is being evaluated; None outside of one."""


class Graph:
    """Edges between nodes of one session."""

    __slots__ = ("_readers", "_reads", "_waiting")

    def __init__(self) -> None:
        """Start without edges."""
        self._readers: dict[Node, set[Node]] = {}
        self._reads: dict[Node, frozenset[Node]] = {}
        self._waiting: list[Recording] = []

    def record(self, reader: Node, read: Iterable[Node]) -> None:
        """Replace what ``reader`` reads."""
        self.forget(reader)
        found = frozenset(read)
        self._reads[reader] = found
        for node in found:
            self._readers.setdefault(node, set()).add(reader)

    def reads_of(self, reader: Node) -> frozenset[Node]:
        """Return what ``reader`` read when it was last evaluated."""
        return self._reads.get(reader, frozenset())

    def forget(self, reader: Node) -> None:
        """Remove the edges that lead to ``reader``."""
        for node in self._reads.pop(reader, ()):
            readers = self._readers[node]
            readers.discard(reader)
            if not readers:
                del self._readers[node]

    def begin(self, recording: Recording) -> None:
        """Watch an evaluation that may wait: it is spoiled by a change of what it read."""
        self._waiting.append(recording)

    def end(self, recording: Recording) -> None:
        """Watch it no longer."""
        self._waiting = [other for other in self._waiting if other is not recording]

    def has_readers(self, node: Node) -> bool:
        """Tell whether anything has read ``node`` since it last changed, or may be reading it."""
        return node in self._readers or bool(self._waiting)

    def invalidate(self, node: Node) -> list[Node]:
        """Return all that is no longer valid when ``node`` changes, and drop its edges."""
        if self._waiting:
            self._spoil(node)
        if node not in self._readers:
            return []
        found: list[Node] = []
        stack = [node]
        while stack:
            for reader in list(self._readers.get(stack.pop(), ())):
                self.forget(reader)
                found.append(reader)
                stack.append(reader)
                if self._waiting:
                    self._spoil(reader)
        return found

    def _spoil(self, node: Node) -> None:
        for recording in self._waiting:
            if not recording.spoiled and node in recording:
                recording.spoiled = True
                self._spoil(recording.reader)
