"""Every component in a browser: it appears, hydrates without a word, and does what it is for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, Console, SiteOf, at

FAMILIES = (
    *("", "typography", "display", "fields", "overlays", "charts"),
    *("code", "markdown", "media", "tables"),
)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_family_appears(
    page: Page, site_of: SiteOf, console: Console, family: str, scheme: str
) -> None:
    console.allow(r"/none\.(mp4|webm)")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    at(page, site_of, family)
    expect(page.locator("html")).to_have_class(re.compile(scheme))
    assert page.locator(".radix-themes").first.inner_text().strip() or family == "charts"


def test_files_of_the_site_are_found_under_a_sub_path(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "display", live=False)
    picture = page.get_by_alt_text("a picture")
    expect(picture).to_have_js_property("naturalWidth", 8, timeout=PATIENCE)
    expect(page.locator(".rt-AvatarImage")).to_be_visible()


def test_typing_is_echoed_and_follows_the_state(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    echo, text = page.locator("#echo"), page.locator("#text")
    echo.fill("")
    echo.press_sequentially("smooth typing", delay=5)
    expect(echo).to_have_value("smooth typing")
    expect(text).to_have_text("smooth typing")
    expect(page.locator("#area")).to_have_value("smooth typing")
    page.locator("#clear").click()
    expect(echo).to_have_value("")


def test_a_value_that_the_handler_changes_comes_back(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    page.locator("#clear").click()
    expect(page.locator("#shout")).to_have_value("")
    page.locator("#shout").press_sequentially("loud", delay=1)
    expect(page.locator("#shout")).to_have_value("LOUD")
    expect(page.locator("#text")).to_have_text("LOUD")


def test_typing_before_python_runs_is_kept(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields", live=False)
    page.locator("#echo").press("End")
    page.locator("#echo").press_sequentially(" early")
    expect(page.locator("#echo")).to_have_value("start early")
    expect(page.locator("#text")).to_have_text("start early", timeout=PATIENCE)
    expect(page.locator("#echo")).to_have_value("start early")


def test_a_debounced_field_waits(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    page.locator("#slow").fill("later")
    expect(page.locator("#text")).to_have_text("later")


def test_choices(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    tick, switch = page.get_by_role("checkbox", name="tick"), page.get_by_role("switch").first
    expect(tick).to_be_checked()
    tick.click()
    expect(tick).not_to_be_checked()
    expect(switch).not_to_be_checked()
    page.get_by_role("radio", name="a").first.click()
    expect(page.get_by_role("combobox").first).to_have_text("a")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="b").click()
    expect(page.get_by_role("radio", name="B", exact=True)).to_be_checked()
    thumb = page.get_by_role("slider").first
    thumb.press("ArrowRight")
    expect(thumb).to_have_attribute("aria-valuenow", "31")


def test_a_form_gives_all_its_fields(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    page.locator("[name=name]").fill("Grace")
    page.locator("#send").click()
    submitted = page.locator("#submitted")
    expect(submitted).to_contain_text('"name":"Grace"')
    expect(submitted).to_contain_text('"letter":"y"')
    expect(page.locator("[name=name]")).to_have_value("Ada")


def test_a_required_field_tells_what_is_missing(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "fields")
    page.get_by_role("button", name="check").click()
    expect(page.get_by_text("Please give one")).to_be_visible()


def test_overlays_open_and_close(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "overlays")
    page.get_by_role("button", name="dialog", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Description")
    page.get_by_role("button", name="close dialog").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="alert").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.get_by_role("button", name="do it").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.get_by_role("button", name="popover").click()
    page.get_by_role("button", name="close popover").click()
    page.get_by_role("button", name="menu", exact=True).click()
    page.get_by_role("menuitem", name="more").hover()
    expect(page.get_by_role("menuitem", name="deeper")).to_be_visible()
    page.get_by_role("menuitem", name="edit").click()
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_text("right click").click(button="right")
    expect(page.get_by_role("menuitem", name="copy")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="tooltip").hover()
    expect(page.get_by_role("tooltip")).to_have_text("tip")


def test_tabs_toasts_and_colour_mode(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "overlays")
    page.get_by_role("tab", name="two").click()
    expect(page.get_by_text("second tab")).to_be_visible()
    page.locator("#toast").click()
    expect(page.get_by_text("it worked")).to_be_visible()
    page.get_by_role("button", name="Color mode").first.click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    expect(page.get_by_role("switch", name="Dark mode")).to_be_checked()
    assert page.evaluate("document.documentElement.dataset.script") == "ran"


def test_an_accordion_opens(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "display")
    page.get_by_role("button", name="First").click()
    expect(page.get_by_text("The first")).to_be_visible()
    page.get_by_role("button", name="Second").click()
    expect(page.get_by_text("The first")).to_have_count(0)


def test_charts_are_drawn(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "charts")
    expect(page.locator(".recharts-bar-rectangle")).to_have_count(4)
    expect(page.locator(".recharts-pie-sector")).to_have_count(2)
    for color in ("tomato", "teal"):
        expect(page.locator(f".recharts-pie-sector [fill={color}]")).to_have_count(1)
    expect(page.locator(".recharts-line-curve").first).to_be_visible()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()


def test_content(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "typography")
    expect(page.locator("#moment")).to_have_text("2024-05-17")
    expect(page.locator("#moment-var")).to_have_text("17/05/2024")
    expect(page.locator("#moment-week")).to_have_text("2024-W20")
    expect(page.locator("#raw")).to_have_text("raw")
    expect(page.get_by_role("heading", name="Markdown")).to_be_visible()
    expect(page.get_by_role("cell", name="2")).to_be_visible()
    expect(page.locator("#own-look")).to_have_text("Own look +")
    assert str(page.locator("#own-link").get_attribute("href")).endswith("/gallery/fields")
    page.get_by_role("link", name="inside").click()
    expect(page.locator("#echo")).to_be_visible()
