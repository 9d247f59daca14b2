"""What 10,000 events leave behind: the page's heap, the worker's memory, Python's objects.

The app of ``tests/apps/leaks`` has handlers of every make, and one that counts what Python holds.
The first events fill caches: what is compared is what is held after a thousand and after the rest.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page, expect

from .browser import chromium, served
from .site import REPOSITORY, built

WARM_UP, EVENTS, BURST = 1_000, 10_000, 500
PATIENCE = 60_000

NAMES = ("page heap (bytes)", "Python objects", "proxies", "WebAssembly memory (bytes)")


def work(page: Page, events: int) -> None:
    """Click in bursts, one click in ten for a background handler; each work is two events."""
    for start in range(0, events, BURST):
        done = int(page.locator("#done").inner_text())
        clicks = page.evaluate(
            """(events) => {
              let clicks = 0;
              for (let made = 0; made < events; clicks++) {
                const isBeside = clicks % 10 === 0;
                document.getElementById(isBeside ? "beside" : "work").click();
                made += isBeside ? 1 : 2;
              }
              return clicks;
            }""",
            min(BURST, events - start),
        )
        expect(page.locator("#done")).to_have_text(str(done + clicks), timeout=PATIENCE)


def held(page: Page, session: CDPSession) -> list[int]:
    """Return what is held, in the order of ``NAMES``."""
    before = page.locator("#held").inner_text()
    page.locator("#look").click()
    expect(page.locator("#held")).not_to_have_text(before, timeout=PATIENCE)
    _, *python = map(int, page.locator("#held").inner_text().split())
    session.send("HeapProfiler.collectGarbage")
    return [int(session.send("Runtime.getHeapUsage")["usedSize"]), *python]


def main() -> None:
    """Print what is held before and after, and the growth per event."""
    with tempfile.TemporaryDirectory() as scratch:
        site = built(REPOSITORY / "tests" / "apps" / "leaks", Path(scratch) / "site")
        with served(site) as address, chromium() as browser:
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            page.goto(address)
            work(page, WARM_UP)
            before = held(page, session)
            work(page, EVENTS)
            after = held(page, session)
    for name, first, last in zip(NAMES, before, after, strict=True):
        growth = last - first
        print(f"{name:27} {first:12,} → {last:12,}: {growth:+,}, {growth / EVENTS:+.3f} an event")
