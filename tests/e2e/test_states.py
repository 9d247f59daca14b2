"""States of every kind in a real browser: the router, values, kept vars and several tabs."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from visits import PATIENCE, Console, SiteOf

LOCAL = "'app.Settings.alone'"
FULL = "() => { throw new DOMException('no room', 'QuotaExceededError') }"


def at(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#ready")).to_have_text("ready", timeout=PATIENCE)
    return page


def shows(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        expect(page.locator(f"#{name.replace('_', '-')}")).to_have_text(text, timeout=PATIENCE)


def test_two_tabs_share_what_is_synchronised(
    page: Page, context: BrowserContext, site_of: SiteOf
) -> None:
    first = at(page, site_of("states"))
    shows(first, theme="light", loud="LIGHT", alone="a", tab="t", visits="0")
    second = at(context.new_page(), site_of("states") + "other")
    first.click("#dark")
    shows(first, theme="dark", loud="DARK", alone="dark alone", tab="dark tab", visits="1")
    shows(second, theme="dark", loud="DARK", alone="a", tab="t", visits="0")
    second.click("#blue")
    shows(second, theme="blue", alone="blue alone", tab="blue tab", visits="1")
    shows(first, theme="blue", loud="BLUE", alone="dark alone", tab="dark tab")
    second.evaluate("localStorage.theme = 'by hand'")
    shows(first, theme="by hand")
    second.evaluate(f"localStorage[{LOCAL}] = 'by hand, too'")
    at(second, site_of("states"))
    shows(second, theme="by hand", alone="by hand, too", tab="blue tab", visits="1")
    second.click("#forget")
    shows(second, theme="light", loud="LIGHT", tab="t", visits="0", alone="by hand, too")
    shows(first, theme="light", tab="dark tab")
    assert second.evaluate("localStorage.theme") is None
    second.click("#forget-all")
    shows(second, alone="a")
    second.reload()
    shows(second, theme="light", alone="a", tab="t", visits="0", ready="ready")


def test_a_value_that_is_too_big_keeps_the_page_running(page: Page, site_of: SiteOf) -> None:
    at(page, site_of("states"))
    page.click("#flood")
    full = page.get_by_role("status").filter(has_text="storage for this site is full")
    expect(full).to_have_count(1, timeout=PATIENCE)
    page.click("#flood")
    page.click("#look")
    shows(page, ticks="1", even="odd", seen="1")
    expect(full).to_have_count(1)


def test_components_with_states_of_their_own(page: Page, site_of: SiteOf) -> None:
    at(page, site_of("states"))
    page.click("#second")
    page.click("#inner")
    page.click("#inner")
    page.click("#panel-like")
    expect(page.locator("#first")).to_have_text("like 0")
    expect(page.locator("#second")).to_have_text("like 1")
    expect(page.locator("#inner")).to_have_text("like 2")
    expect(page.locator("#panel-like")).to_have_text("like 1")
    page.click("#panel")
    expect(page.locator("#panel-closed")).to_have_text("closed")
    page.click("#panel")
    expect(page.locator("#panel-like")).to_have_text("like 1")


def test_the_router_in_a_page(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow("404")  # A static host answers so for a dynamic route; the page shows it.
    site = site_of("states")
    at(page, site)
    page.click("#to-post")
    host = site.split("/any/")[0]
    path = site.removeprefix(host) + "post/hello%20you"
    shows(
        page,
        url=f"{host}{path}?q=x+y&n=1#part",
        url_path=path,
        url_query="q=x+y&n=1",
        url_fragment="part",
        url_parameter="x y",
        url_origin=host,
        url_upper="HTTP",
        page_path="/post/[slug]",
        page_raw_path=f"{path}?q=x+y&n=1#part",
        page_params="hello you",
        route_id="/post/[slug]",
        slug="hello you",
        client_ip="",
        agent=page.evaluate("navigator.userAgent"),
        languages=page.evaluate("navigator.languages.join()"),
    )
    token, load = page.locator("#token").inner_text(), page.locator("#load").inner_text()
    assert token
    assert load
    page.reload()
    shows(page, ready="ready", slug="hello you", token=token)
    expect(page.locator("#load")).not_to_have_text(load)


def test_values_of_every_type(page: Page, site_of: SiteOf, console: Console) -> None:
    at(page, site_of("states") + "values")
    first = {
        "day": "2026-01-02", "wait": "1:00:00", "price": "1.5", "path": "a/b", "tone": "high",
        "key": "00000000-0000-0000-0000-000000000007", "money": "12.34 €", "chosen": "1,2",
        "pair": "1", "marks": "", "list": "named like a builtin",
        "constructor": "named like JavaScript's",
    }  # fmt: skip
    shows(page, **first)
    page.click("#mutate")
    after = {
        "day": "2026-01-03", "money": "5.00 €", "chosen": "1,2,3", "pair": "1,2", "marks": "m",
        "list": "named like a builtin,more", "constructor": "named like JavaScript's!",
    }  # fmt: skip
    shows(page, **{**first, **after})
    console.allow("Values")
    for button in ("break", "misspell", "mistype"):
        page.click(f"#{button}")
        expect(page.get_by_role("alert").filter(has_text=re.compile("."))).not_to_have_count(0)
    shows(page, list="named like a builtin,more")
    page.reload()
    shows(page, ready="ready", money="5.00 €")
