"""What the browser tests share: examples built once per run, a static host, one Chromium.

``page`` fails the test when the console shows an error that the test did not announce with
``console.allow``.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from hosting import Host, running_host

ROOT = Path(__file__).resolve().parent.parent
SUB_PATH = "/any/sub/path/"
PATIENCE = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SiteOf = Callable[[str], str]


@dataclass
class Console:
    """The errors that a page reported, and those that its test expects."""

    errors: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect errors that match ``pattern``."""
        self.allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [e for e in self.errors if not any(p.search(e) for p in self.allowed)]

    def watch(self, page: Page) -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(f"{error.name}: {error.message}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.errors.append(f"{message.text} ({where})")


def build_app(folder: Path, out: Path) -> None:
    """Run ``wasmrx build``; its own words are the failure."""
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", str(folder), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"wasmrx build {folder.name} failed:\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def dist_of(run_folder: Path) -> Callable[[str], Path]:
    """The built site of an example, or of an app folder in ``tests/apps``; built once per run."""

    def dist(name: str) -> Path:
        source = ROOT / "examples" / name
        if not source.is_dir():
            source = ROOT / "tests" / "apps" / name
        out = run_folder / f"dist-{name}"
        with (run_folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not out.is_dir():
                build_app(source, out)
        return out

    return dist


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """A static host that answers like GitHub Pages."""
    with running_host() as running:
        yield running


@pytest.fixture(scope="session")
def site_of(host: Host, dist_of: Callable[[str], Path]) -> SiteOf:
    """The address of an example's site, under a sub-path."""
    return lambda name: host.mount(f"{SUB_PATH}{name}/", dist_of(name))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this worker."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor: storage and caches of their own."""
    made = browser.new_context(viewport={"width": 1100, "height": 800})
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def console() -> Iterator[Console]:
    """What the pages of this test report; checked when the test ends."""
    watched = Console()
    yield watched
    assert not watched.unexpected(), "The console shows errors:\n" + "\n".join(watched.unexpected())


@pytest.fixture
def page(context: BrowserContext, console: Console) -> Page:
    """A tab whose console must stay clean."""
    context.on("page", console.watch)
    return context.new_page()
