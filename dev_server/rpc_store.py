"""What the processes of a backend share: sessions, and which calls were answered with what.

``SqliteStore`` keeps it in one file, for any number of processes on a machine. Each method is one
transaction. A call's reply and what the call changed of its session are written together: whatever
happens to a process, both are there or none is.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

logger = logging.getLogger("wasmrx.backend")

CALLS_KEPT = 24 * 3600.0
ONCE_KEPT = 600.0
SESSIONS_KEPT = 30 * 24 * 3600.0
"""Seconds after which is forgotten: a reply, one that no page asks for again, an unused session."""

MOST_BYTES = 1_000_000_000
"""How large what is kept may grow before the oldest replies go."""


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
    stays so. ``renamed`` is the session's new name, ``is_dropped`` that its vars go. The reply is
    kept for ``seconds``.
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
    seconds: float = 0.0


class Store(Protocol):
    """Shared between processes; every method is atomic."""

    def secret(self) -> bytes:
        """Return the key that cookies are signed with; the same for all processes."""
        ...

    def load(self, session: str) -> Saved | None:
        """Return a session, None where there is none of that name."""
        ...

    def claim(self, key: str, digest: str, session: str, lease: float) -> Claim:
        """Take a call to run it, unless someone has."""
        ...

    def beat(self, runs: Collection[str], lease: float) -> None:
        """Say that these runs go on."""
        ...

    def lock(self, session: str, owner: str, lease: float) -> bool:
        """Take a session for one call; tell whether that was possible."""
        ...

    def finish(self, end: Finish) -> Kept:
        """Keep the reply of a call and what it changed; tell whether that still counts."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


_VERSION = 2
_OLD = """
drop table if exists calls;
drop table if exists locks;
"""
_SCHEMA = """
create table if not exists meta(name text primary key, value blob);
create table if not exists calls(
  key text primary key, digest text, session text, renamed text, run text, until real, at real,
  reply blob);
create index if not exists calls_at on calls(at);
create index if not exists calls_run on calls(run);
create table if not exists sessions(name text primary key, user text, at real);
create table if not exists vars(
  session text, name text, value text, primary key(session, name)) without rowid;
create table if not exists locks(session text primary key, owner text, until real) without rowid;
"""


