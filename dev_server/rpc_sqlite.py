"""The store in an SQLite file, for any number of processes on one machine."""

from __future__ import annotations

import functools
import logging
import secrets
import sqlite3
import time
from collections.abc import Collection
from pathlib import Path

from .rpc_store import SESSIONS_KEPT, Claim, Finish, Kept, Run, Saved, StoreError
from .rpc_writer import PATIENCE, Writer

logger = logging.getLogger("wasmrx.backend")

MOST_BYTES = 1_000_000_000
"""How large what is kept may grow before the oldest replies go."""

_VERSION = 3
_OLD = """
drop table if exists calls;
drop table if exists locks;
"""
_SCHEMA = """
create table if not exists meta(name text primary key, value blob);
create table if not exists calls(
  key text primary key, digest text, session text, renamed text, run text, until real, ends real,
  reply blob);
create index if not exists calls_ends on calls(ends);
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
            path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._run = self._database.execute
        self._writer = Writer(self._database)
        self._swept = 0.0
        self._run("pragma journal_mode=wal")
        self._run("pragma synchronous=normal")
        self._run("pragma wal_autocheckpoint=4000")  # 16 MB between two waits for the disk.
        self._writer.together([self._prepare])
        self._run("pragma busy_timeout=0")

    def _prepare(self) -> None:
        """Make the tables; those of calls anew where another version of this module made them."""
        is_old = self._run("pragma user_version").fetchone()[0] != _VERSION
        for statement in f"{_OLD if is_old else ''}{_SCHEMA}".split(";"):
            self._run(statement)
        self._run(f"pragma user_version={_VERSION}")
        new = "insert or ignore into meta values('secret', ?)"
        self._run(new, (secrets.token_bytes(32),))

    def secret(self) -> bytes:
        """Return the key that cookies are signed with, made with the file."""
        return bytes(self._run("select value from meta where name='secret'").fetchone()[0])

    async def ping(self) -> None:
        """Raise StoreError where nothing can be written to the file now."""
        note = "insert or replace into meta values('pinged', ?)"
        await self._writer.do(lambda: self._run(note, (time.time(),)))

    async def load(self, session: str) -> Saved | None:
        """Return a session, None where there is none of that name."""
        both = (
            "select user, vars.name, value from sessions left join vars"
            " on vars.session = sessions.name where sessions.name=?"
        )
        try:
            rows = self._run(both, (session,)).fetchall()
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error
        if not rows:
            return None
        return Saved(rows[0][0], {name: value for _, name, value in rows if name is not None})

    async def claim(
        self, key: str, digest: str, session: str, lease: float, seconds: float
    ) -> Claim:
        """Take a call to run it, unless someone has; it is forgotten after ``seconds``."""
        return await self._writer.do(
            functools.partial(self._claim, key, digest, session, lease, seconds)
        )

    def _claim(self, key: str, digest: str, session: str, lease: float, seconds: float) -> Claim:
        now, token = time.time(), secrets.token_hex(8)
        self._sweep(now)
        new = (key, digest, session, session, token, now + lease, now + seconds)
        put = "insert or ignore into calls values(?, ?, ?, ?, ?, ?, ?, null)"
        if self._run(put, new).rowcount:
            return Claim("new", run=token)
        ask = "select digest, session, renamed, until, reply from calls where key=?"
        known, first, owner, until, reply = self._run(ask, (key,)).fetchone()
        if known != digest or session not in (first, owner):
            return Claim("other")
        if reply is not None:
            is_there = self._run("select 1 from sessions where name=?", (owner,)).fetchone()
            return Claim("done", bytes(reply), owner if is_there else "")
        if until > now:
            return Claim("running")
        self._run("update calls set run=?, until=? where key=?", (token, now + lease, key))
        return Claim("stale", run=token)

    async def beat(self, runs: Collection[Run], lease: float) -> None:
        """Say that these runs go on."""
        await self._writer.do(functools.partial(self._beat, runs, time.time() + lease))

    def _beat(self, runs: Collection[Run], until: float) -> None:
        for each in runs:
            go_on = "update calls set until=? where key=? and run=? and reply is null"
            self._run(go_on, (until, each.key, each.name))
            hold = "update locks set until=? where session=? and owner=?"
            self._run(hold, (until, each.locked, each.name))

    async def lock(self, session: str, owner: str, lease: float) -> bool:
        """Take a session for one call; tell whether that was possible."""
        return await self._writer.do(functools.partial(self._lock, session, owner, lease))

    def _lock(self, session: str, owner: str, lease: float) -> bool:
        now = time.time()
        take = (
            "insert into locks values(?, ?, ?) on conflict(session) do update"
            " set owner=excluded.owner, until=excluded.until where owner=excluded.owner or until<=?"
        )
        return bool(self._run(take, (session, owner, now + lease, now)).rowcount)

    async def finish(self, end: Finish) -> Kept:
        """Keep the reply of a call and what it changed; tell whether that still counts."""
        return await self._writer.do(functools.partial(self._finish, end))

    def finish_soon(self, end: Finish) -> None:
        """Do the same within a moment, and tell nobody."""
        self._writer.do_soon(functools.partial(self._finish, end))

    def _finish(self, end: Finish) -> Kept:
        keep = "update calls set reply=? where key=? and run=?"
        is_last = self._run(keep, (end.reply, end.key, end.run)).rowcount
        if end.locked and end.reply is not None:
            self._run("delete from locks where session=? and owner=?", (end.locked, end.run))
        if not is_last:
            return "overtaken"
        if not (end.session or end.renamed):
            return "kept"
        if not self._keep_session(end):
            return "ended"
        name = end.renamed or end.session
        self._run("update calls set renamed=? where key=?", (name, end.key))
        for var, value in end.vars.items():
            self._run("insert or replace into vars values(?, ?, ?)", (name, var, value))
        return "kept"

    def _keep_session(self, end: Finish) -> bool:
        """Write the session down; tell whether it is one that is there."""
        name, now = end.renamed or end.session, time.time()
        if end.is_new:
            self._run("insert into sessions values(?, ?, ?)", (name, end.user, now))
            return True
        if not end.renamed:
            used = "update sessions set at=? where name=?"
            return bool(self._run(used, (now, name)).rowcount)
        change = "update sessions set name=?, user=?, at=? where name=?"
        if not self._run(change, (name, end.user, now, end.session)).rowcount:
            return False
        if end.is_dropped:
            self._run("delete from vars where session=?", (end.session,))
        else:
            self._run("update vars set session=? where session=?", (name, end.session))
        return True

    async def close(self) -> None:
        """Write what waits, and close the file."""
        await self._writer.finish()
        self._database.close()

    # -- what is old -------------------------------------------------------------------------------

    def _sweep(self, now: float) -> None:
        """Remove what is old, now and then."""
        if now - self._swept < 60:
            return
        self._swept = now
        self._run("delete from calls where ends < ?", (now,))
        self._run("delete from locks where until < ?", (now,))
        old = (now - SESSIONS_KEPT,)
        self._run("delete from vars where session in (select name from sessions where at < ?)", old)
        self._run("delete from sessions where at < ?", old)
        self._shrink()

    def _shrink(self) -> None:
        """Remove the oldest replies where all of it has grown too large."""
        while self._size() > self._most:
            answered = "select count(*) from calls where reply is not null"
            left = self._run(answered).fetchone()[0]
            if not left:
                return
            logger.warning("The store of calls is too large: the oldest replies are removed.")
            oldest = "select key from calls where reply is not null order by ends limit ?"
            self._run(f"delete from calls where key in ({oldest})", (left // 4 + 1,))

    def _size(self) -> int:
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self._run(f"pragma {name}").fetchone()[0] for name in names)
        return (pages - free) * size
