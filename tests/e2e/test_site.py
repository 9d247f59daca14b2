"""The site with several pages: links, the address bar, deep links, going back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, Console, SiteOf

DEEP = r"Failed to load resource.*404"
"""The page itself comes with status 404, and looks for its scripts level by level."""


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=PATIENCE)


def test_links_and_history(page: Page, site_of: SiteOf) -> None:
    base = site_of("site")
    page.goto(base)
    heading(page, "Small questions, short answers")
    page.get_by_role("link", name="Articles", exact=True).click()
    heading(page, "Articles")
    expect(page).to_have_url(re.compile(rf"^{re.escape(base)}articles/?$"))
    expect(page).to_have_title("Articles")
    page.evaluate("window.isSameDocument = true")
    page.get_by_role("link", name="What a sourdough starter is").click()
    heading(page, "What a sourdough starter is")
    page.go_back()
    heading(page, "Articles")
    page.go_forward()
    heading(page, "What a sourdough starter is")
    page.get_by_role("link", name="About").click()
    heading(page, "About")
    assert page.evaluate("window.isSameDocument"), "a link loaded the whole page again"


@pytest.mark.parametrize("path", ["articles/", "about/", "articles", ""])
def test_every_page_has_an_address(page: Page, site_of: SiteOf, path: str) -> None:
    answer = page.goto(site_of("site") + path)
    assert answer is not None
    assert answer.status == 200
    expected = {"a": "Articles", "b": "About", "": "Small questions, short answers"}
    heading(page, expected["b" if path.startswith("about") else path[:1]])


def test_a_deep_link_and_a_refresh(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow(DEEP)
    page.goto(site_of("site") + "articles/maps")
    heading(page, "Every flat map tells a lie")
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("button", name="Like").click()
    expect(page.get_by_role("button", name="Liked")).to_be_visible()
    page.reload()
    heading(page, "Every flat map tells a lie")
    expect(page.get_by_role("button", name="Liked")).to_be_visible(timeout=PATIENCE)


def test_a_handler_leads_on(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow(DEEP)
    base = site_of("site")
    page.goto(base + "articles/tides")
    heading(page, "Why there are two tides a day")
    page.get_by_role("button", name="Next article").click()
    heading(page, "What a sourdough starter is")
    expect(page).to_have_url(re.compile(rf"^{re.escape(base)}articles/bread/?$"))


def test_unknown_addresses(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow(r"Failed to load resource.*404")
    page.goto(site_of("site") + "articles/unheard-of")
    heading(page, "No such article")
    page.goto(site_of("site") + "no/such/page/at/all")
    expect(page.get_by_text("404")).to_be_visible(timeout=PATIENCE)