class SqliteStore:
    """A store in an SQLite file; ``":memory:"`` is one for a single process."""

    def __init__(self, path: Path | str, most: int = MOST_BYTES) -> None:
        """Open the file, or make it: only its owner may read it. It grows to ``most`` bytes."""
        self._most = most
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._database = sqlite3.connect(
            path, timeout=10, isolation_level=None, check_same_thread=False
        )
        self._turn = threading.Lock()
        self._swept = 0.0
        self._database.execute("pragma journal_mode=wal")
        self._database.execute("pragma synchronous=normal")
        self._prepare()

    def _prepare(self) -> None:
        """Make the tables; those of calls anew where another version of this module made them."""
        with self._transaction() as run:
            is_old = run("pragma user_version").fetchone()[0] != _VERSION
            for statement in f"{_OLD if is_old else ''}{_SCHEMA}".split(";"):
                run(statement)
            run(f"pragma user_version={_VERSION}")

    def secret(self) -> bytes:
        """Return the key that cookies are signed with, made when first asked for."""
        with self._transaction() as run:
            run("insert or ignore into meta values('secret', ?)", secrets.token_bytes(32))
            return bytes(run("select value from meta where name='secret'").fetchone()[0])

    def load(self, session: str) -> Saved | None:
        """Return a session, None where there is none of that name."""
        with self._transaction() as run:
            row = run("select user from sessions where name=?", session).fetchone()
            if row is None:
                return None
            values = run("select name, value from vars where session=?", session).fetchall()
            return Saved(row[0], dict(values))

    def claim(self, key: str, digest: str, session: str, lease: float) -> Claim:
        """Take a call to run it, unless someone has."""
        now = time.time()
        self._sweep(now)
        token = secrets.token_hex(8)
        new = (key, digest, session, session, token, now + lease, now)
        if self._alone("insert or ignore into calls values(?, ?, ?, ?, ?, ?, ?, null)", *new):
            return Claim("new", run=token)
        with self._transaction() as run:
            row = run(
                "select digest, session, renamed, until, reply from calls where key=?", key
            ).fetchone()
            known, first, owner, until, reply = row
            if known != digest or session not in (first, owner):
                return Claim("other")
            if reply is not None:
                is_there = run("select 1 from sessions where name=?", owner).fetchone()
                return Claim("done", bytes(reply), owner if is_there else "")
            if until > now:
                return Claim("running")
            run("update calls set run=?, until=? where key=?", token, now + lease, key)
            return Claim("stale", run=token)

    def beat(self, runs: Collection[str], lease: float) -> None:
        """Say that these runs go on."""
        until = time.time() + lease
        with self._transaction() as run:
            for token in runs:
                run("update calls set until=? where run=? and reply is null", until, token)
                run("update locks set until=? where owner=?", until, token)

    def lock(self, session: str, owner: str, lease: float) -> bool:
        """Take a session for one call; tell whether that was possible."""
        now = time.time()
        with self._transaction() as run:
            row = run("select owner, until from locks where session=?", session).fetchone()
            if row is not None and row[0] != owner and row[1] > now:
                return False
            run("insert or replace into locks values(?, ?, ?)", session, owner, now + lease)
            return True

    def finish(self, end: Finish) -> Kept:
        """Keep the reply of a call and what it changed; tell whether that still counts."""
        now = time.time()
        keeping = "update calls set reply=?, until=max(until, ?) where key=? and run=?"
        told = (end.reply, now + end.seconds, end.key, end.run)
        if not (end.session or end.renamed):
            return "kept" if self._alone(keeping, *told) else "overtaken"
        with self._transaction() as run:
            is_last = run(keeping, *told).rowcount
            if end.reply is not None:
                run("delete from locks where owner=?", end.run)
            if not is_last:
                return "overtaken"
            if not self._keep_session(run, end, now):
                return "ended"
            name = end.renamed or end.session
            run("update calls set renamed=? where key=?", name, end.key)
            for var, value in end.vars.items():
                run("insert or replace into vars values(?, ?, ?)", name, var, value)
            return "kept"

    @staticmethod
    def _keep_session(run: Any, end: Finish, now: float) -> bool:
        """Write the session down; tell whether it is one that is there."""
        name = end.renamed or end.session
        if end.is_new:
            run("insert into sessions values(?, ?, ?)", name, end.user, now)
            return True
        if not end.renamed:
            return bool(run("update sessions set at=? where name=?", now, name).rowcount)
        change = "update sessions set name=?, user=?, at=? where name=?"
        if not run(change, name, end.user, now, end.session).rowcount:
            return False
        if end.is_dropped:
            run("delete from vars where session=?", end.session)
        else:
            run("update vars set session=? where session=?", name, end.session)
        return True

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _sweep(self, now: float) -> None:
        """Remove what is old, now and then."""
        if now - self._swept < 60:
            return
        self._swept = now
        with self._transaction() as run:
            run("delete from calls where at < ?", now - CALLS_KEPT)
            run("delete from calls where reply is not null and until < ?", now)
            run("delete from locks where until < ?", now)
            old = now - SESSIONS_KEPT
            run("delete from vars where session in (select name from sessions where at < ?)", old)
            run("delete from sessions where at < ?", old)
            self._shrink(run)

    def _shrink(self, run: Any) -> None:
        """Remove the oldest replies where all of it has grown too large."""
        answered = "select count(*) from calls where reply is not null"
        while self._size(run) > self._most and (left := run(answered).fetchone()[0]):
            logger.warning("The store of calls is too large: the oldest replies are removed.")
            oldest = "select key from calls where reply is not null order by at limit ?"
            run(f"delete from calls where key in ({oldest})", left // 4 + 1)

    @staticmethod
    def _size(run: Any) -> int:
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (run(f"pragma {name}").fetchone()[0] for name in names)
        return (pages - free) * size

    def _alone(self, text: str, *values: Any) -> int:
        """Run one statement, a transaction of its own; return how many rows it changed."""
        with self._turn:
            return self._database.execute(text, values).rowcount

    def _transaction(self) -> _Transaction:
        return _Transaction(self._database, self._turn)


class _Transaction:
    def __init__(self, database: sqlite3.Connection, turn: threading.Lock) -> None:
        self._database = database
        self._turn = turn

    def __enter__(self) -> Any:
        self._turn.acquire()
        try:
            self._database.execute("begin immediate")
        except BaseException:
            self._turn.release()
            raise
        return self._run

    def _run(self, text: str, *values: Any) -> sqlite3.Cursor:
        return self._database.execute(text, values)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._database.execute("rollback" if kind else "commit")
        finally:
            self._turn.release()
