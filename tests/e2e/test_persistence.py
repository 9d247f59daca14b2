"""What a tab keeps over reloads, what others see of it, and what happens when storage fails."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from hosting import Host
from visits import PATIENCE, Console, SiteOf, chromium_path, until

OPEN = """const database = await new Promise((done, failed) => {
  const request = indexedDB.open("wasmrx");
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});"""

EACH_RECORD = f"""async (change) => {{
  {OPEN}
  const store = database.transaction("saved", "readwrite").objectStore("saved");
  store.openCursor().onsuccess = ({{ target: {{ result: cursor }} }}) => {{
    if (!cursor) return;
    const {"{ value }"} = cursor;
    eval(change);
    cursor.continue();
  }};
  await new Promise((done) => {{ store.transaction.oncomplete = done; }});
  database.close();
}}"""

COUNT = f"""async () => {{
  {OPEN}
  const request = database.transaction("saved").objectStore("saved").count();
  await new Promise((done) => {{ request.onsuccess = done; }});
  database.close();
  return request.result;
}}"""

NEVER = "State cannot be kept in this browser"
NO_LONGER = "Changes cannot be kept at the moment"

CLICK_AND_RELOAD = """async ([count, pause]) => {
  const left = document.getElementById("left");
  const change = new Promise((resolve) => {
    const watched = { characterData: true, childList: true, subtree: true };
    new MutationObserver(resolve).observe(left, watched);
  });
  for (let n = 0; n < count; n++) document.getElementById("add").click();
  await change;
  if (pause) await new Promise((later) => setTimeout(later, pause));
  setTimeout(() => location.reload());
  return Number(left.textContent);
}"""

LEAVES = "dispatchEvent(new Event('pagehide'))"
"""Has the worker write what it has: a commit that takes long waits for a quiet time."""

Visit = Callable[..., Page]


def ready(page: Page) -> None:
    """Wait until Python has taken over."""
    expect(page.locator("#hydrated")).to_have_text("true", timeout=PATIENCE, ignore_case=True)


def shows(page: Page, name: str, value: object) -> None:
    expect(page.locator(f"#{name}")).to_have_text(str(value), timeout=PATIENCE)


def seen(page: Page, name: str) -> int:
    return int(page.locator(f"#{name}").inner_text())


def click(page: Page, name: str, times: int = 1) -> None:
    page.evaluate(
        "([name, times]) => { while (times--) document.getElementById(name).click() }",
        [name, times],
    )


def reload(page: Page) -> None:
    page.bring_to_front()  # What browsers do for a tab in the background waits for a second.
    page.reload()
    ready(page)


@pytest.fixture
def visit(page: Page, site_of: SiteOf) -> Visit:
    """Open the app, in this tab or in another."""

    def go(path: str = "", tab: Page = page) -> Page:
        tab.bring_to_front()
        tab.goto(site_of("keeping") + path)
        ready(tab)
        return tab

    return go


def test_every_kind_of_value_comes_back(visit: Visit) -> None:
    page = visit()
    click(page, "fill-values")
    click(page, "show-values")
    shows(page, "same", "shared,more")
    values = page.locator("#shown").inner_text()
    reload(page)
    shows(page, "shown", values)
    click(page, "show-values")
    shows(page, "same", "shared,more,more")
    shows(page, "tags", "shared,more,more")
    again = page.locator("#shown").inner_text()
    assert again == values.replace("'more']", "'more', 'more']")
    for text in ("datetime.timezone.utc", "BLUE", "Decimal('1.10')", "'mine'", "bytearray(b'abc')"):
        assert text in again


def test_a_reload_without_waiting_finds_what_was_shown(visit: Visit) -> None:
    """After a reload at any moment the state is what was shown, or what was to be shown next."""
    page = visit()
    moments = random.Random(5)
    clicks = 0
    for _ in range(15):
        count, pause = moments.randint(1, 12), moments.choice([0, 0, 1, 3, 8, 20, 60])
        clicks += count
        with page.expect_navigation():
            shown = page.evaluate(CLICK_AND_RELOAD, [count, pause])
        ready(page)
        found = seen(page, "left")
        assert shown <= found <= clicks
        assert seen(page, "right") == found == seen(page, "added")
        clicks = found


def test_a_large_state_comes_back(visit: Visit) -> None:
    page = visit()
    click(page, "fill-rows")
    shows(page, "last", "row 0")
    click(page, "edit", times=25)
    shows(page, "edits", 25)
    reload(page)
    shows(page, "last", "edited 25")


def test_a_handler_that_runs_at_a_reload_leaves_nothing_half_done(visit: Visit) -> None:
    page = visit()
    click(page, "add", times=3)
    shows(page, "left", 3)
    click(page, "hold")
    click(page, "add")
    reload(page)
    shows(page, "left", 3)
    shows(page, "right", 3)
    click(page, "add")
    shows(page, "left", 4)


def test_navigation_keeps_the_state_and_tabs_do_not_mix(
    visit: Visit, context: BrowserContext
) -> None:
    first, second = visit(), visit(tab=context.new_page())
    counts = {first: 0, second: 0}
    moments = random.Random(6)
    for _ in range(6):
        page = moments.choice([first, second])
        page.bring_to_front()
        click(page, "add")
        counts[page] += 1
        for tab in (first, second):
            shows(tab, "left", counts[tab])
        way = moments.choice(["reload", "other", "back"])
        if way == "reload":
            page.reload()
        elif way == "other":
            visit(moments.choice(["other", ""]), tab=page)
        else:
            visit("other", tab=page)
            page.go_back()
        ready(page)
        for tab in (first, second):
            shows(tab, "left", counts[tab])


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no locks"])
def test_a_duplicated_tab_starts_fresh(
    visit: Visit, context: BrowserContext, site_of: SiteOf, locks: bool
) -> None:
    if not locks:
        context.add_init_script("delete Navigator.prototype.locks")
        context.route("**/worker-*.js", prefixed("delete WorkerNavigator.prototype.locks;"))
    first = visit()
    click(first, "add")
    shows(first, "left", 1)
    with context.expect_page() as opened:
        first.evaluate("url => { window.open(url) }", site_of("keeping"))
    copy = opened.value
    ready(copy)
    shows(copy, "left", 0)
    click(copy, "add", times=2)
    shows(copy, "left", 2)
    for page, count in ((first, 1), (copy, 2), (first, 1)):
        reload(page)
        shows(page, "left", count)


def test_a_copy_of_the_tabs_storage_is_no_way_to_its_state(
    visit: Visit, context: BrowserContext
) -> None:
    """As a browser's own "Duplicate" does it, while the page lives and after it has gone."""
    first = visit()
    click(first, "add")
    shows(first, "left", 1)
    stored = first.evaluate("JSON.stringify(sessionStorage)")
    copy = context.new_page()
    copy.add_init_script(
        f"if (!sessionStorage.length) Object.assign(sessionStorage, {stored});",
    )
    visit(tab=copy)
    shows(copy, "left", 0)
    click(copy, "add", times=5)
    shows(copy, "left", 5)
    reload(first)
    shows(first, "left", 1)
    stored = first.evaluate(
        "dispatchEvent(new PageTransitionEvent('pagehide')), JSON.stringify(sessionStorage)"
    )
    late = context.new_page()
    late.add_init_script(f"if (!sessionStorage.length) Object.assign(sessionStorage, {stored});")
    visit(tab=late)
    shows(late, "left", 0)


