"""Which computed vars read what, found by recording reads while they run.

A node is any hashable object. The graph holds an edge from each thing read to its reader; when
the thing changes, the reader is invalid and its edges go: the next evaluation records them anew.
Invariant: a reader without edges is invalid, constant, or being evaluated.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from contextvars import ContextVar

Node = Hashable

reads: ContextVar[set[Node] | None] = ContextVar("reads", default=None)
"""What the computed var that is being evaluated has read so far; None outside of one."""


class Graph:
    """Edges between nodes of one session."""

    __slots__ = ("_readers", "_reads")

    def __init__(self) -> None:
        """Start without edges."""
        self._readers: dict[Node, set[Node]] = {}
        self._reads: dict[Node, frozenset[Node]] = {}

    def record(self, reader: Node, read: Iterable[Node]) -> None:
        """Replace what ``reader`` reads."""
        self.forget(reader)
        found = frozenset(read)
        self._reads[reader] = found
        for node in found:
            self._readers.setdefault(node, set()).add(reader)

    def forget(self, reader: Node) -> None:
        """Remove the edges that lead to ``reader``."""
        for node in self._reads.pop(reader, ()):
            readers = self._readers[node]
            readers.discard(reader)
            if not readers:
                del self._readers[node]

    def has_readers(self, node: Node) -> bool:
        """Tell whether anything has read ``node`` since it last changed."""
        return node in self._readers

    def invalidate(self, node: Node) -> list[Node]:
        """Return all that is no longer valid when ``node`` changes, and drop its edges."""
        if node not in self._readers:
            return []
        found: list[Node] = []
        stack = [node]
        while stack:
            for reader in list(self._readers.get(stack.pop(), ())):
                self.forget(reader)
                found.append(reader)
                stack.append(reader)
        return found

    def reads_of(self, reader: Node) -> frozenset[Node]:
        """Return what ``reader`` read when it last ran."""
        return self._reads.get(reader, frozenset())
