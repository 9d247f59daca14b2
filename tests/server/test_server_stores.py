"""What every store promises, of SQLite and of a Redis that runs for real."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wasmrx.dev_server.rpc_redis import RedisStore
from wasmrx.dev_server.rpc_sqlite import SqliteStore
from wasmrx.dev_server.rpc_store import Claim, Finish, Run, Saved, Store, StoreError

Made = Callable[[], Store]


@pytest.fixture(params=["SQLite", "Redis"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Makes stores that share what they keep, as processes do."""
    if request.param == "SQLite":
        return lambda: SqliteStore(tmp_path / "data.sqlite")
    url: str = request.getfixturevalue("redis")
    return lambda: RedisStore(url, space=tmp_path.name)


async def claimed(store: Store, key: str, session: str = "", lease: float = 60.0) -> Claim:
    return await store.claim(key, "digest", session, lease, 600.0)


async def answered(store: Store, key: str, reply: bytes = b"reply", seconds: float = 600.0) -> None:
    run = (await store.claim(key, "digest", "", 60.0, seconds)).run
    assert await store.finish(Finish(key, run, reply)) == "kept"


async def with_session(store: Store, name: str, user: str | None = None, **vars: str) -> None:
    key = secrets.token_hex(16)
    run = (await claimed(store, key)).run
    end = Finish(key, run, b"", session=name, is_new=True, user=user, vars=vars)
    assert await store.finish(end) == "kept"


# -- calls -----------------------------------------------------------------------------------------


async def test_a_call_is_taken_once_and_its_reply_given_again(made: Made) -> None:
    one, two = made(), made()
    first = await claimed(one, "k")
    assert first.state == "new"
    assert (await claimed(two, "k")).state == "running"
    assert await one.finish(Finish("k", first.run, b"reply")) == "kept"
    assert await claimed(two, "k") == Claim("done", b"reply")
    assert (await two.claim("k", "other digest", "", 60.0, 600.0)).state == "other"
    assert (await claimed(two, "k", session="of another visitor")).state == "other"


async def test_many_ask_at_the_same_time_and_one_gets_it(made: Made) -> None:
    stores = [made(), made()]
    asked = [claimed(stores[i % 2], f"k{i % 10}") for i in range(100)]
    states = [claim.state for claim in await asyncio.gather(*asked)]
    assert states.count("new") == 10 and states.count("running") == 90


async def test_a_run_that_was_overtaken_counts_no_more(made: Made) -> None:
    store = made()
    first = await claimed(store, "k", lease=-1.0)
    second = await claimed(store, "k")
    assert (first.state, second.state) == ("new", "stale")
    await store.beat([Run("k", first.run)], -1.0)
    assert (await claimed(store, "k")).state == "running"
    late = Finish("k", first.run, b"late", "s", is_new=True, user="ann")
    assert await store.finish(late) == "overtaken"
    assert await store.load("s") is None
    assert await store.finish(Finish("k", second.run, b"right")) == "kept"
    assert (await claimed(store, "k")).reply == b"right"


async def test_a_run_that_says_that_it_goes_on_is_not_gone(made: Made) -> None:
    store = made()
    run = (await claimed(store, "k", lease=-1.0)).run
    await store.beat([Run("k", run)], 60.0)
    assert (await claimed(store, "k")).state == "running"


async def test_a_reply_that_nobody_waits_for_is_kept_all_the_same(made: Made) -> None:
    one, two = made(), made()
    run = (await claimed(one, "k")).run
    one.finish_soon(Finish("k", run, b"reply"))
    end = time.monotonic() + 20
    while (claim := await claimed(two, "k")).state == "running":
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    assert claim.reply == b"reply"
    run = (await claimed(one, "last")).run
    one.finish_soon(Finish("last", run, b"reply"))
    await one.close()
    assert (await claimed(two, "last")).state == "done"


async def test_replies_are_forgotten_in_time(made: Made) -> None:
    store = made()
    await answered(store, "long", seconds=600.0)
    await answered(store, "short", seconds=0.05)
    end = time.monotonic() + 20
    while (await claimed(forgetful(store), "short")).state == "done":
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    assert (await claimed(store, "long")).state == "done"


def forgetful(store: Store) -> Store:
    """The store, which looks for what is old when it is next asked."""
    if isinstance(store, SqliteStore):
        store._swept = 0.0
    return store


# -- sessions --------------------------------------------------------------------------------------


async def test_a_session_is_kept_with_its_vars(made: Made) -> None:
    one, two = made(), made()
    assert await one.load("s") is None
    await with_session(one, "s", "ann", **{"app.S.a": "1", "app.S.ü": '"ü"'})
    await with_session(one, "nobody")
    assert await two.load("s") == Saved("ann", {"app.S.a": "1", "app.S.ü": '"ü"'})
    assert await two.load("nobody") == Saved(None, {})
    run = (await claimed(two, "k", "s")).run
    end = Finish("k", run, b"", session="s", user="not asked for", vars={"app.S.a": "2"})
    assert await two.finish(end) == "kept"
    assert await one.load("s") == Saved("ann", {"app.S.a": "2", "app.S.ü": '"ü"'})


