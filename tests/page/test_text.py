"""Text that the page writes without React, and values that render only when they differ."""

from __future__ import annotations

import pytest
from page_peer import Visit, say
from playwright.sync_api import Page, expect

STATE = "app.State"


def show(page: Page, value: object) -> None:
    say(page, {"t": "update", "id": 0, "final": True, "delta": {STATE: {"word": value}}})


def rendered(page: Page, name: str) -> int:
    return page.evaluate("probe.rendered")[name]


def test_text_follows_without_rendering(visit: Visit) -> None:
    page = visit()
    before = rendered(page, "word")
    for word in ("second", "", "<b>third</b>", 4, "fünf 🙂"):
        show(page, word)
        expect(page.locator("#word")).to_have_text(str(word))
    assert rendered(page, "word") == before
    assert page.locator("#word b").count() == 0


def test_what_is_no_text_is_rendered(visit: Visit) -> None:
    page = visit()
    show(page, ["a", "b"])
    expect(page.locator("#word")).to_have_text("ab")
    show(page, "text")
    expect(page.locator("#word")).to_have_text("text")
    show(page, None)
    expect(page.locator("#word")).to_have_text("")
    show(page, "again")
    expect(page.locator("#word")).to_have_text("again")


def test_text_that_something_else_took_apart_is_rendered(visit: Visit) -> None:
    page = visit()
    page.evaluate("document.querySelector('#word').innerHTML = '<font>erste</font> <i>!</i>'")
    show(page, "second")
    expect(page.locator("#word")).to_have_text("second")
    show(page, "third")
    expect(page.locator("#word")).to_have_text("third")


def test_text_is_up_to_date_when_its_page_comes_back(visit: Visit) -> None:
    page = visit()
    page.click("#to-about")
    expect(page.locator("h1")).to_have_text("About")
    show(page, "meanwhile")
    page.click("#to-home")
    expect(page.locator("#word")).to_have_text("meanwhile")
    show(page, "then")
    expect(page.locator("#word")).to_have_text("then")


@pytest.mark.parametrize("word", ["short", "quite long"])
def test_a_value_renders_only_when_it_differs(visit: Visit, word: str) -> None:
    page = visit()
    before = rendered(page, "long")
    show(page, word)
    expect(page.locator("#word")).to_have_text(word)
    show(page, word + "!")
    expect(page.locator("#word")).to_have_text(word + "!")
    differs = len(word) > 5 or len(word + "!") > 5
    expect(page.locator("#long")).to_have_text("long" if differs else "short")
    assert rendered(page, "long") == before + differs
