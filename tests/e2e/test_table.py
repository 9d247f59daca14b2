"""A thousand rows: search, and an edit that touches one of them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from visits import PATIENCE, SiteOf

LISTEN = """
const Original = Worker;
window.received = [];
window.Worker = class extends Original {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({data}) => window.received.push(data));
  }
};
"""
OBSERVE = """() => {
  window.received.length = 0;
  window.touched = new Set();
  const note = ({target}) => {
    const element = target.nodeType === 1 ? target : target.parentElement;
    window.touched.add(element.closest("tr")?.rowIndex ?? element.tagName);
  };
  new MutationObserver((records) => records.forEach(note)).observe(
    document.querySelector("table"),
    {subtree: true, childList: true, characterData: true, attributes: true},
  );
}"""


def rows(page: Page, number: int) -> None:
    expect(page.locator("tbody tr")).to_have_count(number, timeout=PATIENCE)


def test_search(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("table"))
    rows(page, 1000)
    page.get_by_role("textbox", name="Search").fill("brass hinge")
    summary = page.locator("#summary")
    expect(summary).not_to_have_text("1000 of 1000 parts", timeout=PATIENCE)
    found = int(summary.inner_text().split()[0])
    assert 0 < found < 100
    rows(page, found)
    page.get_by_role("textbox", name="Search").fill("no such thing")
    rows(page, 0)
    page.get_by_role("textbox", name="Search").fill("")
    rows(page, 1000)


def edit(page: Page, part: str, name: str, stock: str) -> None:
    row = page.get_by_role("row", name=part, exact=False).first
    row.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value(part, timeout=PATIENCE)
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("spinbutton", name="In stock").fill(stock)
    dialog.get_by_role("button", name="Save").click()


def test_an_edit_touches_one_row(page: Page, site_of: SiteOf) -> None:
    page.add_init_script(LISTEN)
    page.goto(site_of("table"))
    rows(page, 1000)
    name = page.locator("tbody tr").nth(499).locator("th").inner_text()
    row = page.get_by_role("row", name=name)
    row.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value(name, timeout=PATIENCE)
    page.evaluate(OBSERVE)
    dialog.get_by_role("textbox", name="Name").fill("Golden gate")
    dialog.get_by_role("spinbutton", name="In stock").fill("7")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("tbody tr").nth(499).locator("th")).to_have_text("Golden gate")
    assert page.evaluate("[...window.touched]") == [500]
    updates = [text for text in page.evaluate("window.received") if '"patches"' in str(text)]
    assert [len(text) <= 1000 for text in updates] == [True]


def test_a_wrong_edit_is_refused(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("table"))
    name = page.locator("tbody tr").first.locator("th").inner_text()
    edit(page, name, " ", "3")
    expect(page.get_by_text("A part needs a name")).to_be_visible()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("tbody tr").first.locator("th")).to_have_text(name)