@pytest.mark.parametrize("is_dropped", [False, True])
async def test_a_session_gets_another_name(made: Made, is_dropped: bool) -> None:
    store = made()
    await with_session(store, "before", None, a="1")
    run = (await claimed(store, "k", "before")).run
    end = Finish(
        "k",
        run,
        None,
        "before",
        user="ann",
        renamed="after",
        is_dropped=is_dropped,
        vars={"b": "2"},
    )
    assert await store.finish(end) == "kept"
    assert await store.load("before") is None
    kept = {"b": "2"} if is_dropped else {"a": "1", "b": "2"}
    assert await store.load("after") == Saved("ann", kept)
    assert (await claimed(store, "k", "before")).state == "running"
    assert await store.finish(Finish("k", run, b"reply", "after", vars={"b": "3"})) == "kept"
    for session in ("before", "after"):
        assert await claimed(store, "k", session) == Claim("done", b"reply", "after")
    assert await store.load("after") == Saved("ann", {**kept, "b": "3"})


async def test_a_session_that_has_ended_stays_so(made: Made) -> None:
    store = made()
    await with_session(store, "s", "ann", a="1")
    late = (await claimed(store, "late", "s")).run
    later = (await claimed(store, "later", "s")).run
    run = (await claimed(store, "k", "s")).run
    assert await store.finish(Finish("k", run, b"", "s", renamed="t", is_dropped=True)) == "kept"
    assert await store.finish(Finish("late", late, b"x", "s", vars={"a": "2"})) == "ended"
    again = Finish("later", later, b"x", "s", user="eve", renamed="u")
    assert await store.finish(again) == "ended"
    assert [await store.load(name) for name in "stu"] == [None, Saved(None, {}), None]
    assert await claimed(store, "late", "s") == Claim("done", b"x", "")


async def test_a_session_is_for_one_call_at_a_time(made: Made) -> None:
    one, two = made(), made()
    run = (await claimed(one, "k")).run
    assert await one.lock("s", run, 60.0)
    assert await one.lock("s", run, 60.0)
    assert not await two.lock("s", "another", 60.0)
    assert await two.lock("t", "another", -1.0)
    assert await one.lock("t", run, -1.0)
    await one.beat([Run("k", run, "t")], 60.0)
    assert not await two.lock("t", "another", 60.0)
    assert await one.finish(Finish("k", run, b"", locked="s")) == "kept"
    assert await two.lock("s", "another", 60.0)
    assert not await two.lock("t", "another", 60.0)


async def test_processes_share_one_secret(made: Made) -> None:
    assert made().secret() == made().secret()
    assert len(made().secret()) == 32


# -- Redis -----------------------------------------------------------------------------------------


async def test_a_redis_that_is_not_there_is_said_so() -> None:
    store = RedisStore("redis://127.0.0.1:1/0")
    with pytest.raises(StoreError):
        store.secret()
    for asked in (store.ping(), store.load("s"), claimed(store, "k")):
        with pytest.raises(StoreError):
            await asked


async def test_a_script_whose_answer_was_lost_says_the_same_again(redis: str) -> None:
    store = RedisStore(redis, space="lost")
    await with_session(store, "s", "ann")
    client, sent = store._redis, []
    run = client.execute_command

    async def twice(*command: Any, **options: Any) -> Any:
        sent.append(await run(*command, **options))
        sent.append(await run(*command, **options))
        return sent[-1]

    client.execute_command = twice
    claim = await claimed(store, "k", "s")
    assert claim.state == "new"
    end = Finish("k", claim.run, b"reply", "s", user="bob", renamed="t", vars={"a": "1"})
    assert await store.finish(end) == "kept"
    assert await store.load("t") == Saved("bob", {"a": "1"})
    assert len(sent) == 6 and sent[::2] == sent[1::2]


# -- SQLite ----------------------------------------------------------------------------------------


async def test_a_file_does_not_grow_without_end() -> None:
    store = SqliteStore(":memory:", most=400_000)
    for i in range(100):
        forgetful(store)
        await answered(store, str(i), bytes(10_000), seconds=600.0 + i)
    states = [(await claimed(store, str(i))).state for i in (99, 80, 20, 0)]
    assert states == ["done", "done", "new", "new"]


async def test_a_file_of_another_version_keeps_its_sessions(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "data.sqlite")
    secret = store.secret()
    await with_session(store, "s", "ann")
    await answered(store, "k")
    store._database.execute("alter table calls drop column reply")
    store._database.execute("pragma user_version=1")
    await store.close()
    again = SqliteStore(tmp_path / "data.sqlite")
    assert again.secret() == secret
    assert await again.load("s") == Saved("ann", {})
    assert (await claimed(again, "k")).state == "new"


async def test_a_write_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "data.sqlite")
    too_large: object = 1 << 80  # No number of SQLite's.
    bad = store.claim("bad", too_large, "", 60.0, 600.0)  # type: ignore[arg-type]  # pyright: ignore
    done = await asyncio.gather(
        claimed(store, "a"), bad, claimed(store, "b"), return_exceptions=True
    )
    assert isinstance(done[1], StoreError)
    states = [(await claimed(store, key)).state for key in ("a", "b", "bad")]
    assert states == ["running", "running", "new"]


async def test_a_file_that_another_process_writes_to_is_waited_for(tmp_path: Path) -> None:
    one, two = (SqliteStore(tmp_path / "data.sqlite") for _ in "12")
    one._database.execute("begin immediate")
    asked = [asyncio.create_task(claimed(two, f"k{i}")) for i in range(3)]
    await asyncio.wait(asked, timeout=0.1)
    assert not any(each.done() for each in asked)
    one._database.execute("rollback")
    assert [claim.state for claim in await asyncio.gather(*asked)] == ["new"] * 3
