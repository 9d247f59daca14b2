"""Drawers, players, tables of data and figures in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import wasmrx as rx
from wasmrx.errors import WasmrxError

from visits import Console, SiteOf, at

NO_VIDEO = r"/none\.(mp4|webm)"


class Numbers(rx.State):
    rows: list[list[int]] = []


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_drawer_slides_in_from_its_edge(
    page: Page, site_of: SiteOf, console: Console, side: str
) -> None:
    console.allow(NO_VIDEO)
    at(page, site_of, "media")
    page.get_by_role("button", name=f"from {side}").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("It slides in.")).to_be_visible()
    expect(page.locator("#drawn")).to_have_text("open")
    expect(drawer).to_have_attribute("data-vaul-drawer-direction", side)
    edge = "box.left === 0" if side == "left" else "box.right === 1100"
    page.wait_for_function(
        "() => { const box = document.querySelector('[role=dialog]').getBoundingClientRect();"
        f" return {edge} }}"
    )
    drawer.get_by_role("button", name="close it").click()
    expect(drawer).to_have_count(0)
    expect(page.locator("#drawn")).to_have_text("shut")


def test_sound_is_played_from_a_file_of_the_site(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow(NO_VIDEO)
    at(page, site_of, "media")
    sound = page.locator("audio#sound")
    expect(sound).to_have_js_property("duration", 2)
    expect(sound).to_have_js_property("controls", True)
    sound.evaluate("audio => { audio.currentTime = 1 }")
    expect(page.locator("#at")).to_have_text("1")
    expect(page.locator("video#video source")).to_have_count(2)
    expect(page.locator("video#video")).to_have_js_property("loop", True)
    expect(page.locator("video#one")).to_have_attribute("src", "https://example.org/video.mp4")


def test_a_table_of_data_is_searched_sorted_and_turned(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "tables")
    table = page.locator("#table")
    first = table.locator("tbody td").first
    expect(first).to_have_text("Ada")
    expect(table).to_contain_text("<b>Edsger</b>")
    table.get_by_role("columnheader", name="age").click()
    table.get_by_role("columnheader", name="age").click()
    expect(first).to_have_text("<b>Edsger</b>")
    page.locator("#add").click()
    expect(table).to_contain_text("of 4")
    table.get_by_role("button", name="Page 2").click()
    expect(table.locator("tbody tr")).to_have_count(1)
    table.get_by_role("searchbox").fill("grace")
    expect(table.locator("tbody td").first).to_have_text("Grace")
    expect(page.locator("#frame tbody td").first).to_have_text("Alan")


def test_cells_are_edited_in_the_data_editor(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "tables")
    canvas = page.locator("[data-testid=data-grid-canvas]")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box
    page.mouse.click(box["x"] + 80, box["y"] + 36 + 17)
    expect(page.locator("#told")).to_have_text("clicked 0 0")
    page.keyboard.press("Enter")
    page.locator("#portal textarea").fill("new")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("0 0 new")


def test_what_is_large_is_fetched_by_pages_that_show_it(dist_of: Callable[[str], Path]) -> None:
    folder = dist_of("gallery") / "wasmrx"
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.js")}
    loaded = (dist_of("gallery") / "tables/index.html").read_text(encoding="utf-8")
    heavy = [name for name, size in sizes.items() if size > 300_000 and name.startswith("lazy")]
    assert len(heavy) >= 2, sizes
    assert not [name for name in heavy if name in loaded]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: rx.data_table(data=[[1]]), ("columns",)),
        (lambda: rx.data_table(data=Numbers.rows), ("columns",)),
        (lambda: rx.data_editor(columns=[1], data=[]), ("title",)),
        (lambda: rx.data_editor(columns=["a"], row_marker="none"), ("row_marker", "row_markers")),
        (lambda: rx.video(src="/a.mp4", url="/b.mp4"), ("url", "src")),
        (lambda: rx.drawer.root(direction="up"), ("direction", "top")),
        (lambda: rx.drawer.panel(), ("panel", "content")),
        (
            lambda: rx.data_editor(custom_renderers=rx.Var("[]")),
            ("rx.data_editor has no custom renderers", '"bool"'),
        ),
        (lambda: rx.moment(filters=rx.Var("[]")), ("rx.moment has no filters", "computed var")),
        (lambda: rx.moment(renderers=[]), ("rx.moment has no renderers",)),
        (
            lambda: rx.moment_provider(rx.moment(), filters=rx.Var("[]")),
            ("rx.moment_provider has no filters",),
        ),
    ],
)
def test_what_is_wrong_is_said(make: Callable[[], object], words: tuple[str, ...]) -> None:
    with pytest.raises((WasmrxError, AttributeError)) as caught:
        make()
    assert all(word in str(caught.value) for word in words), str(caught.value)