def test_apps_of_one_origin_do_not_mix(
    visit: Visit, host: Host, dist_of: Callable[[str], object], page: Page
) -> None:
    visit()
    click(page, "add")
    shows(page, "left", 1)
    page.goto(host.mount("/elsewhere/", dist_of("keeping")))  # type: ignore[arg-type]
    ready(page)
    shows(page, "left", 0)
    click(page, "add", times=2)
    shows(page, "left", 2)
    visit()
    shows(page, "left", 1)


@pytest.fixture
def tab_with_history(browser: Browser, console: Console) -> Iterator[Page]:
    """A tab that keeps pages whole for Back, as browsers do where no test tells them not to."""
    keeps_pages = ["--disable-back-forward-cache"]
    started = browser.browser_type.launch(
        executable_path=chromium_path(), args=["--no-sandbox"], ignore_default_args=keeps_pages
    )
    page = started.new_page(service_workers="block")
    console.watch(page)
    page.add_init_script(
        """if (sessionStorage.getItem("whole")) sessionStorage.setItem("anew", 1);
        addEventListener("pageshow", (e) => e.persisted && sessionStorage.setItem("whole", 1));"""
    )
    yield page
    started.close()


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no locks"])
def test_a_page_that_comes_back_whole_shows_the_newest_state(
    visit: Visit, host: Host, tab_with_history: Page, tmp_path: Path, locks: bool
) -> None:
    """With locks a browser keeps no page whose state another page of the tab went on with."""
    page = tab_with_history
    if not locks:
        page.add_init_script("delete Navigator.prototype.locks")
        page.route("**/worker-*.js", prefixed("delete WorkerNavigator.prototype.locks;"))
    visit(tab=page)
    click(page, "add")
    shows(page, "left", 1)
    if locks:
        (tmp_path / "index.html").write_text("<link rel=icon href=data:,><p>Elsewhere</p>")
        page.goto(host.mount("/elsewhere/", tmp_path))
    else:
        visit("other", tab=page)
        click(page, "add")
        shows(page, "left", 2)
    page.evaluate("history.back()")
    page.wait_for_function("sessionStorage.getItem('anew')")
    ready(page)
    expect(page.get_by_role("heading")).to_have_text("Keeping")
    shows(page, "left", 1 if locks else 2)
    click(page, "add")
    shows(page, "left", 2 if locks else 3)


