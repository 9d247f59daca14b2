"""Builds of one app in several versions, and what a visitor sees of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from visits import PATIENCE, until

APP = """import wasmrx as rx

VERSION = "{version}"


class Counter(rx.State):
    count: int = 0
    made_by: str = ""

    @rx.event
    def add(self):
        self.count += 1
        self.made_by = VERSION


def shown(title):
    return rx.box(
        rx.heading(f"{{title}} of {{VERSION}}"),
        rx.button("Add", on_click=Counter.add, id="add"),
        rx.text(Counter.count, id="count"),
        rx.text(Counter.made_by, id="by"),
        rx.text(rx.State.is_hydrated.to_string(), id="ready"),
        rx.link("Other page", href="/other"),
    )


app = rx.App()
app.add_page(lambda: shown("Home"), route="/", title="Home")
app.add_page(lambda: shown("Other"), route="/other")
app.add_page(lambda: rx.text("Item ", rx.State.id, id="item"), route="/item/[id]")
"""

KEPT = """async (build) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const found = await cache.match(new URL("wasmrx/current", document.baseURI));
    if (found) return (await found.json()).build === build;
  }
  return false;
}"""

SiteAt = Callable[[str], Path]


def build_of(site: Path) -> str:
    text = (site / "wasmrx" / "offline.json").read_text()
    return text.partition('"build":"')[2].partition('"')[0]


def is_taken(page: Page, site: Path) -> bool:
    """Whether the browser has the whole build."""
    return page.evaluate(KEPT, build_of(site))


def is_kept(page: Page, site: Path) -> None:
    """Wait until the browser has the whole build, and pages start from it."""
    until(lambda: is_taken(page, site))
    page.wait_for_function("navigator.serviceWorker.controller !== null", timeout=PATIENCE)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading")).to_have_text(text, timeout=PATIENCE)


def adds(page: Page, version: str) -> None:
    expect(page.locator("#ready")).to_have_text("true", ignore_case=True, timeout=PATIENCE)
    before = int(page.locator("#count").inner_text())
    page.locator("#add").click()
    expect(page.locator("#count")).to_have_text(str(before + 1), timeout=PATIENCE)
    expect(page.locator("#by")).to_have_text(version)
