"""The store in Redis, for processes on any number of machines.

Each method is one script, which Redis runs alone and as a whole. A script that is sent again
because its answer was lost says the same again. All times are Redis' own, whatever the machines'
clocks say.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Collection
from typing import Any, TypeVar, cast

from redis import Redis
from redis import asyncio as redis_asyncio
from redis.exceptions import RedisError

from .rpc_store import SESSIONS_KEPT, Claim, Finish, Kept, Run, Saved, StoreError

logger = logging.getLogger("wasmrx.backend")
T = TypeVar("T")

_Client: Any = redis_asyncio.Redis
_PlainClient: Any = Redis

SECONDS = 5.0
"""How long Redis may take to connect, and to answer."""

_CLAIM = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1e6
local call, digest, session, run = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local lease, kept = tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('HMGET', call, 'digest', 'session', 'renamed', 'run', 'until', 'reply')
if not known[1] then
  redis.call('HSET', call, 'digest', digest, 'session', session, 'renamed', session,
    'run', run, 'until', string.format('%.6f', now + lease), 'state', 'new')
  redis.call('PEXPIRE', call, math.ceil(kept * 1000))
  return {'new', '', ''}
end
if known[1] ~= digest or (session ~= known[2] and session ~= known[3]) then
  return {'other', '', ''}
end
if known[6] then
  local is_there = redis.call('EXISTS', ARGV[6] .. known[3]) == 1
  return {'done', known[6], is_there and known[3] or ''}
end
if known[4] == run then
  return {redis.call('HGET', call, 'state'), '', ''}
end
if tonumber(known[5]) > now then
  return {'running', '', ''}
end
redis.call('HSET', call, 'run', run, 'until', string.format('%.6f', now + lease), 'state', 'stale')
return {'stale', '', ''}
"""

_BEAT = """
local time = redis.call('TIME')
local untl = string.format('%.6f', time[1] + time[2] / 1e6 + tonumber(ARGV[2]))
local known = redis.call('HMGET', KEYS[1], 'run', 'reply')
if known[1] == ARGV[1] and not known[2] then
  redis.call('HSET', KEYS[1], 'until', untl)
end
local held = redis.call('HGET', KEYS[2], 'owner')
if held == ARGV[1] then
  redis.call('HSET', KEYS[2], 'until', untl)
  redis.call('EXPIRE', KEYS[2], 3600)
end
"""

_LOCK = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1e6
local held = redis.call('HMGET', KEYS[1], 'owner', 'until')
if held[1] and held[1] ~= ARGV[1] and tonumber(held[2]) > now then
  return 0
end
local untl = string.format('%.6f', now + tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'until', untl)
redis.call('EXPIRE', KEYS[1], 3600)
return 1
"""

_FINISH = """
local call, lock, session, renamed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local run, has_reply, reply, name = ARGV[1], ARGV[2] == '1', ARGV[3], ARGV[4]
local is_new, is_renamed, is_dropped = ARGV[5] == '1', ARGV[6] == '1', ARGV[7] == '1'
local has_user, user, kept_for = ARGV[8] == '1', ARGV[9], ARGV[10]
if has_reply and redis.call('HGET', lock, 'owner') == run then
  redis.call('DEL', lock)
end
local known = redis.call('HMGET', call, 'run', 'told', 'step')
if known[1] ~= run then
  return 'overtaken'
end
local step = ARGV[11]
if known[3] == step then
  return known[2]
end
local function tell(words)
  redis.call('HSET', call, 'told', words, 'step', step)
  if has_reply then
    redis.call('HSET', call, 'reply', reply)
  end
  return words
end
if name == '' then
  return tell('kept')
end
if not is_new then
  if redis.call('EXISTS', session) == 0 then
    return tell('ended')
  end
  if is_renamed then
    redis.call('RENAME', session, renamed)
    if is_dropped then
      redis.call('DEL', renamed)
    end
  end
end
local home = is_renamed and renamed or session
redis.call('HSET', home, 'there', '1')
if is_new or is_renamed then
  redis.call('HDEL', home, 'user')
  if has_user then
    redis.call('HSET', home, 'user', user)
  end
