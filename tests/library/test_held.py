"""Components that vars hold: shown, replaced, computed, saved, and harmless."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from visits import PATIENCE, ROOT, Console, SiteOf

expect.set_options(timeout=PATIENCE)
POLICY = "script-src 'self' 'wasm-unsafe-eval'"
VIOLATIONS = """
globalThis.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the page asks for."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


@pytest.fixture
def held(page: Page, site_of: SiteOf, asked: list[str]) -> Page:
    """The page, under the policy that sites are told to use, once Python runs."""

    def guarded(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    address = site_of("held")
    page.route(address, guarded)
    page.add_init_script(VIOLATIONS)
    page.goto(address)
    live(page)
    return page


def live(page: Page) -> None:
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)


def do(page: Page, name: str) -> None:
    page.locator(f"#do-{name}").click()


def color(page: Page, place: str, part: str | None = None) -> str:
    script = "([place, part]) => getComputedStyle(document.querySelector(place), part).color"
    return page.evaluate(script, [place, part])


def archives(asked: list[str]) -> list[str]:
    return [url for url in asked if "components-" in url]


def test_the_first_page_shows_them_without_scripts(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow("ERR_FAILED")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(site_of("held"), wait_until="domcontentloaded")
    expect(page.locator("#first")).to_have_text("first")
    expect(page.locator("#anchor.lucide")).to_have_count(1)
    expect(page.locator("#view .item")).to_have_text(["pear", "fig"])
    expect(page.locator(".in-row .part")).to_have_text(["one"])
    assert color(page, "#first") == "rgb(1, 2, 3)"


def test_the_code_of_components_comes_when_something_builds_one(
    held: Page, asked: list[str]
) -> None:
    do(held, "up")
    expect(held.locator("#count")).to_have_text("1")
    assert archives(asked) == []
    held.locator("#kept").fill("typed")
    held.locator("#kept").focus()
    do(held, "replace")
    expect(held.locator("#live")).to_have_text("count: 1")
    assert len(archives(asked)) == 1
    expect(held.locator("#kept")).to_have_value("typed")
    assert held.evaluate("violations") == []


def test_a_computed_component_follows_what_it_reads(held: Page) -> None:
    held.locator("#kept").fill("typed")
    held.get_by_role("button", name="remove pear").click()
    expect(held.locator("#view .item")).to_have_text(["fig"])
    do(held, "add")
    expect(held.locator("#view .item")).to_have_text(["fig", "plum 1"])
    expect(held.locator(".in-row .part")).to_have_text(["one", "part 1"])
    held.get_by_role("button", name="remove plum 1").click()
    expect(held.locator("#view .item")).to_have_text(["fig"])
    expect(held.locator("#kept")).to_have_value("typed")


def test_vars_inside_are_live(held: Page) -> None:
    do(held, "replace")
    expect(held.locator("#twice")).to_have_text("twice 0, 0")
    expect(held.locator("#few")).to_be_visible()
    expect(held.locator("#box .row")).to_have_text(["0:PEAR", "1:FIG"])
    for _ in range(2):
        held.locator("#up").click()
    held.locator(".chip").click()
    expect(held.locator("#live")).to_have_text("count: 3")
    expect(held.locator("#twice")).to_have_text("twice 6, 3")
    expect(held.locator("#many")).to_be_visible()
    expect(held.locator("#few")).to_have_count(0)
    do(held, "add")
    expect(held.locator("#box .row")).to_have_text(["0:PEAR", "1:FIG", "2:PLUM 2"])
    expect(held.locator("article#card")).to_have_text("card: mine")
    held.locator("#note").press_sequentially("word")
    expect(held.locator("#echo")).to_have_text("word")
    expect(held.locator("#note")).to_be_focused()


def test_styles_hold_with_pseudo_classes_and_breakpoints(held: Page) -> None:
    do(held, "replace")
    styled = held.locator("#styled")
    expect(styled).to_have_css("color", "rgb(7, 8, 9)")
    expect(styled).to_have_css("padding-left", "4px")
    expect(styled).to_have_css("width", "30px")
    styled.hover()
    expect(styled).to_have_css("color", "rgb(4, 5, 6)")
    before = "getComputedStyle(document.querySelector('#styled'), '::before').content"
    assert held.evaluate(before) == '"«"'
    held.set_viewport_size({"width": 400, "height": 600})
    expect(styled).to_have_css("width", "10px")
    size = held.locator("#big").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size > 30, "the theme's stylesheet has the size of a heading that no page shows"
    assert held.evaluate("violations") == []


def test_what_opens_above_the_page(held: Page) -> None:
    do(held, "open_dialog")
    held.locator("#open").click()
    expect(held.get_by_role("dialog")).to_contain_text("inside the dialog")
    held.get_by_role("button", name="close").click()
    expect(held.get_by_role("dialog")).to_have_count(0)
    held.locator("#tipped").hover()
    expect(held.get_by_role("tooltip")).to_have_text("the tip")
    held.locator("#word").fill("sent")
    held.locator("#word").press("Enter")
    do(held, "replace")
    expect(held.locator("#echo")).to_have_text("sent")


def test_a_reload_keeps_them_and_they_go_on(held: Page, asked: list[str]) -> None:
    do(held, "replace")
    held.locator("#up").click()
    expect(held.locator("#live")).to_have_text("count: 1")
    held.reload()
    live(held)
    expect(held.locator("#live")).to_have_text("count: 1")
    asked.clear()
    held.locator("#up").click()
    expect(held.locator("#live")).to_have_text("count: 2")
    expect(held.locator("#styled")).to_have_css("color", "rgb(7, 8, 9)")
    assert archives(asked) == [], "what was saved is shown without the code of components"
    do(held, "wrap")
    expect(held.locator(".wrap #live")).to_have_text("count: 2")
    do(held, "wrap")
    expect(held.locator(".wrap .wrap #live")).to_have_text("count: 2")


def test_a_var_without_a_component(held: Page) -> None:
    expect(held.locator("#maybe > *")).to_have_count(0)
    do(held, "show_maybe")
    expect(held.locator("#maybe")).to_have_text("there")
    do(held, "show_maybe")
    expect(held.locator("#maybe > *")).to_have_count(0)


def test_hostile_texts_stay_texts(held: Page, console: Console) -> None:
    console.allow("Blocked script execution|Executing inline event handler|404")
    console.allow("Service worker is disabled")  # Playwright's script, in the frame, blocks them.
    do(held, "hostile")
    expect(held.locator("#text")).to_contain_text("<img src=x onerror=")
    expect(held.locator("#html img")).to_have_count(1)
    expect(held.locator("#frame")).to_have_attribute("sandbox", "")
    assert held.evaluate("document.querySelector('#link').getAttribute('href')") is None
    running = """() => [...document.querySelectorAll('#hostile, #hostile *')].flatMap((element) =>
      [...element.attributes].filter(({name, value}) => name.startsWith('on')
        || /^[^a-z]*javascript:/i.test(value.replace(/\\s/g, '')))
        .map(({name, value}) => `${element.tagName} ${name}=${value}`))"""
    assert held.evaluate(running) == []
    expect(held.locator("#injected")).to_be_visible()
    assert held.evaluate("globalThis.ran") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wrong", r"rx\.text got size='99'.*\(app\.py:\d+\)"),
        ("code", r"JavaScript \(`window\.innerWidth`\) cannot be part.*\(app\.py:\d+\)"),
        ("unnamed", r"This site has no rx\.accordion\.root.*\(app\.py:\d+\)"),
        ("script", r"rx\.script cannot be part.*\(app\.py:\d+\)"),
    ],
)
def test_errors_name_the_line(held: Page, console: Console, name: str, words: str) -> None:
    console.allow(words)
    with held.expect_console_message(lambda message: message.type == "error"):
        do(held, name)
    expect(held.get_by_role("alert")).to_be_visible()
    expect(held.locator("#first")).to_have_text("first")


