"""The worker in a real Chromium: boot, its failures, what an interpreter finds on waking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from wasm_stage import Message, Stage, boot, mount, opened

from hosting import Fault, Host

PROBE = """
import os, random, secrets, sys, time, uuid
from pathlib import Path
from typing import Any

import wasmrx as rx

class Probe(rx.State):
    value: Any = None

    @rx.event
    def note(self, value: str):
        self.value = f"{self.value or ''} {value}"

    @rx.event
    def ambient(self):
        self.value = {
            "random": random.random(),
            "uuid": str(uuid.uuid4()),
            "urandom": os.urandom(8).hex(),
            "secret": secrets.token_hex(),
            "system": random.SystemRandom().random(),
            "time": time.time(),
            "tzname": list(time.tzname),
            "timezone": time.timezone,
            "local": time.strftime("%H:%M", time.localtime(0)),
            "hash": str(hash("wasmrx")),
            "environ": dict(os.environ),
            "cwd": os.getcwd(),
            "executable": sys.executable,
        }

    @rx.event
    def late(self, name: str):
        known = name in sys.modules
        self.value = [known, __import__(name).__name__]

    @rx.event
    def data(self):
        self.value = Path("prices.csv").read_text()

    @rx.event
    def show(self, text: str):
        print(text)

    @rx.event
    def boom_later(self):
        from js import setTimeout
        from pyodide.ffi import create_once_callable
        setTimeout(create_once_callable(boom), 0)

    @rx.event
    def break_python(self):
        import ctypes
        ctypes.string_at(0xFFFFFFF0, 8)

def boom():
    raise ValueError("late trouble")

