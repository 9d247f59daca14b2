"""Mistakes in an app, each with its message in the browser, and the rest of the app going on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from test_serve import replace, serving

from visits import PATIENCE, ROOT, Console, SiteOf

APP = (ROOT / "tests/apps/failing/app.py").read_text()


def line_of(text: str) -> int:
    """Return the line of the failing app that holds ``text``."""
    return next(i for i, line in enumerate(APP.splitlines(), 1) if text in line)


@pytest.fixture
def developing(page: Page, tmp_path: Path, console: Console) -> Iterator[Page]:
    """The failing app as its author sees it: in ``wasmrx serve``, where messages are complete."""
    console.allow(".")
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text(APP)
    with serving(tmp_path / "app") as serve:
        page.goto(serve.until(r"http://localhost:\d+/")[0])
        page.get_by_role("button", name="Add").click()
        expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
        yield page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def alert(page: Page) -> Locator:
    return page.get_by_role("alert").first


def test_each_mistake_names_file_line_and_fix(developing: Page, tmp_path: Path) -> None:
    page = developing
    said = alert(page)

    press(page, "Wrong type")
    expect(said).to_contain_text("Wrong.number is declared int but is assigned 'seven' (str)")
    expect(said).to_contain_text(f"app.py:{line_of('seven')}")
    expect(said).to_contain_text("Convert the value")
    expect(page.locator("#wrong")).to_have_text("seven 1")

    press(page, "Undeclared")
    expect(said).to_contain_text("has no var 'numbr'")
    expect(said).to_contain_text(f"app.py:{line_of('self.numbr = 7')}")
    expect(page.locator("#wrong")).to_have_text("seven 2")

    press(page, "Unserialisable")
    expect(said).to_contain_text("Wrong.thing")
    expect(said).to_contain_text("cannot be sent to the page")
    expect(said).to_contain_text(f"app.py:{line_of('asyncio.Lock()')}")
    expect(said).to_contain_text("@rx.serializer")
    expect(page.locator("#wrong")).to_have_text("seven 3")

    press(page, "By 0")
    expect(said).to_contain_text("Formula.quotient failed with ZeroDivisionError")
    expect(said).to_contain_text(f"app.py:{line_of('12 // self.divisor')}")
    expect(said.locator("pre")).to_contain_text("in _deep")
    expect(page.locator("#text")).to_have_text("by 0")
    expect(page.locator("#quotient")).to_have_text("6")
    press(page, "By 3")
    expect(page.locator("#quotient")).to_have_text("4")

    press(page, "By 9")
    expect(said).to_contain_text("Formula.ordered changes")
    expect(said).to_contain_text(f"app.py:{line_of('self.items.sort()')}")
    expect(said).to_contain_text("sorted(self.items)")
    expect(page.locator("#ordered")).to_have_text("[1,2,3]")

    press(page, "Close")
    circle = "Formula.first (line {}) → app.Formula.second (line {}) → app.Formula.first"
    first, second = line_of("def first") - 1, line_of("def second") - 1
    expect(said).to_contain_text(circle.format(first, second))
    expect(page.locator("#second")).to_have_text("1")

    press(page, "Add")
    expect(page.locator("#count")).to_have_text("2")

    replace(tmp_path / "app", "    number: int = 0", "    number: int = 0\n    reset: int = 0")
    overlay = page.locator("body")
    expect(overlay).to_contain_text("'reset' has the name of something", timeout=PATIENCE)
    expect(overlay).to_contain_text(f"app.py:{line_of('class Wrong')}")
    replace(tmp_path / "app", "\n    reset: int = 0", "")
    expect(overlay).not_to_contain_text("'reset' has the name", timeout=PATIENCE)
    press(page, "Add")
    expect(page.locator("#count")).to_have_text("3", timeout=PATIENCE)


def test_a_handler_deleted_between_builds(page: Page, site_of: SiteOf, console: Console) -> None:
    """The page of another build asks for a handler that this one does not have."""
    console.allow("gone_before")

    def older(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace("app.State.gone", "app.State.gone_before")
        route.fulfill(response=answer, body=re.sub(r' integrity="[^"]*"', "", text))

    page.route(re.compile(r"/wasmrx/.*\.js$|/failing/$"), older)
    page.goto(site_of("failing"))
    press(page, "Gone")
    expect(alert(page)).to_contain_text("app.State.gone_before", timeout=PATIENCE)
    expect(alert(page)).to_contain_text("Reload the page")
    press(page, "Add")
    expect(page.locator("#count")).to_have_text("1")


@pytest.mark.parametrize("kind", ["Sync", "Async"])
def test_a_handler_that_yields_for_ever(page: Page, site_of: SiteOf, kind: str) -> None:
    """The page stays alive, shows what is yielded, and whatever needs no turn in the queue runs."""
    page.goto(site_of("failing"))
    press(page, kind)
    ticks = page.locator("#ticks")
    expect(ticks).to_have_text(re.compile(r"\d{4}"), timeout=PATIENCE)
    press(page, "Add")
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("heading", name="The next page")).to_be_visible()
    page.go_back()
    seen = ticks.inner_text()
    expect(ticks).not_to_have_text(seen)
    expect(page.locator("#count")).to_have_text("0")


def test_a_background_handler_that_never_waits(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("failing"))
    press(page, "Beside")
    expect(page.locator("#aside")).to_have_text(re.compile(r"\d{3}"), timeout=PATIENCE)
    press(page, "Add")
    expect(page.locator("#count")).to_have_text("1")
    press(page, "Other")
    expect(page).to_have_title("a background handler ran")