def test_what_arrives_damaged_is_not_run(held: Page, console: Console) -> None:
    console.allow("damaged")
    held.route("**/components-*.zip", lambda route: route.fulfill(body=b"PK\5\6" + bytes(18)))
    do(held, "replace")
    expect(held.get_by_role("alert")).to_contain_text("damaged")


def test_an_app_without_them_ships_none_of_it(dist_of: Callable[[str], Path]) -> None:
    files = [path for path in dist_of("counter").rglob("*") if path.is_file()]
    assert not [path for path in files if path.name.startswith(("components-", "icons-"))]
    scripts = "".join(path.read_text(encoding="utf-8") for path in files if path.suffix == ".js")
    assert "adoptedStyleSheets.push" in scripts
    assert "There is no operation" not in scripts
    assert "This page has no component" not in scripts
    with_them = "".join(path.read_text(encoding="utf-8") for path in dist_of("held").rglob("*.js"))
    assert "There is no operation" in with_them


def test_the_archive_has_what_builds_components(dist_of: Callable[[str], Path]) -> None:
    (archive,) = (dist_of("held") / "wasmrx").glob("components-*.zip")
    names = zipfile.ZipFile(archive).namelist()
    assert {"wasmrx/compiler/held.py", "wasmrx/compiler/library/display.py"} <= set(names)
    assert not {n for n in names if n.endswith(("pipeline.py", "shell.py", "css.py", "link.py"))}


def test_every_component_of_the_gallery_has_a_form_and_is_offered() -> None:
    command = [sys.executable, ROOT / "tests/library/held_gallery.py", ROOT / "tests/apps/gallery"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["refused"] == ["rx.script"]
    # The grammar of code that is known: what the worker builds fetches any language.
    assert [name for name in found["lacking"] if not name.startswith("prism/")] == []
    assert found["count"] > 60
