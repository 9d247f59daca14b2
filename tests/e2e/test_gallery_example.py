"""The gallery: each page, the search, sources, phones, and that nothing in it shuts anyone out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from visits import PATIENCE, Console, SiteOf, under_a_strict_policy, violations

SITE = "examples/gallery"
PHONE = {"width": 390, "height": 844}
PAGES = (
    *("", "layout", "typography", "buttons", "fields", "choices", "forms", "overlays", "menus"),
    *("disclosure", "tables", "feedback", "media", "charts", "plots", "writing", "html", "svg"),
    "page",
)
DRAWN = {"plots": ".js-plotly-plot .main-svg", "tables": "[data-testid=data-grid-canvas]"}


def at(page: Page, site_of: SiteOf, family: str) -> None:
    """Open a page of the gallery, and wait until Python runs and what is fetched late is drawn."""
    page.goto(site_of(SITE) + (f"{family}/" if family else ""))
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)
    if family in DRAWN:
        expect(page.locator(DRAWN[family]).first).to_be_visible(timeout=PATIENCE)


def stage(page: Page, demo: str) -> Locator:
    return page.locator(f"#{demo}-demo")


# -- demos -------------------------------------------------------------------------------------


def press(page: Page) -> None:
    stage(page, "button").get_by_role("button", name="Press").click()
    expect(stage(page, "button")).to_contain_text("Pressed 1 times")


def greet(page: Page) -> None:
    stage(page, "text-field").get_by_role("textbox").fill("Grace")
    expect(stage(page, "text-field")).to_contain_text("Hello Grace!")


def choose(page: Page) -> None:
    stage(page, "select").get_by_role("combobox").click()
    page.get_by_role("option", name="plum").click()
    expect(stage(page, "select")).to_contain_text("A plum, please.")
    stage(page, "checkbox-group").get_by_role("checkbox", name="Wed").click()
    expect(stage(page, "checkbox-group")).to_contain_text("2 days: Mon, Wed")


def order(page: Page) -> None:
    form = stage(page, "form")
    form.get_by_role("textbox").fill("Curry")
    form.get_by_role("button", name="Order").click()
    expect(form).to_contain_text('dish: "Curry"')
    checked = stage(page, "checked-form")
    expect(checked).not_to_contain_text("That name is taken.")
    checked.get_by_role("textbox").first.fill("Ada")
    expect(checked).to_contain_text("That name is taken.")
    checked.get_by_role("textbox").last.fill("a@b.c")
    checked.get_by_role("textbox").last.press("Tab")
    expect(checked).to_contain_text("A fine address.")


def delete(page: Page) -> None:
    stage(page, "alert-dialog").get_by_role("button").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(stage(page, "alert-dialog")).to_contain_text("0 files")


def sort(page: Page) -> None:
    stage(page, "menu-of-choices").get_by_role("button").click()
    page.get_by_role("menuitemradio", name="By date").click()
    expect(stage(page, "menu-of-choices")).to_contain_text("a grid, by date")


def sell(page: Page) -> None:
    row = stage(page, "table").get_by_role("row").filter(has_text="Melon")
    row.get_by_role("button").click()
    expect(row.get_by_role("cell").nth(1)).to_have_text("2")


def roll(page: Page) -> None:
    bars = stage(page, "bar-chart")
    expect(bars.locator(".recharts-label-list text")).to_have_count(6)
    bars.get_by_role("button").click()
    labels = bars.locator(".recharts-label-list text")
    expect(labels.filter(has_text=re.compile(r"^([4-9]|1\d)$")).first).to_be_visible()


def draft(page: Page) -> None:
    stage(page, "markdown-of-state").get_by_role("textbox").fill("# New **words**")
    expect(stage(page, "markdown-of-state").get_by_role("heading")).to_have_text("New words")


def drag(page: Page) -> None:
    board = stage(page, "drag-and-drop")
    board.get_by_text("wash").drag_to(board.get_by_text("shop"))
    expect(board.get_by_text("shop").locator("..")).to_contain_text("wash")
    expect(stage(page, "script")).to_contain_text("hello")


DEMOS: dict[str, Callable[[Page], None]] = {
    "buttons": press,
    "fields": greet,
    "choices": choose,
    "forms": order,
    "overlays": delete,
    "menus": sort,
    "tables": sell,
    "charts": roll,
    "writing": draft,
    "page": drag,
}


@pytest.mark.parametrize("family", PAGES)
def test_a_page_for_everyone(page: Page, site_of: SiteOf, console: Console, family: str) -> None:
    """Under a strict policy no error, light and dark nothing that axe finds serious, the demos
    work, and on a phone nothing is wider than the screen."""
    if family == "html":
        console.allow("object-src")  # rx.el.embed shows nothing under this policy

    under_a_strict_policy(page)
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    at(page, site_of, family)
    expect(page.locator("html")).to_have_class(re.compile("light"))
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    assert violations(page) == []
    if family in DEMOS:
        DEMOS[family](page)
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{family} is {width} px wide"


# -- the gallery itself ------------------------------------------------------------------------


def test_the_search_by_keyboard(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "media")
    page.get_by_role("button", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("rx.segmented_control")
    hits = page.get_by_role("dialog").get_by_role("link")
    expect(hits.first).to_contain_text("Segmented control")
    field.fill("zzzz")
    expect(page.get_by_role("dialog")).to_contain_text("Nothing is found for “zzzz”.")
    field.fill("el.svg.animate_motion")
    expect(hits).to_have_count(1)
    field.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/svg/?#moving$"))
    expect(page.locator("#moving")).to_be_in_viewport()


def test_the_families_and_their_links(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "")
    page.get_by_role("main").get_by_role("link", name="Choices").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choices")
    expect(page.locator("[aria-current=page]:visible")).to_have_text("Choices")
    page.locator(".gallery-contents").get_by_role("link", name="Slider").click()
    expect(page.locator("#slider")).to_be_in_viewport()
    page.get_by_label("Other families").get_by_role("link", name="Forms").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Forms")


def test_a_source_is_copied(page: Page, site_of: SiteOf) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at(page, site_of, "buttons")
    expect(page.locator("#button-source code")).to_contain_text("class Presses(rx.State):")
    page.get_by_role("button", name="Copy the source of Button", exact=True).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "import wasmrx as rx\n\n\nclass Presses(rx.State):\n    count: int = 0"
    )
    assert copied.endswith("    )")


def test_a_phone_has_a_menu_and_shuts_sources(page: Page, site_of: SiteOf) -> None:
    page.set_viewport_size(PHONE)
    at(page, site_of, "layout")
    toggle = page.get_by_role("button", name="Source", exact=True).first
    source = page.locator("#box-source")
    expect(source).to_be_hidden()
    toggle.click()
    expect(source).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(source).to_be_hidden()
    page.get_by_role("button", name="Families").click()
    page.get_by_role("dialog").get_by_role("link", name="Feedback").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Feedback")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_keyboard_skips_to_the_content(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "buttons")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_page_carries_what_it_shows(page: Page, site_of: SiteOf) -> None:
    """Plotly, the charts and the grid of cells weigh on their own pages only."""
    at(page, site_of, "buttons")
    scripts = (
        "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js'))"
        ".reduce((sum, one) => sum + one.decodedBodySize, 0)"
    )
    light = page.evaluate(scripts)
    at(page, site_of, "plots")
    assert 100_000 < light < 700_000 < page.evaluate(scripts) - 3 * light, light
