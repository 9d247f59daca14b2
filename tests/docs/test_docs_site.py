"""The documentation's site in a browser: each page, each live example, the search, the menu."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys import JOURNEYS, button
from manual.document import Document
from visits import PATIENCE, Console, SiteOf, until

SITE = "docs/site"
PHONE = {"width": 390, "height": 844}


def at(page: Page, site_of: SiteOf, path: str = "") -> None:
    """Open a page of the site, and wait until Python runs."""
    page.goto(site_of(SITE) + path)
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)


def title(page: Page) -> Locator:
    """The page's own title; live examples may have headings too."""
    return page.locator("main h1:not(.stage *)")


def test_every_live_example_has_a_visit(documents: dict[str, Document]) -> None:
    examples = [example.name for document in documents.values() for example in document.examples]
    assert sorted(examples) == sorted(JOURNEYS)


def test_the_live_examples(page: Page, site_of: SiteOf, documents: dict[str, Document]) -> None:
    for document in documents.values():
        if document.examples:
            at(page, site_of, document.route.lstrip("/"))
        for example in document.examples:
            JOURNEYS[example.name](page.locator(f"#live-{example.name}"), page)


# -- the site ----------------------------------------------------------------------------------


def test_every_page_is_there_and_fits_a_phone(
    page: Page, site_of: SiteOf, documents: dict[str, Document]
) -> None:
    page.set_viewport_size(PHONE)
    for document in documents.values():
        answer = page.goto(site_of(SITE) + document.route.lstrip("/"))
        assert answer is not None
        assert answer.status == 200
        heading = title(page)
        expect(heading).to_have_text(document.title, timeout=PATIENCE)
        expect(page).to_have_title(re.compile(re.escape(document.title)))
        about = page.locator("meta[name=description]")
        expect(about).to_have_attribute("content", document.description)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{document.page} is {width} px wide"


def test_nothing_is_asked_of_others(page: Page, site_of: SiteOf) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at(page, site_of)
    page.get_by_role("link", name="Getting started").first.click()
    expect(title(page)).to_have_text("Getting started")
    hosts = {urlsplit(url).netloc for url in asked if url.startswith("http")}
    assert hosts == {urlsplit(page.url).netloc}


def test_links_between_documents_and_headings(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "getting-started")
    page.evaluate("window.isSameDocument = true")
    page.locator("main").get_by_role("link", name="building and deploying", exact=True).click()
    expect(title(page)).to_have_text("Building and deploying")
    expect(page.locator("[aria-current=page]:visible")).to_have_text("Building and deploying")
    previous = page.get_by_label("Previous and next page").get_by_role("link").first
    previous.click()
    expect(title(page)).to_have_text("Packages")
    previous.click()
    expect(title(page)).to_have_text("Pages and routing")
    page.set_viewport_size({"width": 1400, "height": 500})
    page.get_by_label("On this page").get_by_role("link", name="Events on load").click()
    expect(page.locator("#events-on-load")).to_be_in_viewport()
    assert page.url.endswith("#events-on-load")
    assert page.evaluate("window.isSameDocument"), "a link loaded the whole page again"


def test_the_search(page: Page, site_of: SiteOf) -> None:
    at(page, site_of)
    button(page.locator("header"), "Search").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("textbox")
    expect(field).to_be_focused()
    field.press_sequentially("nojekyll", delay=5)
    expect(dialog.get_by_role("link").first).to_contain_text("Building and deploying")
    field.fill("zzzz")
    expect(dialog).to_contain_text("Nothing is found for “zzzz”.")
    field.fill("dynamic routes")
    expect(dialog.get_by_role("link").first).to_contain_text("Dynamic routes")
    field.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/pages-and-routing/?#dynamic-routes$"))
    expect(page.locator("#dynamic-routes")).to_be_in_viewport()


def test_the_gallery(page: Page, site_of: SiteOf) -> None:
    at(page, site_of)
    page.locator("header").get_by_role("link", name="Gallery", exact=True).click()
    expect(title(page)).to_have_text("Gallery")
    page.get_by_role("searchbox").fill("rx.switch")
    page.locator(".gallery-hit").first.click()
    expect(page).to_have_url(re.compile(r"/gallery/choices/?#switch$"))
    expect(page.locator("[aria-current=page]:visible")).to_have_text("Choices")
    stage = page.locator("#switch-demo")
    stage.get_by_role("switch").click()
    expect(stage).to_contain_text("on")
    button(page.locator("header"), "Search").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("rx.hover_card")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("Hover card")


def test_the_menu_of_a_phone(page: Page, site_of: SiteOf) -> None:
    page.set_viewport_size(PHONE)
    at(page, site_of)
    page.get_by_role("button", name="Pages").click()
    page.get_by_role("dialog").get_by_role("link", name="Errors").click()
    expect(title(page)).to_have_text("Errors")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_keyboard_skips_to_the_content(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "errors")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_code_is_copied(page: Page, site_of: SiteOf) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at(page, site_of, "getting-started")
    frame = page.locator(".code-frame").first
    frame.hover()
    button(frame, "Copy the code").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    until(lambda: page.evaluate("navigator.clipboard.readText()") != "")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("\nsource .venv/bin/activate\npip install ../wasmrx")


def test_an_unknown_address(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow(r"Failed to load resource.*404")
    page.goto(site_of(SITE) + "no/such/page")
    expect(title(page)).to_have_text("There is no page at this address", timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(page: Page, site_of: SiteOf, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    at(page, site_of)
    expect(page.locator("html")).to_have_class(re.compile(scheme))
    page.get_by_role("button", name="Color mode").click()
    expect(page.locator("html")).not_to_have_class(re.compile(rf"\b{scheme}\b"))
