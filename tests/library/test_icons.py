"""Icons whose names come from the state: what a site has for them, and what the page shows."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from wasmrx.compiler.units import icon_names

from hosting import Host
from visits import PATIENCE, ROOT, Console, SiteOf, under_a_strict_policy

expect.set_options(timeout=PATIENCE)
DRAWINGS = "**/wasmrx/drawings-*.js"
MOST_BYTES = 15_000
"""What a page may have to fetch for one icon, compressed."""

DEVELOPMENT = """
import sys
from pathlib import Path
from wasmrx.dev_server.build import make_site
from wasmrx.dev_server.output import write_site
from wasmrx.dev_server.project import find_project

write_site(make_site(find_project(Path(sys.argv[1])), dev=True).files, Path(sys.argv[2]))
"""


@pytest.fixture
def fetched(page: Page) -> list[str]:
    """The files of drawings that the page asks for."""
    found: list[str] = []
    page.on("request", lambda it: found.append(it.url) if "/drawings-" in it.url else None)
    return found


@pytest.fixture
def icons(page: Page, site_of: SiteOf, fetched: list[str]) -> Page:
    """The page, under a strict policy, once Python runs."""
    under_a_strict_policy(page)
    page.goto(site_of("icons"))
    live(page)
    return page


def live(page: Page) -> None:
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)


def show(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"show {name}", exact=True).click()


def chosen(page: Page, name: str) -> Locator:
    return page.locator(f"#chosen svg.lucide-{name}")


def drawn_in(script: Path) -> dict[str, object]:
    """The drawings in a script, by name."""
    (text,) = re.findall(r"=\{__proto__:null,(.*)\};", script.read_text())
    return json.loads(f"{{{text}}}")


def test_every_icon_is_in_one_file(dist_of: Callable[[str], Path]) -> None:
    site = dist_of("icons") / "wasmrx"
    files = list(site.glob("drawings-*.js"))
    names = [name for file in files for name in drawn_in(file)]
    assert 16 <= len(files) <= 32
    assert max(len(gzip.compress(file.read_bytes())) for file in files) <= MOST_BYTES
    assert len(names) == len(set(names))
    assert icon_names() <= set(names)
    listed = json.loads((site / "build.json").read_text())["files"]
    assert {f"wasmrx/{file.name}" for file in files} <= set(listed)


def test_a_page_carries_what_it_starts_with(dist_of: Callable[[str], Path]) -> None:
    site = dist_of("icons")
    (module,) = (site / "wasmrx").glob("page-index-*.js")
    assert list(drawn_in(module)) == ["anchor", "apple"]
    html = (site / "index.html").read_text()
    for name in ("anchor", "apple", "sunrise", "sun"):
        assert f'class="lucide lucide-{name}' in html
    assert html.count("drawings-") == 0
    (module,) = (site / "wasmrx").glob("page-memo-*.js")
    assert list(drawn_in(module)) == ["badge-check"]
    assert 'class="lucide lucide-badge-check"' in (site / "memo/index.html").read_text()


def test_known_names_need_no_files(dist_of: Callable[[str], Path]) -> None:
    site = dist_of("icons")
    (module,) = (site / "wasmrx").glob("page-known-*.js")
    assert "createLucideIcon" in module.read_text()
    assert not re.search(r"drawings-|drawn", module.read_text())
    scripts = re.findall(r"wasmrx/([\w-]+\.js)", (site / "known/index.html").read_text())
    texts = [(site / "wasmrx" / name).read_text() for name in scripts]
    assert scripts
    assert not any("Icons cannot be fetched" in text or "drawings-" in text for text in texts)


def test_an_app_without_them_ships_none_of_it(dist_of: Callable[[str], Path]) -> None:
    scripts = list(dist_of("counter").rglob("*.js"))
    assert not [path for path in scripts if path.name.startswith("drawings-")]
    assert not any("Icons cannot be fetched" in path.read_text() for path in scripts)


def test_a_handler_changes_the_icon(icons: Page, fetched: list[str]) -> None:
    expect(chosen(icons, "anchor")).to_be_visible()
    assert not fetched
    show(icons, "arrow_up")
    shown = chosen(icons, "arrow-up")
    expect(shown.locator("path")).to_have_count(2)
    expect(shown).to_have_attribute("width", "48")
    expect(shown).to_have_attribute("stroke-width", "3")
    expect(shown).to_have_css("color", "rgb(200, 0, 0)")
    expect(icons.get_by_label("chosen")).to_have_class(re.compile("lucide-arrow-up"))
    expect(icons.locator("#button svg.lucide-arrow-up")).to_be_visible()
    expect(icons.locator("#button")).to_have_attribute("aria-label", "arrow up")
    expect(icons.locator("#callout svg.lucide-arrow-up")).to_be_visible()
    assert len(fetched) == 1


def test_names_of_any_spelling_and_other_names_are_known(icons: Page, fetched: list[str]) -> None:
    show(icons, "House")
    expect(chosen(icons, "house")).to_be_visible()
    show(icons, "anchor")
    expect(chosen(icons, "anchor")).to_be_visible()
    show(icons, "home")
    expect(chosen(icons, "house")).to_be_visible()
    assert len(fetched) == len(set(fetched)) <= 2


def test_rows_have_icons_of_their_own(icons: Page, fetched: list[str]) -> None:
    rows = icons.locator("#rows svg")
    expect(rows).to_have_count(1)
    icons.get_by_role("button", name="more").click()
    expect(rows).to_have_count(3)
    for row, name in enumerate(("apple", "arrow-left", "arrow-right")):
        expect(rows.nth(row)).to_have_class(f"lucide lucide-{name}")
    assert len(fetched) == 1


def test_known_icons_are_there_at_once(icons: Page, fetched: list[str]) -> None:
    icons.get_by_role("button", name="change").click()
    expect(icons.locator("#mode svg.lucide-sunset")).to_be_visible()
    expect(icons.locator("#weather svg.lucide-snowflake")).to_be_visible()
    assert not fetched


@pytest.mark.parametrize("name", ["no-such-icon", "constructor", ""])
def test_what_is_no_icon_leaves_its_place_empty(icons: Page, fetched: list[str], name: str) -> None:
    show(icons, name)
    empty = icons.locator("#chosen svg")
    expect(empty).to_have_class(re.compile(r"^lucide \w+$"))
    expect(empty.locator("*")).to_have_count(0)
    assert empty.bounding_box() == pytest.approx(sized(empty, 48))
    assert len(fetched) == bool(name)
    show(icons, "zap")
    expect(chosen(icons, "zap")).to_be_visible()


def sized(locator: Locator, size: int) -> dict[str, float]:
    """The box of ``locator`` if it is a square of ``size``."""
    box = locator.bounding_box()
    assert box
    return {**box, "width": size, "height": size}


def test_nothing_moves_while_an_icon_is_fetched(icons: Page) -> None:
    waiting: list[Route] = []
    icons.route(DRAWINGS, lambda route: waiting.append(route))
    before = icons.locator("#rows").bounding_box()
    with icons.expect_request(DRAWINGS):
        show(icons, "zap")
    empty = icons.locator("#chosen svg")
    expect(empty.locator("*")).to_have_count(0)
    assert empty.bounding_box() == pytest.approx(sized(empty, 48))
    assert icons.locator("#rows").bounding_box() == before
    waiting[0].continue_()
    expect(chosen(icons, "zap").locator("path")).to_have_count(1)
    assert icons.locator("#rows").bounding_box() == before


def test_a_file_that_cannot_be_fetched_is_tried_again(icons: Page, console: Console) -> None:
    console.allow("net::ERR_FAILED")
    icons.route(DRAWINGS, lambda route: route.abort())
    with icons.expect_console_message(lambda it: "Icons cannot be fetched" in it.text):
        show(icons, "zap")
    icons.unroute(DRAWINGS)
    show(icons, "anchor")
    expect(chosen(icons, "anchor")).to_be_visible()
    show(icons, "zap")
    expect(chosen(icons, "zap")).to_be_visible()


def test_a_wrong_name_is_told_while_developing(page: Page, host: Host, tmp_path: Path) -> None:
    command = [sys.executable, "-c", DEVELOPMENT, ROOT / "tests/apps/icons", tmp_path / "dist"]
    subprocess.run(command, check=True, capture_output=True)
    page.goto(host.mount("/icons-development/", tmp_path / "dist"))
    with page.expect_console_message(lambda it: "rx.icon" in it.text) as told:
        show(page, "arow_left")
    assert 'no icon "arow-left". Did you mean "arrow-left"?' in told.value.text