def prefixed(script: str) -> Callable[[Route], None]:
    """Run ``script`` ahead of a worker's own: a browser that lacks something."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"{script}\n{response.text()}")

    return answer


@pytest.mark.parametrize(
    "browser_without",
    [
        "Object.defineProperty(self, 'indexedDB', { value: undefined });",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') };",
        "IDBFactory.prototype.open = () => ({});",
    ],
    ids=["no database", "a closed database", "a database that never answers"],
)
def test_a_browser_that_keeps_nothing_is_told_once_and_used(
    visit: Visit, context: BrowserContext, browser_without: str
) -> None:
    context.route("**/worker-*.js", prefixed(browser_without))
    page = visit()
    notice = page.get_by_role("status").filter(has_text=NEVER)
    expect(notice).to_have_count(1, timeout=PATIENCE)
    click(page, "add", times=3)
    shows(page, "left", 3)
    expect(notice).to_have_count(1)
    page.get_by_role("button", name="Dismiss").click()
    click(page, "add")
    shows(page, "left", 4)
    expect(notice).to_have_count(0)


def test_a_closed_session_storage_is_told_once(visit: Visit, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage',"
        " { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    visit()
    expect(page.get_by_role("status").filter(has_text=NEVER)).to_have_count(1)
    click(page, "add")
    shows(page, "left", 1)


def test_a_full_disk_keeps_the_last_good_copy_and_saving_goes_on(
    visit: Visit, context: BrowserContext, page: Page, host: Host
) -> None:
    disk = context.new_cdp_session(page)
    disk.send("Storage.overrideQuotaForOrigin", {"origin": host.origin, "quotaSize": 400_000})
    visit()
    click(page, "add", times=2)
    shows(page, "left", 2)
    page.evaluate(LEAVES)
    click(page, "grow")
    notice = page.get_by_role("status").filter(has_text=NO_LONGER)
    expect(notice).to_have_count(1, timeout=PATIENCE)
    click(page, "add")
    shows(page, "left", 3)
    expect(notice).to_have_count(1)
    reload(page)
    shows(page, "left", 2)
    shows(page, "size", 0)
    expect(notice).to_have_count(0)
    click(page, "grow")
    click(page, "add")
    expect(notice).to_have_count(1, timeout=PATIENCE)
    click(page, "shrink")
    expect(notice).to_have_count(0, timeout=PATIENCE)
    reload(page)
    shows(page, "left", 3)
    shows(page, "size", 1)


def test_a_database_that_is_deleted_is_made_anew_with_everything(visit: Visit) -> None:
    page = visit()
    click(page, "fill-values")
    click(page, "show-values")
    shows(page, "tags", "shared,more")
    page.evaluate(
        """() => new Promise((done, failed) => {
          const request = indexedDB.deleteDatabase("wasmrx");
          request.onsuccess = done;
          request.onerror = failed;
        })"""
    )
    click(page, "add")
    shows(page, "left", 1)
    until(lambda: page.evaluate("indexedDB.databases()") and page.evaluate(COUNT))
    reload(page)
    shows(page, "left", 1)
    shows(page, "tags", "shared,more")


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("value.data[value.data.length - 1] ^= 1; cursor.update(value)", False),
        ("value.data = value.data.slice(0, 40); cursor.update(value)", False),
        ("value.data = 'text'; cursor.update(value)", False),
        ("cursor.update(5)", False),
        ("cursor.delete()", False),
        ("value.at = 'long ago'; cursor.update(value)", True),
    ],
    ids=["one bit", "cut off", "no bytes", "a number", "deleted", "no time"],
)
def test_damaged_records_are_set_aside(visit: Visit, change: str, kept: bool) -> None:
    page = visit()
    click(page, "add", times=2)
    shows(page, "left", 2)
    reload(page)
    page.evaluate(EACH_RECORD, change)
    reload(page)
    shows(page, "left", 2 if kept else 0)
    click(page, "add")
    shows(page, "left", 3 if kept else 1)
    reload(page)
    shows(page, "left", 3 if kept else 1)


def test_a_database_of_something_else_is_shared(visit: Visit, page: Page, host: Host) -> None:
    page.route("**/first", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto(f"{host.origin}/first")
    page.evaluate(
        """() => new Promise((done) => {
          const request = indexedDB.open("wasmrx", 7);
          request.onupgradeneeded = () => request.result.createObjectStore("theirs");
          request.onsuccess = () => { request.result.close(); done(); };
        })"""
    )
    visit()
    click(page, "add")
    shows(page, "left", 1)
    reload(page)
    shows(page, "left", 1)


def test_what_tabs_left_goes_after_a_while(visit: Visit, context: BrowserContext) -> None:
    gone, page = visit(tab=context.new_page()), visit()
    for tab in (gone, page):
        click(tab, "add")
        shows(tab, "left", 1)
    living = visit(tab=context.new_page())
    click(living, "add")
    shows(living, "left", 1)
    gone.close()
    page.evaluate(EACH_RECORD, "value.at -= 15 * 24 * 3600e3; cursor.update(value)")
    reload(page)
    until(lambda: page.evaluate(COUNT) == 2)
    for tab in (page, living):
        reload(tab)
        shows(tab, "left", 1)


def test_a_worker_that_is_ended_is_noticed_and_its_event_not_run_again(
    visit: Visit, page: Page, console: Console
) -> None:
    console.allow("Python was started again")
    page.add_init_script(
        """const Real = Worker;
        window.Worker = class extends Real {
          constructor(...given) {
            super(...given);
            window.endWorker = () => this.terminate();
            this.addEventListener("message", ({ data }) => {
              if (typeof data === "number") window.begun = data;
            });
          }
        };"""
    )
    visit()
    click(page, "add", times=4)
    shows(page, "left", 4)
    page.evaluate(LEAVES)
    before = page.evaluate("begun")
    click(page, "spin")
    click(page, "add", times=2)
    page.wait_for_function("(before) => begun > before", arg=before)
    page.evaluate("endWorker()")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("app.Pair.spin is not run again", timeout=PATIENCE)
    shows(page, "left", 6)
    shows(page, "right", 6)
    assert re.search(r"Pair\.add", alert.inner_text()) is None
    expect(page.locator("[data-pending]")).to_have_count(0)
