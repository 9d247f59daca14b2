"""What the browser tests share: examples built once per run, a static host, one browser.

``page`` fails the test when the console shows an error that the test did not announce with
``console.allow``.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from hosting import Host, running_host
from visits import (
    ENGINES,
    PATIENCE,
    ROOT,
    SUB_PATH,
    Console,
    Engine,
    SiteOf,
    build_app,
    launch,
)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def dist_of(run_folder: Path) -> Callable[[str], Path]:
    """The built site of an app in ``tests/apps``, of an example, or of any folder of the project
    (``docs/site``, ``examples/gallery``); built once per run.
    """

    def dist(name: str) -> Path:
        places = [ROOT / "tests" / "apps" / name, ROOT / "examples" / name, ROOT / name]
        source = next(place for place in places if place.is_dir())
        file = name.replace("/", "-")
        out = run_folder / f"dist-{file}"
        with (run_folder / f"{file}.lock").open("w") as lock:
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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked so in each browser that Playwright can drive."""
    if metafunc.definition.get_closest_marker("every_browser"):
        metafunc.parametrize("engine", ENGINES, indirect=True, scope="session")


LONGEST = ("test_packaging.py", "test_wasm_runtime.py")
"""They begin first, so that no worker is left alone with them in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test that drives a browser run once more when it fails; the summary lists it."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if not {"browser", "webkit"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """The browser of this test."""
    return getattr(request, "param", "chromium")


@pytest.fixture(scope="session")
def browser(engine: Engine) -> Iterator[Browser]:
    """One browser for all tests of this worker."""
    with sync_playwright() as playwright:
        started = launch(playwright, engine)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor: storage and caches of their own, and every request goes to the host."""
    size: ViewportSize = {"width": 1100, "height": 800}
    made = browser.new_context(viewport=size, service_workers="block")
    made.set_default_timeout(PATIENCE)
    yield made
    for routed in (made, *made.pages):  # A request that a test answers may still be on its way.
        routed.unroute_all(behavior="ignoreErrors")
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
