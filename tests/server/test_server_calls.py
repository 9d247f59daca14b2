"""Calls over HTTP to a backend that runs for real: what is answered, and what is refused."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from backends import Backend, Reply, Visitor, reply_of
from visits import until

ROW = {"name": "x", "size": "s", "price": 1.5}
TYPED = {"number": 3, "item": ROW, "sizes": ["l"], "when": "2020-01-01T00:00:00"}


# -- answers -----------------------------------------------------------------------------------


def test_an_answer(visitor: Visitor) -> None:
    reply = visitor.call("echo", value="hello")
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/x-ndjson"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.updates == [
        {"id": 0, "final": True, "delta": {"app.Calls": {"text": "hello"}}},
    ]
    assert "set-cookie" not in reply.headers


def test_values_have_their_declared_types(visitor: Visitor) -> None:
    assert visitor.call("typed", **TYPED).vars == {"text": "int Item Size datetime NoneType"}
    converted = visitor.call("typed", **{**TYPED, "number": "3", "more": {"a": "1"}})
    assert converted.vars == {"text": "int Item Size datetime dict"}


def test_only_what_changed_comes_back(visitor: Visitor) -> None:
    reply = visitor.call("add", reads={"items": [ROW]}, name="new")
    assert reply.vars == {"items": [ROW, {"name": "new", "size": "s", "price": 0.0}], "number": 2}


def test_a_generator_streams(visitor: Visitor) -> None:
    assert [u.get("delta") for u in visitor.call("steps", count=3).updates] == [
        {"app.Calls": {"number": 0}},
        {"app.Calls": {"number": 1}},
        {"app.Calls": {"number": 2}},
        None,
    ]
    reply = visitor.call("stream", reads={"text": ""}, count=2)
    assert [each["final"] for each in reply.updates] == [False] * 4 + [True]
    assert reply.updates[2]["actions"][0]["name"] == "toast"
    chained = {"handler": "app.Calls.note", "payload": {"text": "chained"}}
    assert reply.updates[3]["events"] == [chained]


def test_odd_floats(visitor: Visitor) -> None:
    (update,) = visitor.call("infinite").updates
    assert update["special"] == [["app.Calls", "odd", "inf"]]


def test_an_undeclared_var_is_neither_read_nor_changed(visitor: Visitor) -> None:
    for handler in ("reads_more", "writes_more"):
        reply = visitor.call(handler, reads={"text": "a"})
        assert (reply.status, reply.code) == (500, "failed")
    assert "which was not sent along" in visitor.backend.log.read_text()
    assert "which it does not declare" in visitor.backend.log.read_text()


# -- S1: only declared handlers --------------------------------------------------------------------

NAMES = (
    "__init__ __class__ __globals__ __import__ constructor prototype eval exec os.system "
    "app.Calls.echo Calls.echo echo note app.Calls.note _seen basket set_text app app.py .. "
    "../call %2e%2e %00 wasmrx.State.is_hydrated есho ｅcho eсho echo\u200b"
).split()


UNMARKED = """
import importlib, json, sys
from contextlib import suppress
sys.path.insert(0, sys.argv[1])
importlib.import_module("app")
from wasmrx.errors import ServerHandlerError
from wasmrx.registry import all_handlers
from wasmrx.remote import Options
from wasmrx.wasm.server_table import _server_handler, digest
found = []
for handler in all_handlers():
    if not isinstance(handler.server, Options):
        found.append(digest(handler.name))
        with suppress(ServerHandlerError):
            found.append(_server_handler(handler, Options(), digest).id)
