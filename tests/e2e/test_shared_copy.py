"""``wasmrx build --pyodide``: a checked copy of the interpreter elsewhere, the own one behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from wasmrx.wasm.files import core_files, shared_folder

from hosting import Host
from visits import PATIENCE, ROOT, Console


class Elsewhere(ThreadingHTTPServer):
    """Another origin, which has Pyodide's files and lets other sites read them."""

    daemon_threads = True
    content = b""
    asked = 0


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Elsewhere)
        self.server.asked += 1
        self.send_response(200)
        self.send_header("Content-Type", "application/wasm")
        self.send_header("Content-Length", str(len(self.server.content)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere(("127.0.0.1", 0), _Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def site(elsewhere: Elsewhere, host: Host, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("shared") / "dist"
    url = f"http://127.0.0.1:{elsewhere.server_address[1]}/pyodide"
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", "examples/counter"]
    subprocess.run([*command, "--out", out, "--pyodide", url], cwd=ROOT, check=True)
    return host.mount("/shared-copy/", out)


def counts(page: Page, site: str) -> list[str]:
    """What the site's own host was asked for until a click was handled."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.get_by_role("button", name="More").click()
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
    return [url for url in asked if url.startswith(site)]


def test_the_interpreter_comes_from_the_shared_copy(
    page: Page, site: str, elsewhere: Elsewhere
) -> None:
    elsewhere.content = core_files()["whole"].path.read_bytes()
    before = elsewhere.asked
    own = counts(page, site)
    assert elsewhere.asked == before + 1
    assert not [url for url in own if url.endswith(".wasm")]


@pytest.mark.parametrize("spoil", [lambda data: data[:-1] + b"x", lambda data: b""])
def test_a_copy_that_is_another_is_not_run(
    page: Page,
    site: str,
    elsewhere: Elsewhere,
    console: Console,
    spoil: Callable[[bytes], bytes],
) -> None:
    elsewhere.content = spoil(core_files()["whole"].path.read_bytes())
    with page.expect_console_message(
        lambda message: message.text.startswith("The site's own copy of Python is used:")
    ) as told:
        own = counts(page, site)
    assert "is damaged" in told.value.text
    assert [url for url in own if url.endswith(".wasm")]


def test_a_copy_that_is_out_of_reach_costs_no_visit(
    page: Page, site: str, console: Console
) -> None:
    console.allow("Failed to load resource|ERR_FAILED")
    page.context.route("**/pyodide/pyodide.asm.wasm", lambda route: route.abort())
    with page.expect_console_message(
        lambda message: message.text.startswith("The site's own copy of Python is used:")
    ):
        own = counts(page, site)
    assert [url for url in own if url.endswith(".wasm")]


def test_the_public_copy_is_that_of_the_same_version() -> None:
    assert shared_folder() == "https://cdn.jsdelivr.net/npm/pyodide@314.0.7"


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", "examples/counter"]
    done = subprocess.run(
        [*command, "--out", tmp_path / "x", "--pyodide", "somewhere"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "neither 'self' nor 'cdn'" in done.stderr