app = rx.App()
"""
FILES = ("wasm", "asm", "app")


@pytest.fixture(scope="session")
def stage(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("stage")
    sources = {"app.py": PROBE, "prices.csv": "pear,3\n"}
    return mount(host, folder, "/stage/", sources)


def event(id: int, handler: str, **payload: Any) -> Message:
    location = {"href": "/", "path": "/", "route": "/", "params": {}, "query": {}}
    name = f"app.Probe.{handler}"
    return {"t": "event", "id": id, "handler": name, "payload": payload, "location": location}


def value(messages: list[Message], id: int) -> Any:
    """The var ``value`` as event ``id`` left it."""
    answer = next(m for m in messages if m.get("id") == id)
    return answer["delta"]["app.Probe"]["value"]


def until_answer(id: int) -> str:
    return f"(m) => m.t === 'failed' || (m.t === 'update' && m.id === {id})"


ANSWER = until_answer(1)
UNTIL_END = "(m) => ['ready', 'failed', 'worker error'].includes(m.t)"


def without_snapshot(stage: Stage) -> Stage:
    files = {key: name for key, name in stage.config["files"].items() if key != "snapshot"}
    return Stage(stage.base, stage.folder, {**stage.config, "files": files})


def test_messages_that_come_before_python_are_answered_in_order(
    page: Page, host: Host, stage: Stage
) -> None:
    events = [event(id, "note", value=str(id)) for id in (1, 2, 3)]
    messages = boot(opened(page, host, stage), stage, "app", *events, until=until_answer(3))
    answers = [m for m in messages if m["t"] != "progress"]
    assert [(m["t"], m.get("id")) for m in answers] == [
        ("ready", None),
        *(("update", id) for id in (1, 2, 3)),
    ]
    assert value(messages, 3) == " 1 2 3"


LATER = ("stdlib", "rest", "plain")
"""What comes after boot, and what another browser would start from."""


def test_progress_counts_bytes_up_to_the_sum_of_sizes(page: Page, host: Host, stage: Stage) -> None:
    messages = boot(opened(page, host, stage), stage, "app", until="(m) => m.t === 'ready'")
    progress = [m for m in messages if m["t"] == "progress"]
    assert [m["phase"] for m in progress[-2:]] == ["start", "import"]
    loaded = [m["loaded"] for m in progress[:-1]]
    assert loaded == sorted(loaded)
    sizes = stage.config["sizes"]
    assert loaded[-1] == sum(size for key, size in sizes.items() if key not in LATER)


def test_a_page_can_start_python_ahead_of_its_boot_message(
    page: Page, host: Host, stage: Stage
) -> None:
    opened(page, host, stage)
    note = event(1, "note", value="here")
    messages = boot(page, stage, "app", note, until=ANSWER, ahead=True)
    assert value(messages, 1) == " here"


def test_data_files_lie_in_the_working_folder(page: Page, host: Host, stage: Stage) -> None:
    messages = boot(opened(page, host, stage), stage, "app", event(1, "data"), until=ANSWER)
    assert value(messages, 1) == "pear,3\n"


def test_prints_go_to_the_console(page: Page, host: Host, stage: Stage) -> None:
    show = event(1, "show", text="hello from Python")
    there = opened(page, host, stage)
    with page.expect_console_message(
        lambda message: message.text == "hello from Python"
    ) as printed:
        boot(there, stage, "app", show, until=ANSWER)
    assert printed.value.type == "log"


@pytest.mark.parametrize("way", ["snapshot", "plain"])
def test_time_and_randomness_are_this_visits(
    browser: Browser, host: Host, stage: Stage, way: str
) -> None:
    context = browser.new_context(timezone_id="America/St_Johns")
    page = opened(context.new_page(), host, stage)
    chosen = stage if way == "snapshot" else without_snapshot(stage)
    found = [
        value(boot(page, chosen, "app", event(1, "ambient"), until=ANSWER), 1) for _ in range(2)
    ]
    now = page.evaluate("Date.now() / 1000")
    context.close()
    for name in ("random", "uuid", "urandom", "secret", "system"):
        assert found[0][name] != found[1][name]
    for ambient in found:
        assert abs(ambient["time"] - now) < 60
        assert (ambient["timezone"], ambient["local"]) == (12600, "20:30")
        assert ambient["tzname"] != ["UTC", "UTC"]
        assert ambient["cwd"] == "/app"
        assert ambient["environ"]["HOME"] == "/home/pyodide"


def test_both_ways_to_boot_give_the_same_interpreter(page: Page, host: Host, stage: Stage) -> None:
    opened(page, host, stage)
    restored, plain = (
        value(boot(page, each, "app", event(1, "ambient"), until=ANSWER), 1)
        for each in (stage, without_snapshot(stage))
    )
    for name in ("hash", "environ", "tzname", "executable"):
        assert restored[name] == plain[name]


def test_a_handler_can_import_what_is_not_in_the_snapshot(
    page: Page, host: Host, stage: Stage
) -> None:
    late = event(1, "late", name="sqlite3")
    messages = boot(opened(page, host, stage), stage, "app", late, until=ANSWER)
    assert value(messages, 1) == [False, "sqlite3"]
    kinds = [m["t"] for m in messages]
    assert "progress" not in kinds[kinds.index("ready") :]


def test_the_app_itself_can_import_what_is_not_in_the_snapshot(
    page: Page, host: Host, tmp_path: Path
) -> None:
    made = mount(host, tmp_path, "/late-import/", {"app.py": f"import sqlite3\n{PROBE}"})
    late = event(1, "late", name="sqlite3")
    messages = boot(opened(page, host, made), made, "app", late, until=ANSWER)
    assert value(messages, 1) == [True, "sqlite3"]


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("import json\n\nx = missing_name\n", "NameError: name 'missing_name' is not defined", 3),
        ("x = (1,\n", "SyntaxError: '(' was never closed", 1),
        ("import not_there\n", "ModuleNotFoundError: No module named 'not_there'", 1),
    ],
)
def test_an_app_that_cannot_be_imported_names_file_and_line(
    page: Page, host: Host, tmp_path: Path, source: str, what: str, line: int
) -> None:
    sources = {"shop/__init__.py": "", "shop/shop.py": source}
    made = mount(host, tmp_path, f"/broken-{line}-{len(what)}/", sources)
    failed = boot(opened(page, host, made), made, "shop.shop", until=UNTIL_END)[-1]
    assert failed["t"] == "failed"
    assert failed["what"] == f"The app could not start: {what}"
    assert (failed["file"], failed["line"]) == ("shop/shop.py", line)
    assert what in failed["detail"]


FAULTS: tuple[Fault, ...] = (404, 500, "truncated", "cut", "wrong bytes", "one byte")


def test_every_broken_file_ends_boot_in_words(
    page: Page, host: Host, stage: Stage, console: Any
) -> None:
    console.allow("Failed to load resource")
    opened(page, host, stage)
    for fault in FAULTS:
        for key in FILES:
            base = f"/fault-{str(fault).replace(' ', '-')}-{key}/"
            name = stage.config["files"][key]
            with host.failing(f"^{base}.*{name}$", fault):
                failed = boot(page, stage.at(host, base), "app", until=UNTIL_END)[-1]
            assert failed["t"] == "failed", (fault, key, failed)
            assert name in failed["what"], (fault, key, failed)
            if isinstance(fault, int):
                assert f"the server answered {fault}" in failed["what"]


def test_a_stalled_file_ends_boot_within_15_seconds(page: Page, host: Host, stage: Stage) -> None:
    opened(page, host, stage)
    keys = [*FILES, "snapshot"]
    for key in keys:
        host.mount(f"/stall-{key}/", stage.folder)
    script = """async ([config, keys]) => Promise.all(keys.map(async (key) => {
      const begun = performance.now();
      const request = { app: "app", manifest: "{}" };
      const handle = start(`/stall-${key}/`, config, request, []);
      const last = await handle.until((m) => m.t === "failed" || m.t === "ready");
      handle.worker.terminate();
      return [key, { ...last, seconds: (performance.now() - begun) / 1000 }];
    }))"""
    stalled = "^/stall-(wasm/.*wasm|asm/.*pyodide.*js|app/.*app-.*zip|snapshot/.*bin)$"
    with host.failing(stalled, "stalled"):
        answers = dict(page.evaluate(script, [stage.config, keys]))
    assert answers["snapshot"]["t"] == "ready"
    for key in FILES:
        name = stage.config["files"][key]
        assert answers[key]["what"].startswith(f"{name} did not arrive")
        assert answers[key]["seconds"] < 15


@pytest.mark.parametrize("fault", [404, "cut", "one byte"])
def test_without_its_snapshot_python_starts_all_the_same(
    page: Page, host: Host, stage: Stage, fault: Fault, console: Any
) -> None:
    console.allow("Failed to load resource")
    base = f"/no-snapshot-{str(fault).replace(' ', '-')}/"
    opened(page, host, stage)
    note = event(1, "note", value="here")
    with (
        host.failing(rf"^{base}.*snapshot", fault),
        page.expect_console_message(lambda said: "snapshot" in said.text) as told,
    ):
        messages = boot(page, stage.at(host, base), "app", note, until=ANSWER)
    assert told.value.type == "warning"
    assert value(messages, 1) == " here"


@pytest.mark.parametrize("key", ["wasm", "rest", "app", "snapshot", "stdlib"])
def test_a_wrong_mime_type_does_no_harm(page: Page, host: Host, stage: Stage, key: str) -> None:
    base = f"/type-{key}/"
    with host.failing(f"^{base}.*{stage.config['files'][key]}$", "wrong type"):
        opened(page, host, stage)
        note = event(1, "note", value="here")
        messages = boot(page, stage.at(host, base), "app", note, until=ANSWER)
    assert value(messages, 1) == " here"


def test_the_interpreters_second_half_is_there_when_it_is_called(
    page: Page, host: Host, stage: Stage
) -> None:
    late = event(1, "late", name="sqlite3")
    asked = len(host.asked)
    messages = boot(opened(page, host, stage), stage, "app", late, until=ANSWER)
    assert value(messages, 1) == [False, "sqlite3"]
    assert sum("rest-" in path for path in host.asked[asked:]) == 1


def test_an_interpreter_without_its_second_half_ends_where_it_needs_that(
    page: Page, host: Host, stage: Stage, console: Any
) -> None:
    console.allow("fatal error|could not be loaded|404|stack|cause|at ")
    late = event(1, "late", name="sqlite3")
    base = "/half/"
    with host.failing(f"^{base}.*rest-", 404):
        opened(page, host, stage)
        messages = boot(page, stage.at(host, base), "app", late, until=UNTIL_DEAD)
    assert [m["t"] for m in messages if m["t"] != "progress"] == ["ready", "worker error"]


UNTIL_DEAD = "(m) => m.t === 'worker error'"


def test_boot_does_without_iterable_streams(page: Page, host: Host, stage: Stage) -> None:
    """WebKit's streams have readers only."""
    folder, name = stage.folder / "wasmrx", stage.config["script"]
    script = (folder / name).read_text()
    plain = f"delete ReadableStream.prototype[Symbol.asyncIterator];\n{script}"
    (folder / f"plain-{name}").write_text(plain)
    elsewhere = Stage(stage.base, stage.folder, {**stage.config, "script": f"plain-{name}"})
    note = event(1, "note", value="here")
    messages = boot(opened(page, host, stage), elsewhere, "app", note, until=ANSWER)
    assert value(messages, 1) == " here"


