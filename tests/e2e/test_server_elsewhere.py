"""Pages on one host, their backend on another; and pages that have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backends import Backend, running_backend
from hosting import Host, running_host
from visits import PATIENCE, ROOT, Console, build_app, until

APP = ROOT / "tests" / "apps" / "calling"
OTHER_NAME = ("127.0.0.1", "localhost")
"""By its other name the host is another site than the backend's, as browsers count sites."""


@pytest.fixture(scope="module")
def elsewhere(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend for pages of the static host."""
    data = tmp_path_factory.mktemp("elsewhere") / "data.sqlite"
    origins = ("--origin", host.origin, "--origin", host.origin.replace(*OTHER_NAME))
    with running_backend(APP, data, *origins) as running:
        yield running


@pytest.fixture(scope="module")
def site(elsewhere: Backend, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("calling") / "dist"
    build_app(APP, out, "--backend", elsewhere.origin)
    return out


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shows(page: Page, id: str, text: str | re.Pattern[str]) -> None:
    expect(page.locator(f"#{id}")).to_have_text(text, timeout=PATIENCE)


@pytest.mark.parametrize("is_other_site", [False, True])
def test_a_page_calls_another_host(page: Page, host: Host, site: Path, is_other_site: bool) -> None:
    """Its session lasts, also over a reload; answers come step by step."""
    address = host.mount("/of/another/host/", site)
    page.goto(address.replace(*OTHER_NAME) if is_other_site else address)
    press(page, "Greet")
    shows(page, "text", "hello page, 18, visit 1, local 0")
    shows(page, "seen", "[7]")
    press(page, "Greet")
    shows(page, "text", "hello page, 18, visit 2, local 0")
    page.reload()
    press(page, "Greet")
    shows(page, "text", "hello page, 18, visit 3, local 0")
    press(page, "Stream")
    shows(page, "text", "one")
    press(page, "Go on")
    shows(page, "text", "one two three")
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "__Host-wasmrx_session"
    assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "None"


def test_a_page_of_a_host_that_is_not_named_is_told(
    page: Page, elsewhere: Backend, site: Path, console: Console
) -> None:
    console.allow("app.Calls.greet failed|CORS")
    before = elsewhere.log.read_text().count("call refused: origin")
    with running_host() as other:
        page.goto(other.mount("/", site))
        press(page, "Greet")
        words = f"The server gave no answer that pages of {other.origin} may read."
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=PATIENCE)
        shows(page, "text", "")
        press(page, "Count")
        shows(page, "local", "1")
    until(lambda: elsewhere.log.read_text().count("call refused: origin") > before)


ALONE = """
import wasmrx as rx


class Other(rx.State):
    text: str = ""

    @rx.event
    def note(self, word: str):
        self.text = f"noted {word}"


class Ask(rx.State):
    text: str = ""

    @rx.server(fallback="near")
    async def ask(self, word: str, more: int = 1):
        self.text = f"far {word} {more}"

    @rx.event
    def near(self, word: str, more: int = 2):
        self.text = f"near {word} {more}"

    @rx.server(fallback=Other.note)
    def tell(self, word: str):
        self.text = word

    @rx.server
    def far_only(self):
        self.text = "far"

    @rx.event
    def pass_on(self):
        return Ask.far_only

    @rx.event
    def ask_on(self):
        yield Ask.ask("two", 3)
        yield Ask.tell("three")


def index():
    return rx.box(
        rx.text(Ask.text, id="text"),
        rx.text(Other.text, id="other"),
        rx.button("Ask", on_click=Ask.ask("one")),
        rx.button("Ask on", on_click=Ask.ask_on),
        rx.button("Pass on", on_click=Ask.pass_on),
    )


app = rx.App()
app.add_page(index)
"""


def test_a_build_without_a_backend_runs_fallbacks(
    page: Page, host: Host, tmp_path: Path, console: Console
) -> None:
    console.allow("app.Ask.far_only")
    (tmp_path / "app.py").write_text(ALONE)
    build_app(tmp_path, tmp_path / "dist")
    page.goto(host.mount("/alone/", tmp_path / "dist"))
    press(page, "Ask")
    shows(page, "text", "near one 2")
    press(page, "Ask on")
    shows(page, "text", "near two 3")
    shows(page, "other", "noted three")
    press(page, "Pass on")
    words = "app.Ask.far_only runs on a server, and this site is built without one."
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=PATIENCE)
    assert not [path for path in host.asked if path.startswith("/alone/_wasmrx")]
