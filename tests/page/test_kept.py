"""What the browser keeps for vars: cookies, local and session storage, several tabs."""

from __future__ import annotations

import json
from typing import Any

from page_peer import Visit, act, expect_log, ready
from playwright.sync_api import BrowserContext, Page, expect

from visits import Console

FULL = "() => { throw new DOMException('no room', 'QuotaExceededError') }"
DENIED = """for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, {
    get() { throw new DOMException('denied', 'SecurityError') },
  })"""


def keep(page: Page, kind: str, key: str, value: str | None, **options: Any) -> None:
    act(page, "keep", {"kind": kind, "key": key, "value": value, "options": options})


def told(page: Page) -> list[dict[str, Any]]:
    """What the worker was told of storage since the page started, value by value."""
    lines = page.locator("#log").inner_text().splitlines()
    texts = [line.removeprefix("stored ") for line in lines if line.startswith("stored ")]
    return [value for text in texts for value in json.loads(text)]


def at_start(page: Page) -> Any:
    return json.loads(page.evaluate("probe.peek('test', 'storage')"))


def test_what_is_kept_is_there_at_the_next_start(visit: Visit) -> None:
    page = visit()
    assert at_start(page) == {}
    keep(page, "local", "a", "1")
    keep(page, "session", "b", "2")
    keep(page, "cookie", "c d", "é;=", path="/", max_age=600, same_site="lax")
    page.evaluate("localStorage.other = 'not of this app'")
    page.wait_for_function("() => document.cookie.includes('%3B')")
    assert page.evaluate("[localStorage.a, sessionStorage.b]") == ["1", "2"]
    assert page.evaluate("document.cookie") == "c%20d=%C3%A9%3B%3D"
    page.reload()
    ready(page)
    assert at_start(page) == {
        "local": {"a": "1"},
        "session": {"b": "2"},
        "cookie": {"c d": "é;="},
    }
    assert told(page) == []


def test_options_of_cookies(visit: Visit, context: BrowserContext) -> None:
    page = visit()
    keep(page, "cookie", "c d", "x", path="/", max_age=600, same_site="strict", secure=True)
    page.wait_for_function("() => document.cookie")
    (cookie,) = context.cookies()
    assert (cookie["path"], cookie["sameSite"], cookie["secure"]) == (
        "/some/where/",
        "Strict",
        True,
    )
    assert 0 < cookie["expires"] - page.evaluate("Date.now() / 1000") <= 600
    keep(page, "cookie", "c d", None, path="/")
    page.wait_for_function("() => !document.cookie")
    keep(page, "cookie", "s", "x", path="/some/where/about")
    keep(page, "cookie", "last", "x", path="/", max_age=0)
    assert page.evaluate("document.cookie") == ""
    assert [found["name"] for found in context.cookies()] == ["s"]
    assert context.cookies()[0]["expires"] == -1


def test_what_an_action_removes_is_told(visit: Visit) -> None:
    page = visit()
    keep(page, "local", "a", "1")
    keep(page, "local", "e", "1")
    keep(page, "session", "b", "2")
    keep(page, "cookie", "c d", "3", path="/")
    page.wait_for_function("() => document.cookie")
    token = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('wasmrx:'))")
    act(page, "remove_local_storage", {"key": "e"})
    act(page, "remove_cookie", {"key": "c d", "options": {"path": "/"}})
    act(page, "clear_session_storage")
    act(page, "clear_local_storage")
    expect(page.locator("#log")).to_contain_text('"key":"a"')
    assert [(value["key"], value["value"], value["writes"]) for value in told(page)] == [
        ("e", None, 1),
        ("c d", None, 1),
        ("b", None, 1),
        ("a", None, 1),
        ("e", None, 1),
    ]
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert len(token) == 1
    assert page.evaluate("Object.keys(sessionStorage)") == token


def test_another_tab_is_followed_where_asked(
    visit: Visit, context: BrowserContext, page_site: str
) -> None:
    first = visit()
    second = context.new_page()
    second.goto(page_site + "about")
    ready(second)
    keep(first, "local", "e", "unseen")
    keep(first, "local", "a", "seen")
    expect(second.locator("#log")).to_contain_text("seen")
    keep(second, "local", "a", "answer")
    expect(first.locator("#log")).to_contain_text("answer")
    first.evaluate("localStorage.removeItem('a')")
    expect(second.locator("#log")).to_contain_text("null")
    assert [(value["key"], value["value"], value["writes"]) for value in told(second)] == [
        ("a", "seen", 0),
        ("a", None, 1),
    ]
    assert [(value["value"], value["writes"]) for value in told(first)] == [("answer", 1)]


def test_a_full_store_is_said_once(visit: Visit) -> None:
    page = visit()
    page.evaluate(f"() => {{ Storage.prototype.setItem = {FULL} }}")
    keep(page, "local", "a", "1")
    keep(page, "session", "b", "1")
    full = page.get_by_role("status").filter(has_text="storage for this site is full")
    expect(full).to_have_count(1)
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")
    page.get_by_role("button", name="Dismiss").click()
    keep(page, "local", "a", "2")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(full).to_have_count(0)


def test_a_cookie_that_is_too_long_is_said(visit: Visit) -> None:
    page = visit()
    keep(page, "cookie", "c d", "x" * 5000, path="/")
    expect(page.get_by_role("status").filter(has_text="4,096 characters")).to_have_count(1)
    assert page.evaluate("document.cookie") == ""


def test_a_browser_that_lets_nothing_be_kept(visit: Visit, page: Page, console: Console) -> None:
    console.allow("denied")
    page.add_init_script(DENIED)
    visit()
    assert at_start(page) == {}
    keep(page, "local", "a", "1")
    expect(page.get_by_role("status").filter(has_text="browser keeps nothing")).to_have_count(1)
    act(page, "remove_local_storage", {"key": "a"})
    expect_log(
        page,
        'stored [{"kind":"local","key":"a","value":null,"writes":1},'
        '{"kind":"local","key":"e","value":null,"writes":0}]',
    )
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")
