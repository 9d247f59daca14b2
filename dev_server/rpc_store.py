"""What the processes of a backend share: sessions, and which calls were answered with what.

Each method of a store is one transaction. A call's reply and what the call changed of its session
are written together: whatever happens to a process, both are there or none is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

CALLS_KEPT = 24 * 3600.0
ONCE_KEPT = 600.0
SESSIONS_KEPT = 30 * 24 * 3600.0
"""Seconds after which is forgotten: a reply, one that no page asks for again, an unused session."""


class StoreError(Exception):
    """The store cannot be reached, or does not do what it is asked."""


@dataclass(frozen=True)
class Claim:
    """Whether a call may run: ``new`` and ``stale`` may, ``running`` and ``done`` not.

    ``stale`` was begun by a process that is gone. ``run`` names this run of the call: what another
    one does later counts no more. ``session`` is whose answered call it is, "" where that is gone.
    """

    state: Literal["new", "running", "done", "stale", "other"]
    reply: bytes = b""
    session: str = ""
    run: str = ""


@dataclass(frozen=True)
class Run:
    """A run of a call: the call's key, its own name, and the session that it has locked."""

    key: str
    name: str
    locked: str = ""


Kept = Literal["kept", "ended", "overtaken"]
"""``ended``: the session of the call is gone. ``overtaken``: a later run of it counts, not this."""


@dataclass(frozen=True)
class Saved:
    """A session: who is logged in, and the server's vars as JSON by name."""

    user: str | None
    vars: Mapping[str, str]


@dataclass(frozen=True)
class Finish:
    """The end of a run, or where ``reply`` is None a session's new name in the middle of one.

    ``session`` is what the call began with, "" for none; ``is_new`` where the call itself made it.
    A session that was there has to be there still: one that was renamed or ended by another call
    stays so. ``renamed`` is the session's new name, ``is_dropped`` that its vars go. ``locked`` is
    the session that is free again after the end.
    """

    key: str
    run: str
    reply: bytes | None
    session: str = ""
    is_new: bool = False
    user: str | None = None
    vars: Mapping[str, str] = field(default_factory=dict[str, str])
    renamed: str = ""
    is_dropped: bool = False
    locked: str = ""


class Store(Protocol):
    """Shared between processes; every method is atomic."""

    def secret(self) -> bytes:
        """Return the key that cookies are signed with; the same for all processes."""
        ...

    async def ping(self) -> None:
        """Raise StoreError where nothing can be kept now."""
        ...

    async def load(self, session: str) -> Saved | None:
        """Return a session, None where there is none of that name."""
        ...

    async def claim(
        self, key: str, digest: str, session: str, lease: float, seconds: float
    ) -> Claim:
        """Take a call to run it, unless someone has; it is forgotten after ``seconds``.

        Without a ``beat`` in time the run counts as gone after ``lease`` seconds.
        """
        ...

    async def beat(self, runs: Collection[Run], lease: float) -> None:
        """Say that these runs go on."""
        ...

    async def lock(self, session: str, owner: str, lease: float) -> bool:
        """Take a session for one call; tell whether that was possible."""
        ...

    async def finish(self, end: Finish) -> Kept:
        """Keep the reply of a call and what it changed; tell whether that still counts."""
        ...

    def finish_soon(self, end: Finish) -> None:
        """Do the same within a moment, and tell nobody; the call has run without a session."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...