print(json.dumps(found))
"""
"""Prints the ids that handlers of the browser would have if they were marked for the server."""


def unmarked(app: Path) -> set[str]:
    command = [sys.executable, "-c", UNMARKED, str(app)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def hostile(ids: dict[str, str]) -> set[str]:
    found = {f"{a}{sep}{b}" for a, b in itertools.product(NAMES, NAMES) for sep in ".:/_-"}
    found |= {f"{name}{i}" for name in NAMES for i in range(40)}
    for id in ids.values():
        found |= {id.upper(), id[:-1], id + "0", " " + id, id + "\u200b", id + ".x", f"{id}%00"}
        for i, digit in itertools.product(range(32), "0f"):
            found.add(id[:i] + digit + id[i + 1 :])
    return {name for name in found if name not in ids.values()}


def runs(client: httpx.Client) -> float:
    """How many calls have run to their end, of any handler."""
    lines = client.get("/_wasmrx/metrics").text.splitlines()
    told = [each for each in lines if each.startswith("wasmrx_calls_total{") and '"ok"' in each]
    return sum(float(each.rpartition(" ")[2]) for each in told)


def test_no_other_name_runs(visitor: Visitor, backend_app: Path) -> None:
    others = unmarked(backend_app)
    assert len(others) >= 4 and all(re.fullmatch("[0-9a-f]{32}", each) for each in others)
    names = sorted(hostile(visitor.backend.ids) | others)
    assert len(names) >= 5000
    with httpx.Client(base_url=visitor.backend.origin, trust_env=False) as client:
        assert visitor.call("runs", name="any").status == 200
        before = runs(client)
        assert before >= 1
        for name in names:
            path = f"/_wasmrx/call/{httpx.QueryParams({'n': name}).__str__()[2:]}"
            body = '{"args": {}, "reads": {}}'
            answer = client.post(path, content=body, headers=visitor.headers())
            if answer.status_code == 429:
                raise AssertionError("The test is limited; raise the rate of its app.")
            assert answer.status_code in (404, 409), (name, answer.status_code, answer.text)
        assert runs(client) == before


# -- S2, S3: the body ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json"),
        (b"{", 400, "json"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'{"args": {}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": 1}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": null}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": ["a"]}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": "a", "more": 1}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": "a", "self": 1}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": "a"}, "reads": {}, "more": 1}', 422, "invalid"),
        (b'{"args": {"value": "a"}, "reads": {"app.Calls": {"text": "x"}}}', 422, "invalid"),
        (b'{"args": {"value": "a"}, "reads": {"__class__": {}}}', 422, "invalid"),
        (b'{"args": {"value": "a", "value": "b"}, "reads": {}}', 400, "json"),
        (b'{"args": {"value": "\xff"}, "reads": {}}', 400, "json"),
        (b'{"args": {"value": "\\ud800"}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": "a"}, "reads": {}} x', 400, "json"),
        (b'{"args": {"value": NaN}, "reads": {}}', 400, "json"),
        (b'{"args": {"value": Infinity}, "reads": {}}', 400, "json"),
        (b'{"args": {"value": 1e999}, "reads": {}}', 400, "json"),
        (b'{"args": {"value": ' + b"9" * 400 + b'}, "reads": {}}', 400, "json"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "json"),
        (b"[" * 40 + b"]" * 40, 400, "json"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400, "json"),
        (b"[" + b"1," * 60_000 + b"1]", 400, "json"),
        (b'{"args": {"value": "' + b"a" * 600_000 + b'"}, "reads": {}}', 400, "json"),
        (b"[" + b" " * 1_100_000 + b"]", 413, "large"),
        (b"\x80\x04\x95", 400, "json"),
        (b'{"args": {"value": {"py/object": "os.system"}}, "reads": {}}', 422, "invalid"),
        (b'{"args": {"value": {"__reduce__": ["os.system"]}}, "reads": {}}', 422, "invalid"),
    ],
)
def test_a_body_that_does_not_fit(visitor: Visitor, body: bytes, status: int, code: str) -> None:
    reply = visitor.post("echo", body)
    assert (reply.status, reply.code) == (status, code)


# -- S4: who may call ------------------------------------------------------------------------------


def test_the_matrix_of_who_may_call(backend: Backend) -> None:
    origins = [
        *(None, "null", "", "*", "https://evil.example", "http://localhost.evil.example"),
        *(backend.origin + "/", backend.origin.upper(), backend.origin.replace("http", "ftp")),
        *(backend.origin + ".evil.example", f"https://evil@{backend.origin[7:]}", backend.origin),
    ]
    kinds = [None, "text/plain", "application/x-www-form-urlencoded", "application/json"]
    kinds += ["multipart/form-data", "application/json; charset=latin-1", "text/json"]
    tables = [None, "", backend.table]
    cells = 0
    with httpx.Client(base_url=backend.origin, trust_env=False) as client:
        for origin, kind, table, method in itertools.product(
            origins, kinds, tables, ["POST", "GET", "PUT", "OPTIONS"]
        ):
            given_ = {"Origin": origin, "Content-Type": kind, "Wasmrx-Call": table}
            headers = {name: value for name, value in given_.items() if value is not None}
            headers["Idempotency-Key"] = f"{cells:032x}"
            body = '{"args": {"value": "x"}, "reads": {}}'
            path = f"/_wasmrx/call/{backend.ids['echo']}"
            answer = client.request(method, path, content=body, headers=headers)
            is_good = (origin, kind, table, method) == (
                backend.origin,
                "application/json",
                backend.table,
                "POST",
            )
            assert (answer.status_code == 200) is is_good, (origin, kind, table, method)
            assert "access-control-allow-origin" not in answer.headers
            cells += 1
    assert cells >= 300


@pytest.mark.parametrize(
    "more",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Content_Encoding": "gzip"},
        {"Host": "evil.example"},
        {"Idempotency_Key": "short"},
        {"Idempotency_Key": ""},
    ],
)
def test_other_headers_that_refuse(visitor: Visitor, more: dict[str, str]) -> None:
    reply = visitor.post("echo", '{"args": {"value": "x"}, "reads": {}}', **more)
    assert reply.status in (400, 403, 415)


# -- S6, S7: sessions and rights -------------------------------------------------------------------


def test_a_session_is_a_cookie_that_scripts_cannot_read(visitor: Visitor) -> None:
    first = visitor.call("visit")
    assert first.vars == {"number": 1}
    cookie = first.headers["set-cookie"]
    assert "; HttpOnly;" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert visitor.call("visit").vars == {"number": 2}


def test_visitors_do_not_meet(backend: Backend) -> None:
    with backend.visitor() as one, backend.visitor() as two:
        counts = [
            (one.call("visit").vars["number"], two.call("visit").vars["number"]) for _ in "123"
        ]
    assert counts == [(1, 1), (2, 2), (3, 3)]


def test_a_forged_cookie_is_no_session(backend: Backend, visitor: Visitor) -> None:
    visitor.call("login", name="ann")
    real = visitor.client.cookies["wasmrx_session"]
    assert visitor.call("for_ann").status == 200
    other_end = real[:-2] + ("B" if real[-2] == "A" else "A") + real[-1]  # Spare bits are last.
    for forged in (other_end, real.replace(".", "x.", 1), "ann", real.rpartition(".")[0]):
        with backend.visitor() as other:
            other.client.cookies.set("wasmrx_session", forged)
            assert other.call("for_ann").code == "login"


def test_login_gives_the_session_another_name(backend: Backend, visitor: Visitor) -> None:
    visitor.call("visit")
    before = visitor.client.cookies["wasmrx_session"]
    assert visitor.call("members").code == "login"
    visitor.call("login", name="bob")
    after = visitor.client.cookies["wasmrx_session"]
    assert before.partition(".")[0] != after.partition(".")[0]
    assert visitor.call("members").vars == {"text": "bob ['before']"}
    assert visitor.call("for_ann").code == "forbidden"
    with backend.visitor() as thief:
        thief.client.cookies.set("wasmrx_session", before)
        assert thief.call("members").code == "login"
    visitor.call("logout")
    with backend.visitor() as thief:
        thief.client.cookies.set("wasmrx_session", after)
        assert thief.call("members").code == "login"


def test_rights_are_asked_for_before_the_body_is_read(visitor: Visitor) -> None:
    assert visitor.post("for_ann", b"{" * 1000).code == "login"


# -- S8: once --------------------------------------------------------------------------------------


def test_a_key_runs_once(visitor: Visitor) -> None:
    key = "a" * 32
    replies = [visitor.call("once", key=key, name="again") for _ in range(3)]
    assert [each.vars for each in replies] == [{"number": 1}] * 3
    assert visitor.call("runs", name="again").vars == {"number": 1}
    assert visitor.call("once", key=key, name="else").code == "reused"


def test_a_key_that_runs_is_waited_for(visitor: Visitor) -> None:
    key = "b" * 32

    def one(_: int) -> Reply:
        body = json.dumps({"args": {"name": "both", "wait": 0.5}, "reads": {}})
        with httpx.Client(base_url=visitor.backend.origin, trust_env=False) as client:
            headers = visitor.headers(Idempotency_Key=key)
            return reply_of(client.post(visitor.path("once"), content=body, headers=headers))

    with ThreadPoolExecutor(5) as pool:
        replies = list(pool.map(one, range(5)))
    assert [each.vars for each in replies] == [{"number": 1}] * 5
    assert visitor.call("runs", name="both").vars == {"number": 1}


def test_the_key_of_another_visitor_is_no_key(backend: Backend, visitor: Visitor) -> None:
    visitor.call("visit")
    visitor.call("once", key="c" * 32, name="mine")
    with backend.visitor() as other:
        other.call("visit")
        assert other.call("once", key="c" * 32, name="mine").code == "reused"


def test_a_call_that_lost_its_page_is_answered_later(visitor: Visitor) -> None:
    """The page goes away while the handler runs; it asks again, and nothing runs twice."""
    key, body = "d" * 32, json.dumps({"args": {"name": "lost", "wait": 0.6}, "reads": {}})
    for patience in (0.05, 0.1, 0.2):
        with pytest.raises(httpx.TimeoutException):
            visitor.client.post(
                visitor.path("once"),
                content=body,
                headers=visitor.headers(Idempotency_Key=key),
                timeout=patience,
            )
    assert visitor.post("once", body, Idempotency_Key=key).vars == {"number": 1}
    assert visitor.call("runs", name="lost").vars == {"number": 1}


def test_a_handler_that_only_looks_has_no_key_to_keep(visitor: Visitor) -> None:
    numbers = [visitor.call("look", key="e" * 32, name="look").vars["number"] for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert visitor.call("look_and_login").code == "failed"
    assert "nobody logs in or out" in visitor.backend.log.read_text()


# -- S12, S13, S16: time and load ------------------------------------------------------------------


def test_a_page_that_goes_away_cancels(visitor: Visitor) -> None:
    body = json.dumps({"args": {"name": "gone"}, "reads": {}})
    with pytest.raises(httpx.TimeoutException):
        visitor.client.post(
            visitor.path("hang"), content=body, headers=visitor.headers(), timeout=0.3
        )
    until(lambda: visitor.call("was_cancelled", name="gone").vars == {"text": "True"})


def test_a_handler_that_takes_too_long_is_stopped(visitor: Visitor) -> None:
    reply = visitor.call("late")
    assert (reply.status, reply.code) == (504, "timeout")


def test_a_handler_that_blocks_keeps_nobody_waiting(visitor: Visitor, backend: Backend) -> None:
    blocked = threading.Thread(target=lambda: visitor.call("block", seconds=3.0))
    blocked.start()
    with backend.visitor() as other:
        assert other.call("echo", value="meanwhile").status == 200
        assert blocked.is_alive()
    blocked.join()


def test_a_rate_of_a_handler(visitor: Visitor) -> None:
    visitor.call("visit")  # A session of its own.
    replies = [visitor.call("rare") for _ in range(4)]
    assert [each.status for each in replies] == [200, 200, 200, 429]
    assert int(replies[-1].headers["retry-after"]) >= 1


def test_more_calls_than_one_visitor_may_have(visitor: Visitor) -> None:
    def one(i: int) -> Reply:
        with visitor.backend.visitor() as own:
            return own.call("block", seconds=2.5)

    with ThreadPoolExecutor(24) as pool:
        replies = list(pool.map(one, range(24)))
    statuses = sorted(each.status for each in replies)
    assert set(statuses) == {200, 503} and statuses.count(200) >= 16
    shed = next(each for each in replies if each.status == 503)
    assert shed.headers["retry-after"] == "1" and shed.code == "busy"
    assert visitor.call("echo", value="again").status == 200


# -- S10, S15: errors ------------------------------------------------------------------------------


def test_a_page_of_another_build_is_told_so(visitor: Visitor) -> None:
    gone = "0" * 32
    assert visitor.post(gone, "{}").code == "unknown"
    assert visitor.post(gone, "{}", Wasmrx_Call="f" * 32).code == "outdated"
    body = '{"args": {"value": "still"}, "reads": {}}'
    assert visitor.post("echo", body, Wasmrx_Call="f" * 32).vars == {"text": "still"}


def test_an_error_has_a_number_and_no_inside(visitor: Visitor) -> None:
    reply = visitor.call("fail")
    assert (reply.status, reply.code) == (500, "failed")
    assert "secret" not in json.dumps(reply.updates)
    number = reply.updates[-1]["error"]["id"]
    log = visitor.backend.log.read_text()
    assert number in log and "ValueError: the secret inside" in log
