"""Editing one row of the 1,000-row table: bytes on the wire, rows rendered, time to the DOM."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from .browser import chromium, served
from .site import build_example

ROW = re.compile(r"(const R\d+ = memo\(\(\{[^}]*\}\) => )(\{\n)?")
COUNT = "globalThis.rowsRendered = (globalThis.rowsRendered ?? 0) + 1"
LISTEN = """
const Original = Worker;
window.received = [];
window.Worker = class extends Original {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => window.received.push(data));
  }
};
"""


def counted(route: Route) -> None:
    """Answer with the page's module, changed so that it counts how often a row renders."""
    response = route.fetch()
    text = ROW.sub(
        lambda m: f"{m[1]}{{{COUNT};\n" if m[2] else f"{m[1]}({COUNT}, false) || ", response.text()
    )
    route.fulfill(response=response, body=text)


def edit(page: Page, row: int, name: str) -> tuple[int, int]:
    """Rename one row through the dialog; return the largest message and the rows rendered."""
    page.locator("tbody tr").nth(row).get_by_role("button", name="Edit").click()
    field = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    expect(field).not_to_have_value("")
    field.fill(name)
    page.evaluate("window.received.length = 0; globalThis.rowsRendered = 0")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("tbody tr").nth(row).locator("th")).to_have_text(name)
    return page.evaluate(
        """[
          Math.max(...window.received.map((message) => String(message).length)),
          globalThis.rowsRendered,
        ]"""
    )


def main() -> None:
    """Print the largest message and the number of rows rendered for one edit."""
    with tempfile.TemporaryDirectory() as scratch:
        site = build_example("table", Path(scratch))
        with served(site) as address, chromium() as browser:
            page = browser.new_page()
            page.add_init_script(LISTEN)
            page.route("**/page-*.js", counted)
            page.goto(address)
            expect(page.locator("tbody tr")).to_have_count(1000)
            page.wait_for_function("globalThis.rowsRendered >= 1000")
            for row in (0, 499, 999):
                message, rendered = edit(page, row, f"Renamed {row}")
                print(f"row {row:3}: largest update {message} bytes, rows rendered {rendered}")
