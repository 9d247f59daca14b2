"""Work on several workers of one page, and what threads and executors do without threads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from visits import PATIENCE, SiteOf

SQUARES = str([n * n for n in range(12)])


def press(page: Page, name: str, shown: str | re.Pattern[str]) -> None:
    page.click(f"#{name}")
    expect(page.locator("#out")).to_have_text(shown, timeout=2 * PATIENCE)


@pytest.mark.every_browser
def test_items_are_spread_over_workers(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("concurrency"))
    press(page, "squares", SQUARES)
    expect(page.locator("#done")).to_have_text("12 of 12")
    press(page, "workers", "2 workers, not this one")
    told = r"parallel failed for item 3: ValueError: thirteen.* / V.*Error\('thirteen'\) / True$"
    press(page, "failing", re.compile(told, re.DOTALL))
    press(page, "unsendable", re.compile("takes a function at the top of a module"))


def test_cancelling_ends_the_workers(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("concurrency"))
    press(page, "workers", "2 workers, not this one")
    page.click("#run")
    expect(page.locator("#out")).to_have_text("2 workers, not this one")
    page.click("#cancel")
    expect(page.locator("#out")).to_have_text("cancelled", timeout=PATIENCE)
    press(page, "squares", SQUARES)


def test_stop_ends_a_handler_that_waits_for_workers(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("concurrency"))
    press(page, "workers", "2 workers, not this one")
    page.click("#hold")
    page.click("#squares")
    page.get_by_role("button", name="Stop").click(timeout=PATIENCE)
    expect(page.locator("#out")).to_have_text(SQUARES, timeout=PATIENCE)
    expect(page.get_by_text("Stopped: app.State.hold")).to_be_visible()


def test_without_more_workers_the_items_are_done_in_place(page: Page, site_of: SiteOf) -> None:
    def answer(route: Route) -> None:
        given = route.fetch()
        route.fulfill(response=given, body="self.Worker = undefined;" + given.text())

    page.context.route("**/worker-*.js", answer)
    page.goto(site_of("concurrency"))
    press(page, "squares", SQUARES)
    press(page, "workers", "1 workers, this one")


def test_executors_call_in_place_and_threads_say_what_else_there_is(
    page: Page, site_of: SiteOf
) -> None:
    page.goto(site_of("concurrency"))
    press(page, "in_place", "[3, 7, 12, 14, 2, 4]")
    page.click("#no_threads")
    out = page.locator("#out")
    expect(out).to_contain_text("The thread 'own' cannot start", timeout=PATIENCE)
    expect(out).to_contain_text("A browser has no processes. await rx.parallel(fn, items)")
