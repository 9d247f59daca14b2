"""Sends a backend what nobody should, in this process, and says what came of it.

``python hostile.py bodies COUNT SEED`` and ``… tampered COUNT SEED`` print one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hostile_bodies import GOOD, body

APP = Path(__file__).parent / "hostile_app"
ORIGIN = "https://testserver"


class Visitor:
    """Calls the backend in this process; keeps its cookie."""

    def __init__(self, backend: Any, table: Any) -> None:
        self.backend = backend
        self.ids = {found.handler.attr: id for id, found in table.handlers.items()}
        self.cookie = ""

    async def post(self, name: str, data: bytes, **more: str) -> tuple[int, bytes]:
        given = {
            "host": "testserver",
            "origin": ORIGIN,
            "content-type": "application/json",
            "content-length": str(len(data)),
            "wasmrx-call": "x",
            "idempotency-key": secrets.token_hex(16),
            "cookie": self.cookie,
            **{key.replace("_", "-"): value for key, value in more.items()},
        }
        path = f"/_wasmrx/call/{self.ids[name]}"
        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "https",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "client": ("192.0.2.1", 1),
            "server": ("testserver", 443),
            "headers": [(key.encode(), value.encode()) for key, value in given.items() if value],
        }
        sent: list[Any] = []
        parts = [data[at : at + 65536] for at in range(0, len(data), 65536)] or [b""]

        async def receive() -> Any:
            if not parts:
                await asyncio.Event().wait()
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.backend(scope, receive, send)
        for key, value in sent[0]["headers"]:
            if key == b"set-cookie":
                self.cookie = value.decode().partition(";")[0]
        return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


async def bodies(visitor: Visitor, count: int, rng: random.Random) -> dict[str, Any]:
    """Send bodies that are wrong in some way; what gets in must have the declared types."""
    import app  # noqa: PLC0415 - the backend has imported it

    seen = _classes(app)
    statuses: Counter[str] = Counter()
    failed: list[str] = []
    warm = 0
    for number in range(count):
        if number == count // 10:
            warm = _memory()
        name = rng.choice(list(GOOD))
        data, headers = body(rng, name)
        status, reply = await visitor.post(name, data, **headers)
        statuses[str(status)] += 1
        if status >= 500 or status not in (200, 400, 413, 415, 422):
            failed.append(f"{status} {name} {data[:200]!r} {reply[:200]!r}")
    return {
        "statuses": statuses,
        "failed": failed[:5],
        "wrong": app.WRONG[:5],
        "changed": [name for name, was in seen.items() if _classes(app).get(name) != was],
        "grown": (_memory() - warm) // 1024,
    }


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _classes(app: Any) -> dict[str, Any]:
    """What a polluted class, module or environment would show."""
    import builtins  # noqa: PLC0415
    import os  # noqa: PLC0415

    from wasmrx.state import State  # noqa: PLC0415

    homes = [app.Calls, app.Item, app.Offer, app.Size, State, object, dict, builtins, app, os]
    found = {repr(home): {k: id(v) for k, v in vars(home).items()} for home in homes}
    for name in ("WRONG", "RUNS", "__warningregistry__"):
        found[repr(app)].pop(name, None)
    return {**found, "environ": dict(os.environ), "path": list(sys.path), "spent": _is_spent()}


def _is_spent() -> bool:
    """Tell whether text of a body has run: each of them makes this file."""
    return Path(tempfile.gettempdir(), "wasmrx-hostile-ran").exists()


async def tampered(visitor: Visitor, count: int, rng: random.Random) -> dict[str, Any]:
    """Two users at once, with messages that claim what a page may not say."""
    users = {name: Visitor(visitor.backend, _Table(visitor.ids)) for name in ("ann", "bob")}
    wanted: dict[str, list[str]] = {name: [] for name in users}
    wrong: list[str] = []
    statuses: Counter[str] = Counter()
    keys: dict[str, str] = {}

    async def one(name: str, number: int) -> None:
        user, other = users[name], "bob" if name == "ann" else "ann"
        word = f"{name}{number}"
        if len(wanted[name]) > 40:
            user.cookie = ""
            wanted[name].clear()
        if rng.random() < 0.3 or not user.cookie:
            key = secrets.token_hex(16)
            data = _call({"name": word}, {"number": number})
            status, reply = await user.post("add", data, idempotency_key=key)
            keys[name] = key
            wanted[name].append(word)
            said = f"{len(wanted[name])} {','.join(wanted[name])} {number}"
            line = json.loads(reply)
            if status != 200 or line.get("delta") != {"app.Calls": {"shown": said}}:
                wrong.append(f"{word}: {status} {reply[:300]!r}, not {said!r}")
        else:
            data, headers, is_good = _tampering(rng, word, number, users[other].cookie, user.cookie)
            if rng.random() < 0.1 and other in keys:
                headers = {"idempotency_key": keys[other]}
                data, is_good = _call({"name": word}, {"number": 1}), False
            before = user.cookie
            status, reply = await user.post("add", data, **headers)
            user.cookie = before  # What a stranger's call made is none of this user's.
            if (status == 200) is not is_good or status >= 500:
                wrong.append(f"{word}: {status} {data[:200]!r} {headers} {reply[:200]!r}")
            elif is_good and json.loads(reply)["delta"] != {
                "app.Calls": {"shown": f"1 {word} {number}"}
            }:
                wrong.append(f"{word} as a stranger: {reply[:300]!r}")
        statuses[str(status)] += 1

    for number in range(count // 2):
        await asyncio.gather(one("ann", number), one("bob", number))
    return {"statuses": statuses, "wrong": wrong[:5]}


class _Table:
    """The handlers of a table, by what ``Visitor`` takes of them."""

    def __init__(self, ids: dict[str, str]) -> None:
        self.handlers = {id: _Named(name) for name, id in ids.items()}


class _Named:
    def __init__(self, name: str) -> None:
        self.handler = self
        self.attr = name


def _call(args: Any, reads: Any) -> bytes:
    return json.dumps({"args": args, "reads": {"app.Calls": reads}}).encode()


NAMES = (
    "_count basket shown ran untouched items __class__ __wx_values__ __dict__ is_hydrated router "
    "app.Calls._count _count.__class__ basket.0 Calls.basket set_number constructor __proto__"
).split()
"""What ``add`` does not read: the server's own vars, other vars, and what is none."""


