"""The clock: background handlers beside the visitor's own events."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from visits import PATIENCE, SiteOf

TIME = re.compile(r"\d\d:\d\d:\d\d")


def test_the_clock_goes_on(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("clock"))
    now = page.locator("#now")
    expect(now).to_have_text(TIME, timeout=PATIENCE)
    for _ in range(2):
        expect(now).not_to_have_text(now.inner_text())


def test_the_stopwatch(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("clock"))
    elapsed = page.locator("#elapsed")
    page.get_by_role("button", name="Start").click()
    expect(elapsed).not_to_have_text("00:00.0", timeout=PATIENCE)
    lap = page.get_by_role("button", name="Lap")
    lap.click()
    expect(page.get_by_text("Lap 1", exact=True)).to_be_visible()
    lap.click()
    expect(page.get_by_text("Lap 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(lap).to_be_disabled()
    page.get_by_role("button", name="Clear").click()
    expect(elapsed).to_have_text("00:00.0")
    expect(page.get_by_text("Lap 1", exact=True)).to_have_count(0)


def test_a_reload_lets_it_run_on(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("clock"))
    elapsed = page.locator("#elapsed")
    page.get_by_role("button", name="Start").click()
    expect(elapsed).not_to_have_text("00:00.0", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_role("button", name="Stop")).to_be_visible(timeout=PATIENCE)
    expect(elapsed).not_to_have_text(elapsed.inner_text())
