"""``rx.parallel`` on two workers beside one, once the workers have started."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from .browser import chromium, served
from .site import site_of

ROUNDS = 7
PATIENCE = 120_000


def work(page: Page, workers: str) -> float:
    """Return the seconds that the items take on so many workers."""
    shown = page.locator("#seconds")
    before = shown.inner_text()
    page.click(f"#{workers}")
    expect(shown).not_to_have_text(before, timeout=PATIENCE)
    return float(shown.inner_text())


def main() -> None:
    """Print both times and how many times faster two workers are."""
    with tempfile.TemporaryDirectory() as scratch:
        site = site_of("parallel", Path(scratch))
        with served(site) as address, chromium() as browser:
            page = browser.new_page()
            page.goto(address)
            work(page, "two")
            pairs = [(work(page, "one"), work(page, "two")) for _ in range(ROUNDS)]
    one, two = (statistics.median(each) for each in zip(*pairs, strict=True))
    gain = statistics.median(a / b for a, b in pairs)
    print(f"one worker {one:.2f} s, two {two:.2f} s: {gain:.2f} times as fast, of {ROUNDS}")
