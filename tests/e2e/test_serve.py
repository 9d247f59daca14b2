"""``wasmrx serve`` as its author meets it: a browser beside an editor."""

from __future__ import annotations

import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, ROOT, Console

WASMRX = [sys.executable, "-m", "wasmrx.dev_server"]


class Serving:
    """A running ``wasmrx serve`` and what it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def until(self, pattern: str) -> re.Match[str]:
        """The first line from here on in which ``pattern`` is found."""
        while True:
            line = self._lines.get(timeout=60)
            assert line is not None, f"serve ended without {pattern!r}:\n{''.join(self.printed)}"
            self.printed.append(line)
            if found := re.search(pattern, line):
                return found


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Serving]:
    process = subprocess.Popen(
        [*WASMRX, "serve", str(folder), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PYTHONUNBUFFERED": "1", "PATH": "/usr/bin:/bin", "TMPDIR": str(folder.parent)},
    )
    try:
        yield Serving(process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A copy of the counter to edit."""
    shutil.copytree(
        ROOT / "examples/counter", tmp_path / "app", ignore=shutil.ignore_patterns("dist", "__*")
    )
    return tmp_path / "app"


def replace(folder: Path, old: str, new: str) -> None:
    path = folder / "app.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_edit_shows_and_keeps_the_state(page: Page, app: Path) -> None:
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        page.get_by_role("button", name="More").dblclick()
        expect(page.locator("#count")).to_have_text("2", timeout=PATIENCE)
        replace(app, 'rx.heading("Counter"', 'rx.heading("Sheep"')
        expect(page.get_by_role("heading")).to_have_text("Sheep", timeout=PATIENCE)
        expect(page.locator("#count")).to_have_text("2", timeout=PATIENCE)
        serve.until(r"app\.py → rebuilt in \d")
        replace(app, "self.count += amount", "self.count += 10 * amount")
        serve.until(r"app\.py → rebuilt in \d")
        page.wait_for_function("document.readyState === 'complete'")
        expect(page.locator("#count")).to_have_text("2", timeout=PATIENCE)
        page.get_by_role("button", name="More").click()
        expect(page.locator("#count")).to_have_text("12", timeout=PATIENCE)


def test_saved_state_of_another_type_is_set_aside_and_told(page: Page, app: Path) -> None:
    replace(app, "    count: int = 0\n", "    count: int = 0\n    clicks: int = 0\n")
    replace(app, "self.count += amount", "self.count += amount; self.clicks += 1")
    replace(app, 'rx.button("Less"', 'rx.text(Counter.clicks, id="clicks"), rx.button("Less"')
    count, clicks = page.locator("#count"), page.locator("#clicks")
    told = page.get_by_role("status").filter(has_text="does not fit this build")
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        page.get_by_role("button", name="More").dblclick()
        expect(clicks).to_have_text("2", timeout=PATIENCE)
        replace(app, "    count: int = 0\n", "    count: float = 0.5\n")
        expect(told).to_contain_text("app.Counter: count has another type.", timeout=PATIENCE)
        expect(count).to_have_text("0.5")
        expect(clicks).to_have_text("2")
        page.get_by_role("button", name="More").click()
        expect(count).to_have_text("1.5")
        expect(clicks).to_have_text("3")
        replace(app, "    count: float = 0.5\n", "    count: int = 0\n")
        expect(count).to_have_text("2", timeout=PATIENCE)
        expect(clicks).to_have_text("3")


def test_files_outside_of_the_folder_are_followed(page: Page, app: Path) -> None:
    beside = app.parent / "beside"
    beside.mkdir()
    (beside / "words.txt").write_text("Sheep")
    (beside / "wording.py").write_text("def shout(text):\n    return text.upper()\n")
    text = f"shout(open({str(beside / 'words.txt')!r}).read())"
    start = f"    import sys\n    sys.path.append({str(beside)!r})\n    from wording import shout\n"
    replace(app, "def index() -> rx.Component:\n", f"def index() -> rx.Component:\n{start}")
    replace(app, 'rx.heading("Counter"', f"rx.heading({text}")
    heading = page.get_by_role("heading")
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        expect(heading).to_have_text("SHEEP", timeout=PATIENCE)
        (beside / "words.txt").write_text("Goats")
        expect(heading).to_have_text("GOATS", timeout=PATIENCE)
        replaced = beside / "words.new"
        replaced.write_text("Cows")
        replaced.replace(beside / "words.txt")
        expect(heading).to_have_text("COWS", timeout=PATIENCE)
        (beside / "wording.py").write_text("def shout(text):\n    return text + '!'\n")
        expect(heading).to_have_text("Cows!", timeout=PATIENCE)


def test_a_mistake_is_shown_until_it_is_mended(page: Page, app: Path) -> None:
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        page.get_by_role("button", name="More").click()
        expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
        replace(app, 'rx.button("Less"', 'rx.buton("Less"')
        error = page.get_by_role("alertdialog", name="Build error")
        expect(error).to_contain_text("buton", timeout=PATIENCE)
        serve.until("buton")
        replace(app, 'rx.buton("Less"', 'rx.button("Fewer"')
        expect(page.get_by_role("button", name="Fewer")).to_be_visible(timeout=PATIENCE)
        expect(error).to_have_count(0)
        expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)


def test_a_mistake_at_the_start(page: Page, app: Path, console: Console) -> None:
    console.allow("503")
    replace(app, "import wasmrx as rx", "import wasmrx as rx\n1 / 0")
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        error = page.get_by_role("alertdialog", name="Build error")
        expect(error).to_contain_text("ZeroDivisionError", timeout=PATIENCE)
        replace(app, "\n1 / 0", "")
        expect(page.get_by_role("button", name="More")).to_be_visible(timeout=PATIENCE)


def test_an_exception_names_the_line(page: Page, app: Path, console: Console) -> None:
    console.allow("ZeroDivisionError")
    replace(app, "self.count += amount", "self.count += amount // 0")
    line = (app / "app.py").read_text().splitlines().index("        self.count += amount // 0") + 1
    with serving(app) as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        page.get_by_role("button", name="More").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("ZeroDivisionError", timeout=PATIENCE)
        expect(alert).to_contain_text(f"app.py:{line}")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly(app: Path, tmp_path: Path, ending: signal.Signals) -> None:
    with serving(app) as serve:
        address = serve.until(r"http://localhost:\d+/")[0]
        stream = urllib.request.urlopen(address + "wasmrx/live", timeout=10)
        assert stream.readline().startswith(b"data: ")
        assert list(tmp_path.glob("wasmrx-*"))
        serve.process.send_signal(ending)
        assert serve.process.wait(10) == 0
        assert not list(tmp_path.glob("wasmrx-*"))
        serve.until("Stopped")
        assert "Traceback" not in "".join(serve.printed)


def test_other_sites_get_nothing(app: Path) -> None:
    with serving(app) as serve:
        address = serve.until(r"http://localhost:\d+/")[0]
        for path in ("", "wasmrx/live", "wasmrx/live.js"):
            for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
                request = urllib.request.Request(address + path, headers=headers)
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(request, timeout=10)
                assert refused.value.code == 403


def test_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [*WASMRX, "serve", str(ROOT / "examples/counter"), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} is in use by another program. "
        "Choose another with --port, or leave --port out to take the next free one.\n"
    )
