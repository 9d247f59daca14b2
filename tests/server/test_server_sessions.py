"""What calls do to sessions: at the same time as others, when they fail, when they are repeated."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from wasmrx.dev_server.rpc import Endpoint, Rules, _Answer, _UnreadError
from wasmrx.dev_server.rpc_clock import Clock
from wasmrx.dev_server.rpc_limits import bucket
from wasmrx.dev_server.rpc_session import COOKIE, RENEWED, Cookies
from wasmrx.dev_server.rpc_sqlite import SqliteStore
from wasmrx.wasm.server_table import ServerTable

from backends import Backend, Reply, Visitor, running_backend
from visits import run, until


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of ``tests/server/sessions_app``."""
    data = tmp_path_factory.mktemp("sessions") / "data.sqlite"
    with running_backend(Path(__file__).parent / "sessions_app", data) as running:
        yield running


def text(reply: Reply) -> str:
    return reply.vars["text"]


def live(visitor: Visitor) -> tuple[int, int]:
    """How many handlers are at work, and how many were at most."""
    replies: list[Reply] = []

    def ask() -> bool:
        replies.append(visitor.call("live"))
        return replies[-1].status != 503

    until(ask)
    now, most = text(replies[-1]).split()
    return int(now), int(most)


def with_cookie(visitor: Visitor, cookie: str) -> None:
    visitor.client.cookies.clear()
    if cookie:
        visitor.client.cookies.set(COOKIE, cookie)


# -- while another call runs -----------------------------------------------------------------------


@pytest.mark.parametrize("handler", ["slow", "slow_visit"])
def test_a_call_in_flight_does_not_undo_a_logout(visitor: Visitor, handler: str) -> None:
    visitor.call("login", name="ann")
    visitor.call("visit")
    ann = visitor.client.cookies[COOKIE]
    with visitor.backend.visitor() as other, ThreadPoolExecutor(1) as pool:
        with_cookie(other, ann)
        late = pool.submit(other.call, handler, seconds=1.0)
        until(lambda: live(visitor)[0] == 1)
        assert visitor.call("logout").status == 200
        assert late.result().headers.get("set-cookie") is None
        with_cookie(other, ann)
        assert text(other.call("who")) == "None"
    assert text(visitor.call("visit")) == "1 None"


def test_a_session_in_use_is_not_told_again(visitor: Visitor) -> None:
    assert "set-cookie" in visitor.call("visit").headers
    assert "set-cookie" not in visitor.call("visit").headers
    assert "set-cookie" not in visitor.call("who").headers


def test_a_login_in_a_stream_goes_ahead_of_it(visitor: Visitor) -> None:
    visitor.call("visit")
    before = visitor.client.cookies[COOKIE]
    assert visitor.call("stream_login", name="ann", seconds=0.0).vars == {"text": "ended"}
    assert visitor.client.cookies[COOKIE] != before
    assert text(visitor.call("visit")) == "3 ann"


def test_a_logout_ends_the_session_of_a_stream(visitor: Visitor) -> None:
    with visitor.backend.visitor() as other:
        body = json.dumps({"args": {"name": "ann", "seconds": 1.0}, "reads": {}})
        path = visitor.path("stream_login")
        with visitor.client.stream(
            "POST", path, content=body, headers=visitor.headers()
        ) as streamed:
            ann = streamed.headers["set-cookie"].partition("=")[2].partition(";")[0]
            with_cookie(other, ann)
            assert text(other.call("who")) == "ann"
            other.call("logout")
            streamed.read()
        with_cookie(other, ann)
        assert text(other.call("who")) == "None"


# -- failures --------------------------------------------------------------------------------------


def test_a_handler_that_fails_logs_nobody_in(visitor: Visitor) -> None:
    key = secrets.token_hex(16)
    for _ in range(2):
        reply = visitor.call("login_and_fail", key=key, name="admin")
        assert "set-cookie" not in reply.headers and reply.code == "failed"
    visitor.call("visit")
    assert visitor.call("login_and_fail", name="admin").code == "failed"
    assert text(visitor.call("visit")) == "2 None"


@pytest.mark.parametrize("handler", ["login_by_uuid", "exits", "exits_in_loop", "group"])
def test_whatever_a_handler_raises_is_answered(visitor: Visitor, handler: str) -> None:
    reply = visitor.call(handler)
    assert (reply.status, reply.code) == (500, "failed")
    assert reply.updates[-1]["error"]["id"] in visitor.backend.log.read_text()
    assert visitor.call("who").status == 200
    assert visitor.backend.process.poll() is None


# -- other users and other visitors ----------------------------------------------------------------


def test_the_vars_of_one_user_are_not_those_of_the_next(visitor: Visitor) -> None:
    visitor.call("visit")
    visitor.call("login", name="ann")
    assert text(visitor.call("visit")) == "2 ann"
    visitor.call("login", name="ann")
    assert text(visitor.call("visit")) == "3 ann"
    visitor.call("login", name="bob")
    assert text(visitor.call("visit")) == "1 bob"
    visitor.call("logout")
    assert text(visitor.call("visit")) == "1 None"
    visitor.call("logout_and_count")
    assert text(visitor.call("visit")) == "2 None"


def test_a_key_without_its_cookie_buys_no_session(visitor: Visitor) -> None:
    key = secrets.token_hex(16)
    visitor.call("login", name="ann")
    visitor.call("visit", key=key)
    with visitor.backend.visitor() as thief:
        reply = thief.call("visit", key=key)
        assert reply.code == "reused" and "set-cookie" not in reply.headers
    assert text(visitor.call("visit", key=key)) == "1 ann"


