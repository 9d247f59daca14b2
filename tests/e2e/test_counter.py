"""The counter: early clicks, reloads, tabs, and where the site may lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hosting import Host, running_host
from visits import PATIENCE, SiteOf

WORKER_FILES = r"pyodide|stdlib|snapshot"
SCRIPTS = r"wasmrx/(?!early).*\.js$"


def count(page: Page, text: str) -> None:
    expect(page.locator("#count")).to_have_text(text, timeout=PATIENCE)


def test_counts(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("counter"))
    page.get_by_role("button", name="More").click()
    count(page, "1")
    page.get_by_role("button", name="Less").dblclick()
    count(page, "-1")
    page.get_by_role("button", name="Reset").click()
    count(page, "0")


@pytest.mark.parametrize("held", [SCRIPTS, r"worker-", WORKER_FILES, r"app-.*zip"])
def test_early_clicks_count_once(page: Page, site_of: SiteOf, host: Host, held: str) -> None:
    """Clicks made while the scripts, the worker, Python or the app are still on their way."""
    address = site_of("counter")
    with host.failing(held, "held"):
        page.goto(address, wait_until="commit")
        for _ in range(3):
            page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="Less").click()
        assert page.locator("#count").text_content() == "0"
    count(page, "2")
    page.get_by_role("button", name="More").click()
    count(page, "3")


def test_clicks_all_along_the_boot(page: Page, site_of: SiteOf) -> None:
    """One click after the other from the first paint until Python answers; none is lost."""
    page.goto(site_of("counter"), wait_until="commit")
    more = page.get_by_role("button", name="More")
    clicks = 0
    while clicks < 200 and page.locator("#count").text_content() == "0":
        more.click()
        clicks += 1
    count(page, str(clicks))
    more.click()
    count(page, str(clicks + 1))


def test_a_reload_keeps_the_count(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("counter"))
    more = page.get_by_role("button", name="More")
    for done in range(6):
        count(page, str(done))
        more.click()
        count(page, str(done + 1))
        page.reload()


def test_a_new_tab_starts_afresh(page: Page, context: BrowserContext, site_of: SiteOf) -> None:
    page.goto(site_of("counter"))
    page.get_by_role("button", name="More").click()
    count(page, "1")
    other = context.new_page()
    other.goto(site_of("counter"))
    other.get_by_role("button", name="Less").click()
    count(other, "-1")
    page.get_by_role("button", name="More").click()
    count(page, "2")


def test_at_the_root_of_a_domain(page: Page, dist_of: Callable[[str], Path]) -> None:
    with running_host() as host:
        page.goto(host.mount("/", dist_of("counter")))
        page.get_by_role("button", name="More").click()
        count(page, "1")
        assert not [path for path in host.asked if "sub" in path]


def test_asks_nothing_of_other_hosts(page: Page, site_of: SiteOf, host: Host) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(site_of("counter"))
    page.get_by_role("button", name="More").click()
    count(page, "1")
    outside = [url for url in asked if not url.startswith((host.origin, "data:", "blob:"))]
    assert outside == []


def test_colour_mode_is_kept(page: Page, site_of: SiteOf) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_of("counter"))
    html = page.locator("html")
    expect(html).to_have_class("light")
    page.get_by_role("button", name="More").click()
    count(page, "1")
    page.locator("button:has(svg)").first.click()
    expect(html).to_have_class("dark")
    page.reload(wait_until="commit")
    expect(html).to_have_class("dark")