def test_a_worker_asks_its_own_host_only(page: Page, host: Host, stage: Stage) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    boot(opened(page, host, stage), stage, "app", event(1, "data"), until=ANSWER)
    assert asked and all(url.startswith(host.origin) for url in asked if url[:5] != "data:")


def test_an_error_that_nobody_caught_becomes_a_message(
    page: Page, host: Host, stage: Stage
) -> None:
    messages = boot(opened(page, host, stage), stage, "app", event(1, "boom_later"), until=UNCAUGHT)
    error = messages[-1]["error"]
    assert error["message"] == "ValueError: late trouble"
    assert (error["file"], error["line"]) == ("app.py", AUTHOR_LINE)
    assert "Traceback" in error["traceback"]


AUTHOR_LINE = PROBE[: PROBE.index("late trouble")].count("\n") + 1
UNCAUGHT = "(m) => m.t === 'update' && m.error"


def test_a_broken_interpreter_is_the_workers_end(
    page: Page, host: Host, stage: Stage, console: Any
) -> None:
    console.allow("fatal error|memory access out of bounds")
    events = [event(1, "note", value="here"), event(2, "break_python"), event(3, "data")]
    messages = boot(opened(page, host, stage), stage, "app", *events, until=WORKER_ERROR)
    assert value(messages, 1) == " here"
    assert not [m for m in messages if m.get("id") == 3]


WORKER_ERROR = "(m) => m.t === 'worker error'"


def test_boot_follows_the_content_security_policy(
    browser: Browser, host: Host, stage: Stage
) -> None:
    policy = "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'"
    context = browser.new_context()
    page = context.new_page()

    def with_policy(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, headers={**answer.headers, "Content-Security-Policy": policy}
        )

    context.route("**/*", with_policy)
    blocked: list[str] = []
    page.on(
        "console",
        lambda message: blocked.append(message.text) if "Policy" in message.text else None,
    )
    messages = boot(opened(page, host, stage), stage, "app", event(1, "data"), until=ANSWER)
    context.close()
    assert value(messages, 1) == "pear,3\n"
    assert not [text for text in blocked if "Policy" in text]
