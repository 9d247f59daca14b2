"""Code blocks in a browser: marked at build time or by the page, in the theme's colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import wasmrx as rx
from wasmrx.compiler.library import code_blocks
from wasmrx.errors import WasmrxError

from visits import SiteOf, at, until

KEYWORD = ".token.keyword"


class Editor(rx.State):
    code: str = ""
    theme: str = ""


def color(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("element => getComputedStyle(element).color"))


def test_code_known_at_build_time_is_marked_in_the_html(
    dist_of: Callable[[str], Path],
) -> None:
    html = (dist_of("gallery") / "code/index.html").read_text(encoding="utf-8")
    assert '<span class="token keyword">import</span> os' in html
    assert '<span class="token keyword">const</span> a' in html, "code of the first state too"
    assert "<b onclick" not in html
    assert "onerror=alert(1)>" not in html


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_default_theme_follows_light_and_dark(page: Page, site_of: SiteOf, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    at(page, site_of, "code", live=False)
    expect(page.locator("#static")).to_have_css(
        "background-color", "rgb(250, 250, 250)" if scheme == "light" else "rgb(40, 44, 52)"
    )
    assert color(page, f"#themed {'.token.tag'}") != color(page, f"#static {KEYWORD}")


def test_lines_are_numbered_from_where_the_author_says(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "code")
    lines = page.locator("#static .line")
    expect(lines).to_have_count(7)
    expect(page.locator("#live .line").first).to_contain_text("const a")
    shown = "element => getComputedStyle(element, '::before').counterIncrement"
    assert lines.first.evaluate(shown) == "line 1"
    reset = "element => getComputedStyle(element).counterReset"
    assert page.locator("#live").evaluate(reset) == "line 6"
    assert page.locator("#static").inner_text().startswith("import os")
    two = page.locator("#static .line:has-text('lines.') .token.string")
    assert color(page, "#static .line:has-text('Two') .token.string") == str(
        two.first.evaluate("element => getComputedStyle(element).color")
    )


def test_code_of_the_state_is_marked_by_the_page(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "code")
    expect(page.locator("#live [class~=keyword]")).to_have_text("const")
    expect(page.locator("#live code")).to_have_css("white-space", "pre-wrap")
    expect(page.locator("#live code")).to_have_attribute("data-kind", "x")
    expect(page.locator("#live")).to_have_css("width", "300px")
    expect(page.locator("#any [class~=keyword]")).to_have_text("const")
    expect(page.locator("#any [class~=comment]")).to_have_text("// end")
    page.locator("#python").click()
    expect(page.locator("#any [class~=comment]")).to_have_count(0)
    page.locator("#change").click()
    expect(page.locator("#live code")).to_have_text("let x = 1;")
    expect(page.locator("#live [class~=keyword]")).to_have_text("let")


def test_a_theme_chosen_by_the_state(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "code")
    block = page.locator("#any")
    expect(block).to_have_css("background-color", "rgb(255, 255, 255)")
    page.locator("#nord").click()
    expect(block).to_have_css("background-color", "rgb(46, 52, 64)")


def test_code_can_be_copied(page: Page, site_of: SiteOf) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at(page, site_of, "code")
    page.get_by_role("button", name="Copy code").first.click()
    until(lambda: "@cache" in page.evaluate("navigator.clipboard.readText()"))
    page.get_by_role("button", name="take it").click()
    until(lambda: "const a" in page.evaluate("navigator.clipboard.readText()"))


def test_a_page_gets_no_script_for_code_that_is_known(dist_of: Callable[[str], Path]) -> None:
    """The gallery's other pages load nothing of Prism, and grammars are files of their own."""
    folder = dist_of("gallery")
    html = (folder / "display/index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'href="[^"]*?wasmrx/([^"]+\.js)"', html)
    assert loaded
    text = "".join((folder / "wasmrx" / name).read_text(encoding="utf-8") for name in loaded)
    assert "before-tokenize" not in text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: rx.code_block("x", language="pyton"), ("pyton", "python")),
        (lambda: rx.code_block("x", theme="draculla"), ("draculla", "dracula")),
        (lambda: rx.code_block.themes.one_drak, ("one_drak", "one_dark")),
        (lambda: rx.code_block("x", theme=Editor.theme), ("rx.cond",)),
        (lambda: rx.code_block(), ("one text",)),
        (lambda: rx.code_block("x", show_line_number=True), ("show_line_numbers",)),
    ],
)
def test_what_is_wrong_is_said(make: Callable[[], object], words: tuple[str, ...]) -> None:
    with pytest.raises((WasmrxError, AttributeError)) as caught:
        make()
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_without_an_engine_the_page_marks_all_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_blocks, "build_time", lambda: None)
    assert type(rx.code_block("x = 1")).spec.element == code_blocks.LiveCodeBlock.spec.element
    assert type(rx.code_block("x = 1", language="text")).spec is code_blocks.LiveCodeBlock.spec
