"""Values of every shape on a page: as the HTML arrives, and after Python has changed them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, Console, SiteOf

expect.set_options(timeout=PATIENCE)
BEFORE: dict[str, list[str]] = {
    ".shelf": ["A 0:A/Ann/1900/CAx0Ay0", "B"],
    "#numbers li": ["2=2.0", "3=0.5"],
    "#tags li": ["a", "b"],
    "#pair li": ["0:1", "1:one"],
    "#maybe li": [],
    "#word li": ["a", "😀", "é"],
    "#range li": ["3", "2", "1"],
    "#python li": ["0", "1"],
    "#constants li": ["é", "k"],
    "#object li": ["title"],
    "#point": ["one2"],
    "#movie": ["no year"],
    "#best": ["no best"],
    "#match": ["1"],
    "#list b": [],
    "#when": ["False True"],
    "#own": ["one!!2"],
    "#named": ["['l'] i t 3 s c ts v h"],
}
AFTER: dict[str, list[str]] = {
    ".shelf": ["A 0:A/Ann/1900/CAx0Ay0", "B 0:B/Bo/None/CBz0"],
    "#tags li": ["a", "b", "c"],
    "#pair li": ["0:2", "1:two"],
    "#maybe li": ["2", "3"],
    "#word li": ["a", "😀", "é", "ß"],
    "#constants li": ["ß", "k"],
    "#object li": ["title", "year"],
    "#point": ["two3"],
    "#movie": ["1999"],
    "#best": ["Ann"],
    "#match": ["both"],
    "#list b": ["two"],
    "#when": ["True False"],
    "#own": ["two!!3"],
}


@pytest.mark.parametrize("scripts", [False, True], ids=["prerendered", "live"])
def test_values_of_every_shape(
    page: Page, site_of: SiteOf, console: Console, scripts: bool
) -> None:
    if not scripts:
        console.allow("ERR_FAILED")
        page.route("**/*.js", lambda route: route.abort())
    page.goto(site_of("values"), wait_until="domcontentloaded")
    for place, texts in BEFORE.items():
        expect(page.locator(place)).to_have_text(texts)
    if scripts:
        page.get_by_role("button", name="change").click()
        for place, texts in AFTER.items():
            expect(page.locator(place)).to_have_text(texts)


def test_vars_named_like_builtins(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("values"))
    page.get_by_role("button", name="rename").click()
    expect(page.locator("#named")).to_have_text("['l', 'm'] new t 3 s new new new new")


def test_client_state_needs_no_python(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("values"))
    shown, seen = page.locator("#client"), page.locator("#seen")
    expect(shown).to_have_text("2  9")
    for name in ("count", "count", "apart"):
        page.get_by_role("button", name=name).click()
    page.locator("#note").fill("hey")
    expect(shown).to_have_text("5 HEY 10")
    page.get_by_role("button", name="ask").click()
    expect(seen).to_have_text("4,hey")
    page.get_by_role("button", name="push").click()
    expect(shown).to_have_text("41 PUSHED 10")
    expect(page.locator("#note")).to_have_value("pushed")
    page.reload()
    expect(shown).to_have_text("2  9")
    page.get_by_role("button", name="ask").click()
    expect(seen).to_have_text("4,hey,1,")
