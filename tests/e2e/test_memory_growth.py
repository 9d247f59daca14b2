"""Ten thousand events leave nothing behind in the page, in the worker and in Python."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import CDPSession, Page, expect

from visits import PATIENCE, SiteOf

WARM_UP, EVENTS, BURST = 2_000, 10_000, 500

CLICKS = """(events) => {
  let clicks = 0;
  for (let made = 0; made < events; clicks++) {
    const isBeside = clicks % 10 === 0;
    document.getElementById(isBeside ? "beside" : "work").click();
    made += isBeside ? 1 : 2;
  }
  return clicks;
}"""


class Held(NamedTuple):
    page_heap: int
    objects: int
    proxies: int
    memory: int


def work(page: Page, events: int) -> None:
    """Cause events, nine clicks in ten a chain of two, and wait until all are done."""
    done = int(page.locator("#done").inner_text())
    for _ in range(events // BURST):
        done += page.evaluate(CLICKS, BURST)
        expect(page.locator("#done")).to_have_text(str(done), timeout=PATIENCE)


def held(page: Page, session: CDPSession) -> Held:
    before = page.locator("#held").inner_text()
    page.locator("#look").click()
    expect(page.locator("#held")).not_to_have_text(before, timeout=PATIENCE)
    _, *python = map(int, page.locator("#held").inner_text().split())
    session.send("HeapProfiler.collectGarbage")
    return Held(int(session.send("Runtime.getHeapUsage")["usedSize"]), *python)


def test_ten_thousand_events_leave_nothing_behind(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("leaks"))
    session = page.context.new_cdp_session(page)
    work(page, WARM_UP)
    before = held(page, session)
    work(page, EVENTS)
    after = held(page, session)
    assert after.objects - before.objects < EVENTS // 50
    assert after.proxies <= before.proxies + 2
    assert after.memory == before.memory
    assert after.page_heap - before.page_heap < 60 * EVENTS
