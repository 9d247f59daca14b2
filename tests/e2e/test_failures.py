"""What a visitor sees when something goes wrong: words, and a way on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hosting import Fault, Host
from visits import PATIENCE, Console, SiteOf

FILES = {
    "worker": r"/worker-[^/]*\.js",
    "pyodide": r"/pyodide-[^/]*\.js",
    "interpreter": r"/pyodide-[^/]*\.wasm",
    "app": r"/app-[^/]*\.zip",
}
FAULTS: tuple[Fault, ...] = (404, 500, "truncated", "cut", "wrong bytes", "wrong type")
TOLD_MS = 15_000

BOOT_FAULTS: list[tuple[str, Fault]] = [(file, fault) for file in FILES for fault in FAULTS]
# Nothing checks the worker's own script.
BOOT_FAULTS += [(file, "one byte") for file in FILES if file != "worker"]


@pytest.mark.parametrize(("file", "fault"), BOOT_FAULTS, ids=str)
def test_boot_failure_and_retry(
    page: Page, site_of: SiteOf, host: Host, console: Console, file: str, fault: Fault
) -> None:
    console.allow(".")
    address = site_of("counter")
    more = page.get_by_role("button", name="More")
    with host.failing(FILES[file], fault):
        page.goto(address)
        more.click()
        alert = page.get_by_role("alert")
        works = page.locator("#count").get_by_text("1", exact=True)
        expect(alert.or_(works)).to_be_visible(timeout=TOLD_MS)
        if fault == "wrong type" and works.is_visible():
            return
        assert len(alert.inner_text()) > 30
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
    expect(alert).to_have_count(0)


@pytest.mark.every_browser
@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("file", ["snapshot", "stdlib"])
def test_what_boot_can_do_without(
    page: Page, site_of: SiteOf, host: Host, console: Console, file: str, fault: Fault
) -> None:
    """Without the memory snapshot Python starts the longer way; the library comes last."""
    console.allow(".")
    address = site_of("counter")
    with host.failing(rf"/{file}-[^/]*$", fault):
        page.goto(address)
        page.get_by_role("button", name="More").click()
        expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)


@pytest.mark.parametrize("fault", [*FAULTS, "one byte"], ids=str)
def test_scripts_that_do_not_load(
    page: Page, site_of: SiteOf, host: Host, console: Console, fault: Fault
) -> None:
    console.allow(".")
    address = site_of("counter")
    with host.failing(r"wasmrx/(?!early|worker|pyodide).*\.js$", fault):
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("could not be loaded", timeout=TOLD_MS)
        expect(page.get_by_role("heading", name="Counter")).to_be_visible()
    with page.expect_event("framenavigated"):
        page.get_by_role("link", name="Load it again").click()
    page.get_by_role("button", name="More").click()
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)


def test_scripts_and_a_worker_that_never_come(
    page: Page, site_of: SiteOf, host: Host, console: Console, dist_of: Callable[[str], Path]
) -> None:
    """In two tabs, as it takes a while."""
    console.allow(".")
    other = page.context.new_page()
    with (
        host.failing(r"/waits/wasmrx/(main|core|page)-", "stalled"),
        host.failing(r"/starts/wasmrx/worker-", "stalled"),
    ):
        page.goto(host.mount("/waits/", dist_of("counter")), wait_until="commit")
        begun = time.monotonic()
        other.goto(host.mount("/starts/", dist_of("counter")), wait_until="commit")
        expect(page.get_by_role("alert")).to_contain_text("could not be loaded", timeout=TOLD_MS)
        expect(other.get_by_text("Python is still starting.")).to_be_visible(timeout=TOLD_MS)
        assert time.monotonic() - begun < TOLD_MS / 1000
    other.get_by_role("button", name="Retry").click()
    page.get_by_role("link", name="Load it again").click()
    for each in (other, page):
        each.get_by_role("button", name="More").click()
        expect(each.locator("#count")).to_have_text("1", timeout=PATIENCE)


def test_a_handler_that_raises(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow("ZeroDivisionError|ValueError")
    page.goto(site_of("failing"))
    page.get_by_role("button", name="Divide", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("ZeroDivisionError", timeout=PATIENCE)
    page.get_by_role("button", name="Divide aside").click()
    expect(alert).to_contain_text("a background handler failed")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#count")).to_have_text("11")
