"""What a tab keeps over a reload, and what other tabs see of it: nothing."""

from __future__ import annotations

from page_peer import Visit, expect_log, ready
from playwright.sync_api import BrowserContext, Page, expect

OPEN = """const database = await new Promise((done) => {
  const request = indexedDB.open('wasmrx', 1);
  request.onsuccess = () => done(request.result);
});"""

SAVED = f"""async () => {{
  {OPEN}
  const request = database.transaction('saved').objectStore('saved').getAll();
  await new Promise((done) => {{ request.onsuccess = done }});
  database.close();
  return request.result.map(({{ text }}) => JSON.parse(text).count);
}}"""

ADD_OLD = f"""async () => {{
  {OPEN}
  const store = database.transaction('saved', 'readwrite').objectStore('saved');
  const at = Date.now() - 15 * 24 * 3600e3;
  store.put({{state: 'z', text: '{{"count":99}}', at}}, ['x', 'y', 'z']);
  await new Promise((done) => {{ store.transaction.oncomplete = done }});
  database.close();
}}"""

FULL = "() => { throw new DOMException('no room', 'QuotaExceededError') }"


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


def test_a_duplicated_tab_starts_fresh(
    visit: Visit, context: BrowserContext, page_site: str
) -> None:
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
    page.add_init_script(f"IDBFactory.prototype.open = {FULL}")
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
    page.evaluate(f"() => {{ IDBObjectStore.prototype.put = {FULL} }}")
    page.click("#inc")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(page.get_by_role("status").filter(has_text="cannot be kept")).to_have_count(1)


def test_old_records_go(visit: Visit) -> None:
    page = visit()
    page.click("#inc")
    wait_saved(page, 2)
    page.evaluate(ADD_OLD)
    wait_saved(page, 2, 99)
    page.reload()
    wait_saved(page, 2)


def test_a_store_that_never_answers_does_not_hold_the_page(visit: Visit, page: Page) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => ({})")
    visit()
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")
