"""What keeps a site alive, in stock WebKit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hosting import Host, running_host
from versions import KEPT, SiteAt, build_of
from visits import PATIENCE, SiteOf, until
from webkit import WebKit, mini_browser, running_webkit

pytestmark = pytest.mark.skipif(mini_browser() is None, reason="WebKit is Debian's")

SAVED = """() => new Promise((resolve) => {
  indexedDB.open("wasmrx").onsuccess = ({ target: { result: database } }) => {
    const all = database.transaction("saved").objectStore("saved").getAll();
    all.onsuccess = () => {
      database.close();
      resolve(Math.max(0, ...all.result.map(({ at }) => at)));
    };
  };
})"""
"""When the newest record was written, in milliseconds."""


@pytest.fixture
def webkit() -> Iterator[WebKit]:
    with running_webkit() as running:
        running.driver.set_script_timeout(PATIENCE / 1000)
        yield running


def adds(webkit: WebKit, version: str) -> None:
    webkit.shows("#ready", "true")
    before = int(webkit.text("#count"))
    webkit.click("#add")
    webkit.shows("#count", str(before + 1))
    webkit.shows("#by", version)


def test_clicks_and_a_reload(webkit: WebKit, site_at: SiteAt, own_host: Host) -> None:
    webkit.goto(own_host.mount("/site/", site_at("one")))
    webkit.click("#add")
    webkit.shows("#count", "1")
    before = webkit.evaluate("() => Date.now()")
    adds(webkit, "one")
    webkit.evaluate("() => { window.dispatchEvent(new Event('pagehide')); }")
    until(lambda: webkit.evaluate(SAVED) > before)
    webkit.reload()
    webkit.shows("#count", "2")
    adds(webkit, "one")


@pytest.mark.parametrize("file", ["worker", "pyodide.*wasm", "app-"])
def test_a_file_that_does_not_come(
    webkit: WebKit, site_at: SiteAt, own_host: Host, file: str
) -> None:
    address = own_host.mount("/site/", site_at("one"))
    with own_host.failing(file, 404):
        webkit.goto(address)
        webkit.shows("[role=alert]:not(.wasmrx-lost)", "cannot respond yet")
        webkit.shows("h1", "Home of one")
    webkit.click("[role=alert]:not(.wasmrx-lost) button")
    adds(webkit, "one")


def test_the_snapshot_alone(webkit: WebKit, site_at: SiteAt, own_host: Host) -> None:
    """Python starts from the memory that fits this browser, not from the standard library."""
    with own_host.failing("stdlib", 404):
        webkit.goto(own_host.mount("/site/", site_at("one")))
        adds(webkit, "one")


def test_without_the_snapshot(webkit: WebKit, site_at: SiteAt, own_host: Host) -> None:
    with own_host.failing("plain-", "wrong bytes"):
        webkit.goto(own_host.mount("/site/", site_at("one")))
        adds(webkit, "one")


def test_offline_and_a_new_build(webkit: WebKit, site_at: SiteAt) -> None:
    def is_kept(version: str) -> None:
        until(lambda: webkit.evaluate(KEPT, build_of(site_at(version))))
        until(lambda: webkit.evaluate("() => navigator.serviceWorker.controller !== null"))

    with running_host() as host:
        address = host.mount("/site/", site_at("one"))
        webkit.goto(address)
        adds(webkit, "one")
        is_kept("one")
        host.mount("/site/", site_at("two"))
        webkit.reload()
        adds(webkit, "one")
        is_kept("two")
        webkit.shows("[role=status]", "A new version of this site is ready.")
    webkit.goto(address)
    webkit.shows("h1", "Home of two")
    adds(webkit, "two")
    webkit.goto(f"{address}other/")
    webkit.shows("h1", "Other of two")
    adds(webkit, "two")


def test_a_handler_that_raises(webkit: WebKit, site_of: SiteOf) -> None:
    webkit.goto(site_of("failing"))
    webkit.click("=Divide")
    webkit.shows("[role=alert]:not(.wasmrx-lost)", "ZeroDivisionError")
    webkit.click("=Add")
    webkit.shows("#count", "11")
