"""What the browser tests share: examples built once per run, a static host, one Chromium.

``page`` fails the test when the console shows an error that the test did not announce with
``console.allow``.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hosting import Host, running_host
from visits import BROWSERS, PATIENCE, ROOT, SUB_PATH, Console, SiteOf, build_app


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
