"""What a tab keeps over a reload, and what other tabs see of it: nothing."""

from __future__ import annotations

from page_peer import Visit, expect_log, ready
from playwright.sync_api import BrowserContext, Page, expect

SAVED = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open('wasmrx', 1);
    request.onsuccess = () => done(request.result);
  });
  const store = database.transaction('saved').objectStore('saved');
  const all = await new Promise((done) => { const r = store.getAll(); r.onsuccess = () => done(r.result); });
  database.close();
  return all.map(({ text }) => JSON.parse(text).count);
}"""


def wait_saved(page: Page, *counts: int) -> None:
    page.wait_for_function(
        f"async (wanted) => JSON.stringify((await ({SAVED})()).sort()) === JSON.stringify(wanted)",
        arg=sorted(counts),
    )


def test_a_reload_finds_the_state(visit: Visit) -> None:
    page = visit()
    page.click("#inc")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("4")
    wait_saved(page, 4)
    for _ in range(3):
        page.reload()
        ready(page)
        expect(page.locator("#count")).to_have_text("4")
    expect_log(page, "inc", "inc")


def test_tabs_do_not_mix(visit: Visit, context: BrowserContext, page_site: str) -> None:
    first = visit()
    first.click("#inc")
    second = context.new_page()
    second.goto(page_site)
    ready(second)
    expect(second.locator("#count")).to_have_text("0")
    second.click("#inc")
    second.click("#inc")
    expect(second.locator("#count")).to_have_text("4")
    wait_saved(second, 2, 4)
    for page, count in ((first, "2"), (second, "4")):
        page.reload()
        ready(page)
        expect(page.locator("#count")).to_have_text(count)


def test_a_duplicated_tab_starts_fresh(visit: Visit, context: BrowserContext, page_site: str) -> None:
    first = visit()
    first.click("#inc")
    expect(first.locator("#count")).to_have_text("2")
    wait_saved(first, 2)
    with context.expect_page() as opened:
        first.evaluate("url => { window.open(url) }", page_site)
    copy = opened.value
    ready(copy)
    assert copy.evaluate("Object.keys(sessionStorage).length") >= 1
    expect(copy.locator("#count")).to_have_text("0")
    copy.click("#inc")
    copy.click("#inc")
    expect(copy.locator("#count")).to_have_text("4")
    wait_saved(copy, 2, 4)
    first.reload()
    ready(first)
    expect(first.locator("#count")).to_have_text("2")


def test_a_browser_that_keeps_nothing_is_told_once_and_used(visit: Visit, page: Page) -> None:
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no room', 'QuotaExceededError') }"
    )
    visit()
    expect(page.get_by_role("status").filter(has_text="cannot be kept")).to_have_count(1)
    for _ in range(3):
        page.click("#inc")
    expect(page.locator("#count")).to_have_text("6")
    expect(page.get_by_role("status").filter(has_text="cannot be kept")).to_have_count(1)
    page.get_by_role("button", name="Dismiss").click()
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("8")
    expect(page.locator(".wasmrx-notice")).to_have_count(0)


def test_a_store_that_fails_later_keeps_the_page_alive(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }
        }"""
    )
    page.click("#inc")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(page.get_by_role("status").filter(has_text="cannot be kept")).to_have_count(1)


def test_old_records_go(visit: Visit) -> None:
    page = visit()
    page.click("#inc")
    wait_saved(page, 2)
    page.evaluate(
        """async () => {
          const database = await new Promise((done) => {
            const request = indexedDB.open('wasmrx', 1);
            request.onsuccess = () => done(request.result);
          });
          const store = database.transaction('saved', 'readwrite').objectStore('saved');
          store.put({text: '{"count":99}', at: Date.now() - 15 * 24 * 3600e3}, ['x', 'y', 'z']);
          await new Promise((done) => { store.transaction.oncomplete = done });
          database.close();
        }"""
    )
    wait_saved(page, 2, 99)
    page.reload()
    wait_saved(page, 2)