end
for i = 12, #ARGV, 2 do
  redis.call('HSET', home, 'var:' .. ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', home, kept_for)
redis.call('HSET', call, 'renamed', name)
return tell('kept')
"""


class RedisStore:
    """A store in the Redis of a URL; ``space`` begins all its keys."""

    def __init__(self, url: str, space: str = "wasmrx") -> None:
        """Connect when first asked."""
        self._url = url
        self._space = space
        patience = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
        self._redis: Any = _Client.from_url(url, **patience)
        self._claim = self._redis.register_script(_CLAIM)
        self._beat = self._redis.register_script(_BEAT)
        self._lock = self._redis.register_script(_LOCK)
        self._finish = self._redis.register_script(_FINISH)
        self._late: set[asyncio.Task[None]] = set()

    def _key(self, kind: str, name: str) -> str:
        return f"{self._space}:{kind}:{name}"

    def secret(self) -> bytes:
        """Return the key that cookies are signed with, made when first asked for."""
        try:
            with _PlainClient.from_url(self._url, socket_timeout=SECONDS) as database:
                key = f"{self._space}:secret"
                database.set(key, secrets.token_bytes(32), nx=True)
                return cast("bytes", database.get(key))
        except RedisError as error:
            raise StoreError(f"Redis cannot be reached: {error}") from error

    async def ping(self) -> None:
        """Raise StoreError where nothing can be written to Redis now."""
        await _asked(self._redis.set(f"{self._space}:pinged", "1", ex=60))

    async def load(self, session: str) -> Saved | None:
        """Return a session, None where there is none of that name."""
        found: dict[bytes, bytes] = await _asked(self._redis.hgetall(self._key("session", session)))
        if not found:
            return None
        user = found.get(b"user")
        named = {name.decode(): value.decode() for name, value in found.items()}
        kept = {k.removeprefix("var:"): v for k, v in named.items() if k.startswith("var:")}
        return Saved(None if user is None else user.decode(), kept)

    async def claim(
        self, key: str, digest: str, session: str, lease: float, seconds: float
    ) -> Claim:
        """Take a call to run it, unless someone has; it is forgotten after ``seconds``."""
        run = secrets.token_hex(8)
        sessions = self._key("session", "")
        given = (digest, session, run, lease, seconds, sessions)
        state, reply, owner = await _asked(self._claim(keys=[self._key("call", key)], args=given))
        may_run = state in (b"new", b"stale")
        return Claim(state.decode(), reply, owner.decode(), run if may_run else "")

    async def beat(self, runs: Collection[Run], lease: float) -> None:
        """Say that these runs go on."""
        for each in runs:
            keys = [self._key("call", each.key), self._key("lock", each.locked)]
            await _asked(self._beat(keys=keys, args=(each.name, lease)))

    async def lock(self, session: str, owner: str, lease: float) -> bool:
        """Take a session for one call; tell whether that was possible."""
        return bool(
            await _asked(self._lock(keys=[self._key("lock", session)], args=(owner, lease)))
        )

    async def finish(self, end: Finish) -> Kept:
        """Keep the reply of a call and what it changed; tell whether that still counts."""
        keys = [
            self._key("call", end.key),
            self._key("lock", end.locked),
            self._key("session", end.session),
            self._key("session", end.renamed),
        ]
        given: list[Any] = [
            *(end.run, int(end.reply is not None), end.reply or b""),
            *(end.renamed or end.session, int(end.is_new), int(bool(end.renamed))),
            *(int(end.is_dropped), int(end.user is not None), end.user or ""),
            *(int(SESSIONS_KEPT), secrets.token_hex(8)),
        ]
        for var, value in end.vars.items():
            given += (var, value)
        told: bytes = await _asked(self._finish(keys=keys, args=given))
        return cast("Kept", told.decode())

    def finish_soon(self, end: Finish) -> None:
        """Do the same within a moment, and tell nobody."""
        task = asyncio.get_running_loop().create_task(self._finish_late(end))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _finish_late(self, end: Finish) -> None:
        try:
            await self.finish(end)
        except StoreError:
            logger.exception("A reply could not be kept.")

    async def close(self) -> None:
        """Write what waits, and let go of the connections."""
        if self._late:
            await asyncio.wait([*self._late])
        await self._redis.aclose()


async def _asked(answer: Awaitable[T]) -> T:
    """Return what Redis answers; raise StoreError where it does not."""
    try:
        return await answer
    except (RedisError, OSError) as error:
        raise StoreError(f"Redis cannot be reached: {error}") from error