def _tampering(
    rng: random.Random, word: str, number: int, others: str, own: str
) -> tuple[bytes, dict[str, str], bool]:
    """Return a message, its headers, and whether it is one that a new visitor may send."""
    value = rng.choice([0, 99, "bob1", ["bob1"], {"_count": 5}, None, True])
    args: dict[str, Any] = {"name": word}
    reads: dict[str, Any] = {"number": number}
    match rng.randrange(7):
        case 0:
            reads[rng.choice(NAMES)] = value
        case 1:
            args[rng.choice([*NAMES, "self", "state", "session", "user"])] = value
        case 2:
            data = {"args": args, "reads": {"app.Calls": reads, rng.choice(NAMES): {"a": value}}}
            return json.dumps(data).encode(), {}, False
        case 3:
            data = {"args": args, "reads": {"app.Calls": reads}, rng.choice(NAMES): value}
            return json.dumps(data).encode(), {}, False
        case 4:
            reads["number"] = rng.choice(["1", 1.5, None, [1], {"a": 1}, True, 10**400])
        case 5:
            state = rng.choice(["wasmrx.State", "app.Other", "app.Calls ", "app.calls", ""])
            return json.dumps({"args": args, "reads": {state: reads}}).encode(), {}, False
        case _:
            return _call(args, reads), {"cookie": _forged(rng, others, own)}, True
    return _call(args, reads), {}, False


def _forged(rng: random.Random, others: str, own: str) -> str:
    """Return a cookie that this server has not signed; it makes its sender a new visitor."""
    name, _, mine = own.partition("=")
    theirs = others.partition("=")[2] or mine
    at = rng.randrange(len(mine) - 1)
    mixed = f"{theirs.partition('.')[0]}.{mine.partition('.')[2]}"
    changed = mine[:at] + ("A" if mine[at] != "A" else "B") + mine[at + 1 :]
    values = ["", "x", changed, mine[: at or 1], theirs.partition(".")[0]]
    if theirs != mine:
        values.append(mixed)
    return f"{name}={rng.choice(values)}"


@asynccontextmanager
async def alive(backend: Any) -> AsyncGenerator[None]:
    """Start and end an ASGI application as a server does."""
    told: asyncio.Queue[Any] = asyncio.Queue()
    heard: asyncio.Queue[Any] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    running = asyncio.ensure_future(backend(scope, told.get, heard.put))
    for what in ("startup", "shutdown"):
        told.put_nowait({"type": f"lifespan.{what}"})
        assert (await heard.get())["type"] == f"lifespan.{what}.complete"
        if what == "startup":
            yield
    await running


async def main(
    work: Callable[[Visitor, int, random.Random], Awaitable[dict[str, Any]]], count: int, seed: str
) -> None:
    """Run one of the works against the backend of ``hostile_app``."""
    from wasmrx.dev_server.backend import Settings, create  # noqa: PLC0415
    from wasmrx.dev_server.project import find_project  # noqa: PLC0415
    from wasmrx.wasm.server_table import server_table  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        backend = create(Settings(find_project(APP), Path(folder) / "data.sqlite"))
        async with alive(backend):
            visitor = Visitor(backend, server_table())
            found = await work(visitor, count, random.Random(seed))
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(
        main({"bodies": bodies, "tampered": tampered}[sys.argv[1]], int(sys.argv[2]), sys.argv[3])
    )
