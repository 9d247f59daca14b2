"""Markdown in a browser: what is known becomes components, what the state tells is cleaned."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import wasmrx as rx
from wasmrx.errors import WasmrxError

from visits import Console, SiteOf, at


def scripts_of(folder: Path, page: str) -> str:
    html = (folder / page / "index.html").read_text(encoding="utf-8")
    names = re.findall(r'href="[^"]*?wasmrx/([^"]+\.js)"', html)
    return "".join((folder / "wasmrx" / name).read_text(encoding="utf-8") for name in names)


def test_a_known_text_is_components(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "markdown")
    known = page.locator("#known")
    expect(known.locator("h1#a-known-text")).to_have_class(re.compile("rt-Heading"))
    expect(known.locator("h1 em")).to_have_text("known")
    expect(known.get_by_role("checkbox", name="Done")).to_be_checked()
    expect(known.get_by_role("cell", name="2")).to_have_css("text-align", "right")
    expect(known.locator("pre [class~=keyword]").first).to_have_text("def")
    expect(known.locator(".mine")).to_have_text("bold")
    expect(known.locator("[onclick], script")).to_have_count(0)
    expect(known.get_by_alt_text("a picture")).to_have_js_property("naturalWidth", 8)
    known.locator("summary").click()
    expect(known.get_by_text("hidden text")).to_be_visible()
    known.get_by_role("link", name="1", exact=True).click()
    expect(page).to_have_url(re.compile("#user-content-fn-1$"))
    known.get_by_role("link", name="inside").click()
    expect(page.locator("#echo")).to_be_visible()


def test_formulas_of_a_known_text_need_no_script(
    page: Page, site_of: SiteOf, dist_of: Callable[[str], Path]
) -> None:
    html = (dist_of("gallery") / "markdown/index.html").read_text(encoding="utf-8")
    assert '<span class="katex-html"' in html
    at(page, site_of, "markdown", live=False)
    first = page.locator("#known .katex-mathml").first
    expect(first).to_have_css("position", "absolute")
    loaded = "document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))"
    assert page.evaluate(loaded)


def test_the_authors_own_looks(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "markdown")
    own = page.locator("#own")
    expect(own.locator("#own-look")).to_have_text("Own look +")
    assert str(own.locator("#own-link").get_attribute("href")).endswith("fields")
    expect(own.locator("#own-code")).to_have_class(re.compile("rt-Badge"))
    expect(own.locator("pre .line [class~=keyword]")).to_have_text("let")


def test_a_told_text_gets_what_it_needs_when_it_needs_it(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow("404.*/x\\)$")  # the picture of the text does not exist
    fetched: list[str] = []
    page.on("response", lambda response: fetched.append(response.url))
    at(page, site_of, "markdown")
    told = page.locator("#told")
    expect(told.locator("h1#told strong, strong").first).to_have_text("told")
    assert not any("katex.css" in url for url in fetched)
    title = page.title()
    page.locator("#tell").click()
    expect(told.locator(".katex-html").first).to_be_visible()
    expect(told.locator("b")).to_have_text("bold")
    expect(told.locator("pre [class~=keyword]")).to_have_text("import")
    expect(told.get_by_role("checkbox", name="Done")).to_be_checked()
    expect(told.locator("[onerror], #root, [href^=javascript]")).to_have_count(0)
    expect(told.get_by_role("link", name="1", exact=True)).to_be_visible()
    assert page.title() == title
    own = page.locator("#told-own")
    expect(own.locator("h1")).to_have_text("All +")
    expect(own.locator("#own-block")).to_have_text("python: import os")
    expect(own).to_contain_text("$x^2$")
    expect(own.locator("b, img, .katex")).to_have_count(0)


def test_what_is_fetched_later_is_no_part_of_the_page(dist_of: Callable[[str], Path]) -> None:
    text = scripts_of(dist_of("gallery"), "markdown")
    assert "before-tokenize" not in text
    assert "ParseError: KaTeX" not in text
    assert "clobberPrefix:`user-content-`,protocols" not in text.replace(" ", "")


def test_without_an_engine_the_page_parses(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("wasmrx.compiler.library.markdown_text")
    monkeypatch.setattr(module, "build_time", lambda: None)
    assert type(rx.markdown("# x")) is module.LiveMarkdown


def test_a_map_may_be_for_tags_of_html_alone() -> None:
    made = rx.markdown("a *b*", component_map={"em": lambda text: rx.text.em(text, id="x")})
    assert "x" in [child.id for child in made.children[0].children]
    with pytest.raises(WasmrxError, match="one text"):
        rx.markdown("a", "b")
