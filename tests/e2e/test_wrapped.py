"""Packages of npm and files of an app, in a browser: what they show, and what Python hears."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, Route, expect

from visits import PATIENCE, SiteOf

POLICY = "default-src 'self' data: blob: 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'"


@pytest.fixture
def page(page: Page) -> Page:
    """A tab in which every page has a strict policy; a breach of it is an error of the console."""

    def strict(route: Route) -> None:
        if route.request.resource_type != "document":
            return route.continue_()
        given = route.fetch()
        headers = {**given.headers, "Content-Security-Policy": POLICY}
        route.fulfill(response=given, headers=headers)

    page.route(re.compile(r"/wrapping/"), strict)
    return page


def at(page: Page, site_of: SiteOf, name: str) -> None:
    """Open a page of the app, and wait until Python runs."""
    page.goto(site_of("wrapping") + (f"{name}/" if name else ""))
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)


def test_a_flow_editor(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "flow")
    expect(page.locator(".react-flow__node")).to_have_count(2)
    expect(page.locator(".react-flow__edge-path")).to_have_count(1)
    expect(page.locator(".react-flow__background circle")).not_to_have_count(0)
    page.get_by_text("second").click()
    expect(page.locator("#said")).to_have_text("node b")
    page.get_by_role("button", name="Add a node").click()
    expect(page.get_by_text("third")).to_be_visible()


def test_a_flow_editor_is_styled_by_its_own_sheet(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "flow")
    expect(page.locator(".react-flow__node").first).to_have_css("position", "absolute")
    names = page.eval_on_selector_all(
        "link[rel=stylesheet]", "links => links.map(link => link.href.split('/').pop())"
    )
    assert [name.split("-")[0] for name in names] == ["npm", "style"]


def test_a_map(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "map")
    expect(page.locator(".leaflet-control-zoom-in")).to_be_visible()
    expect(page.locator("path.leaflet-interactive")).to_be_visible()
    box = page.locator(".leaflet-container").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#said")).to_have_text("10 20")


def test_a_rich_text_editor(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "editor")
    text = page.locator(".tiptap")
    expect(text.locator("strong")).to_have_text("editor")
    text.click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    expect(page.locator("#html")).to_have_text("<p>Hello <strong>editor!</strong></p>")
    page.get_by_role("button", name="italic").click()
    expect(page.locator("#html")).to_contain_text("<em>")
    expect(text.locator("em").first).to_be_visible()


def test_a_date_picker(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "dates")
    expect(page.get_by_text("May 2024")).to_be_visible()
    expect(page.locator('[data-day="2024-05-20"]')).to_have_attribute("data-selected", "true")
    page.locator('[data-day="2024-05-17"] button').click()
    expect(page.locator("#day")).to_have_text("2024-05-17")
    expect(page.locator('[data-day="2024-05-17"]')).to_have_attribute("data-selected", "true")


def test_a_scene_in_three_dimensions(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "scene")
    canvas = page.locator("canvas")
    expect(canvas).to_be_visible()

    page.wait_for_function(RED)
    canvas.click()
    expect(page.locator("#turned")).to_have_text("turned")
    page.wait_for_function(GREEN)


def _is_shown(red: int, green: int) -> str:
    return f"""async () => {{
      const canvas = document.querySelector("canvas");
      const copy = document.createElement("canvas").getContext("2d");
      await new Promise(requestAnimationFrame);
      copy.drawImage(canvas, 0, 0, canvas.width, canvas.height, 0, 0, 3, 3);
      const [red, green] = copy.getImageData(1, 1, 1, 1).data;
      return (red > 100) === !!{red} && (green > 100) === !!{green};
    }}"""


RED, GREEN = _is_shown(1, 0), _is_shown(0, 1)


def test_confetti(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "confetti")
    expect(page.locator("canvas")).to_have_count(0)
    page.get_by_role("button", name="Throw").click()
    expect(page.locator("canvas")).to_be_visible()
    expect(page.locator("#said")).to_have_text("all fallen", timeout=PATIENCE)


def test_a_chart(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "chart")
    blue = """() => {
      const canvas = document.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let i = 0; i < data.length; i += 4)
        if (!data[i] && !data[i + 1] && data[i + 2] === 255 && data[i + 3] === 255) found++;
      return found;
    }"""
    page.wait_for_function(f"() => ({blue})() > 500")
    page.locator("canvas").click()
    expect(page.locator("#bars")).to_have_text("4")
    page.wait_for_function(f"() => ({blue})() > 100")


def test_dragging(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "sorting")
    card = page.locator("#left #card")
    expect(card).to_be_visible()
    start, end = card.bounding_box(), page.locator("#right").bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 40, steps=8)
    page.mouse.up()
    expect(page.locator("#said")).to_have_text("card to right")
    expect(page.locator("#right #card")).to_be_visible()


def test_files_of_the_app(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "own")
    hello = page.locator(".hello")
    expect(hello).to_have_css("outline-color", "rgb(1, 2, 3)")
    expect(hello.locator(".rt-Badge")).to_have_text("loud")
    expect(hello.locator("svg.lucide-star")).to_be_visible()
    hello.get_by_role("button", name="Hello world").click()
    expect(hello.get_by_role("button", name="Hello Python child")).to_be_visible()
    for name in ("imported", "a dot"):
        expect(page.get_by_alt_text(name)).to_have_js_property("naturalWidth", 8)
    hello.get_by_role("button", name="toast").click()
    expect(page.locator("[data-sonner-toast]")).to_contain_text("from a file")


def test_hooks_code_and_raw_vars(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "own")
    expect(page.locator("#shout")).to_have_text("WORLD")
    expect(page.locator("#raw")).to_have_text("1+2+3")
    expect(page.locator("#twice")).to_have_text("worldworld")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#keys")).to_have_text("2")
    page.get_by_role("button", name="Later").click()
    expect(page.locator("#shown")).to_have_text("1970-01-01T00:00:00.000Z")


def test_a_package_in_a_memo_follows_the_state(page: Page, site_of: SiteOf) -> None:
    at(page, site_of, "own")
    first, memo = page.locator(".react-colorful").first, page.locator(".memo-picker")
    expect(memo).to_be_visible()
    first.locator(".react-colorful__saturation .react-colorful__interactive").click()
    expect(page.locator("#color")).to_have_text("#406080")
    pointer = memo.locator(".react-colorful__saturation-pointer > *")
    expect(pointer).to_have_css("background-color", re.compile(r"rgb\(6\d, 9\d, 12\d\)"))


def test_what_fails_without_a_window_is_drawn_by_the_browser(
    page: Page, site_of: SiteOf, dist_of: Callable[[str], Path]
) -> None:
    html = (dist_of("wrapping") / "own/index.html").read_text()
    assert "has a window" not in html
    assert '<b id="shout">WORLD</b>' in html
    assert "react-colorful__saturation" in html
    at(page, site_of, "own")
    expect(page.locator("#width")).to_have_text("has a window")


def test_a_page_fetches_its_own_packages_alone(page: Page, site_of: SiteOf) -> None:
    fetched: list[str] = []

    def note(response: Response) -> None:
        fetched.append(response.url.rpartition("/")[2])

    page.on("response", note)
    at(page, site_of, "")
    assert not [name for name in fetched if name.startswith(("npm-", "site-"))]
    page.get_by_role("link", name="flow").click()
    expect(page.locator(".react-flow__node").first).to_have_css("position", "absolute")
    packages = [name for name in fetched if name.startswith("npm-")]
    assert any("xyflow" in name for name in packages)
    assert not re.search("three|editor|leaflet|day|dnd|chart", " ".join(packages))


def test_a_page_hydrates_before_what_is_only_for_browsers_is_there(
    page: Page, site_of: SiteOf
) -> None:
    held: list[object] = []
    page.route(re.compile("npm-react-three-fiber"), lambda route: held.append(route))
    page.goto(site_of("wrapping") + "scene/")
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#turned")).to_have_text("not turned")
    assert held
    expect(page.locator("canvas")).to_have_count(0)


def test_react_is_there_once(dist_of: Callable[[str], Path]) -> None:
    defines_inside = re.compile(r"__CLIENT_INTERNALS\w+=")
    files = (dist_of("wrapping") / "wasmrx").glob("*.js")
    holders = [file.name for file in files if defines_inside.search(file.read_text())]
    assert [name.split("-")[0] for name in holders] == ["core"]
