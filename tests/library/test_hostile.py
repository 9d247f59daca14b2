"""Hostile texts of the state run no script, wherever a component shows them."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

import wasmrx as rx
from wasmrx.errors import WasmrxError

from visits import PATIENCE, ROOT, SiteOf

LOOK = """() => [...document.querySelectorAll('*')].flatMap((element) => [
  ...[...element.attributes]
    .filter(({name, value}) => name.startsWith('on')
      || (/^(href|src|action|formaction|data|xlink:href)$/.test(name)
        && /^[^a-z]*javascript:/i.test(value.replace(/\\s/g, ''))
        && !/React has blocked/.test(value)))
    .map(({name, value}) => `${element.tagName} ${name}=${value}`),
  ...(element.tagName === 'SCRIPT' && !element.src ? [`SCRIPT ${element.textContent}`] : []),
])"""
FIRE = """() => {
  for (const element of document.querySelectorAll('#root *')) {
    if (element.classList.contains('take') || element.id === 'tell') continue;
    for (const type of ['mouseover', 'focus', 'toggle', 'error', 'load'])
      element.dispatchEvent(new Event(type, {bubbles: false}));
  }
}"""


def payloads() -> list[str]:
    """The texts of the app."""
    return runpy.run_path(str(ROOT / "tests/apps/hostile/payloads.py"))["PAYLOADS"]


def look(page: Page, payload: str) -> None:
    assert page.evaluate(LOOK) == [], payload
    page.evaluate(FIRE)
    assert page.evaluate("globalThis.ran") is None, payload


@pytest.fixture
def hostile(context: BrowserContext, site_of: SiteOf) -> Page:
    """The app in a tab of its own: the browser reports what it refuses, which is as it should."""
    page = context.new_page()
    origin = site_of("hostile")

    def only_own(route: Route) -> None:
        if route.request.url.startswith(origin):
            route.continue_()
        else:
            route.abort()

    page.route(lambda url: not url.startswith("data:"), only_own)
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(origin)
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)
    return page


def take_all(page: Page) -> None:
    buttons = page.locator("button.take")
    for number, payload in enumerate(payloads()):
        buttons.nth(number).click()
        expect(page.locator("#number")).to_have_text(str(number))
        look(page, payload)
        if "$" in payload and "```" in payload:
            expect(page.locator("#markdown .katex").first).to_be_visible()
            expect(page.locator("#markdown .token").first).to_be_visible()
            look(page, payload)
        if payload.startswith("<details"):
            expect(page.locator("#markdown details")).to_have_count(1)
            expect(page.locator("#html details")).to_have_count(1)
            look(page, payload)


def test_no_text_of_the_state_runs(hostile: Page) -> None:
    take_all(hostile)
    take_all(hostile)  # with all that is fetched when a text needs it
    hostile.locator("#tell").click()
    expect(hostile.locator("[data-sonner-toast]").first).to_be_visible()
    look(hostile, "toast")
    assert hostile.evaluate("Object.keys(Object.prototype)") == []


class Link(rx.State):
    to: str = ""


@pytest.mark.parametrize(
    "props",
    [
        {"attribute_name": "href", "values": Link.to},
        {"attribute_name": "xlink:href", "custom_attrs": {"to": f"x{Link.to}"}},
        {"attribute_name": Link.to, "to": Link.to},
    ],
)
def test_an_animation_sets_no_address_from_the_state(props: dict[str, Any]) -> None:
    for animation in (rx.el.svg.animate, rx.el.svg.set):
        with pytest.raises(WasmrxError, match="address"):
            animation(**props)
    rx.el.svg.animate(attribute_name="href", to="/a")
    rx.el.svg.animate(attribute_name="fill", to=Link.to)


def test_the_prerendered_page_runs_nothing_either(hostile: Page) -> None:
    look(hostile, "the first state")