def test_a_first_answer_that_was_lost_is_given_again(visitor: Visitor) -> None:
    key = secrets.token_hex(16)
    visitor.call("login", key=key, name="ann")
    after = visitor.client.cookies[COOKIE]
    with_cookie(visitor, "")
    visitor.call("login", key=key, name="ann")
    assert visitor.client.cookies[COOKIE].partition(".")[0] == after.partition(".")[0]
    before, key = visitor.client.cookies[COOKIE], secrets.token_hex(16)
    visitor.call("login", key=key, name="bob")
    with_cookie(visitor, before)
    visitor.call("login", key=key, name="bob")
    assert text(visitor.call("who")) == "bob"


# -- places ----------------------------------------------------------------------------------------

OF_ONE = 16


def test_a_call_has_its_place_until_its_work_has_ended(visitor: Visitor) -> None:
    """Pages that go away, and threads that are given up, make no room for more."""

    def leave(_: int) -> None:
        body = '{"args": {"seconds": 3.0}, "reads": {}}'
        with visitor.backend.visitor() as own, contextlib.suppress(httpx.TimeoutException):
            own.client.post(own.path("work"), content=body, headers=own.headers(), timeout=0.3)

    def block(_: int) -> None:
        with visitor.backend.visitor() as own:
            own.call("block", seconds=3.0)

    for call in (leave, block):
        until(lambda: live(visitor)[0] == 0)
        visitor.call("forget_live")
        for _ in range(2):
            with ThreadPoolExecutor(OF_ONE) as pool:
                list(pool.map(call, range(OF_ONE)))
        assert 0 < live(visitor)[1] <= OF_ONE
    until(lambda: live(visitor)[0] == 0)


def test_a_page_that_does_not_read_ends_its_call() -> None:
    async def answer() -> None:
        async def send(_: object) -> None:
            await asyncio.sleep(60)

        given = _Answer(send, [], Clock().limit(0.01, asyncio.current_task()))
        with pytest.raises(_UnreadError):
            await given.start(200, [])

    run(answer())


# -- other ways to the endpoint --------------------------------------------------------------------


@pytest.mark.parametrize("path", ["more/{id}", "/{id}", "{id}/", "{id}/{id}", "{id};more"])
def test_a_handler_has_one_path(visitor: Visitor, path: str) -> None:
    path = "/_wasmrx/call/" + path.format(id=visitor.backend.ids["who"])
    body = '{"args": {}, "reads": {}}'
    answer = visitor.client.post(path, content=body, headers=visitor.headers())
    assert answer.status_code == 404


def test_a_websocket_is_refused() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    endpoint = Endpoint(ServerTable({}, "name"), SqliteStore(":memory:"), Rules())
    run(endpoint({"type": "websocket", "path": "/x", "headers": []}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


# -- what does not fit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ('{"item": {"price": "NaN"}, "offer": {}}', " args.item: finite_number."),
        ('{"item": {}, "offer": {"price": "inf"}}', ""),
        ('{"item": {}, "offer": {"price": "1e999"}}', ""),
        ('{"item": {}, "offer": {"price": 7}}', " args.offer: value_error."),
        ('{"item": {}, "offer": {"price": 8}}', ""),
        ('{"item": {}, "offer": {}, "mode": "x"}', " args.mode: literal_error."),
        ('{"item": {"cost": 1}, "offer": {}}', " args.item: unexpected_keyword_argument."),
        ('{"item": {}, "offer": {}, "sent": 1}', " args: extra_forbidden."),
    ],
)
def test_a_misfit_says_nothing_of_the_inside(visitor: Visitor, args: str, message: str) -> None:
    reply = visitor.post("offer", f'{{"args": {args}, "reads": {{}}}}')
    error = reply.updates[-1]["error"]
    assert reply.status == 422
    assert error["message"] == f"The call does not fit what the handler takes.{message}"
    assert error["id"] in visitor.backend.log.read_text()


@pytest.mark.parametrize("price", ['"1.5"', '"NaN"', "true", "null"])
def test_vars_are_taken_as_they_are(visitor: Visitor, price: str) -> None:
    good = visitor.call("total", reads={"items": [{"price": 1.5}, {"price": 2}]})
    assert text(good) == "3.5"
    body = f'{{"args": {{}}, "reads": {{"app.Calls": {{"items": [{{"price": {price}}}]}}}}}}'
    assert visitor.post("total", body).code == "invalid"


# -- rates -----------------------------------------------------------------------------------------


def test_a_new_session_is_no_new_rate(backend: Backend) -> None:
    statuses: list[int] = []
    for _ in range(5):
        with backend.visitor() as visitor:
            visitor.call("visit")
            statuses.append(visitor.call("rare").status)
    assert statuses == [200, 200, 200, 429, 429]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_what_an_address_is_counted_under(address: str, counted: str) -> None:
    assert bucket(address) == counted


# -- the cookie ------------------------------------------------------------------------------------


def test_a_cookie_over_tls_is_one_that_no_other_host_sets() -> None:
    cookies = Cookies(b"secret")
    header = cookies.header("name", is_plain=False).decode()
    assert header.startswith(f"__Host-{COOKIE}=") and "; Secure;" in header
    value = header.partition(";")[0]
    assert cookies.read(value, is_plain=False).session == "name"
    assert cookies.read(value.removeprefix("__Host-"), is_plain=False).session == ""


def test_an_old_cookie_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = Cookies(b"secret")
    value = cookies.header("name", is_plain=True).decode().partition(";")[0]
    assert not cookies.read(value, is_plain=True).is_due
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + RENEWED + 5)
    assert cookies.read(value, is_plain=True).is_due
