"""Handlers ask another site, by the libraries that Python users know."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hosting import Host
from other_site import WORDS, OtherSite, running_site
from visits import PATIENCE, Console, SiteOf

RESULTS = {
    "by_httpx": "200 {'by': 'httpx'} seen",
    "by_httpx_now": "hello /hello?a=1",
    "by_httpx2": "hello /hello",
    "by_requests": "200 {'by': 'requests'}",
    "by_urllib": r"200 b'\x00\xff' 404",
    "by_pyfetch": "hello /hello",
}


@pytest.fixture
def other() -> Iterator[OtherSite]:
    with running_site() as site:
        yield site


@pytest.fixture
def app(page: Page, site_of: SiteOf, other: OtherSite) -> Page:
    page.goto(site_of("network"))
    page.fill("#base", other.url)
    expect(page.locator("#out")).to_have_text(f"base {other.url}", timeout=PATIENCE)
    return page


def test_each_library_asks(app: Page, console: Console) -> None:
    console.allow("404")
    for name, result in RESULTS.items():
        app.click(f"#{name}")
        expect(app.locator("#out")).to_have_text(result, timeout=PATIENCE)


def test_code_that_cannot_await_asks_also_without_stack_switching(
    page: Page,
    dist_of: Callable[[str], Path],
    host: Host,
    other: OtherSite,
    console: Console,
    tmp_path: Path,
) -> None:
    """A browser that cannot suspend Python; this one is made to forget it."""
    console.allow("404")
    shutil.copytree(dist_of("network"), tmp_path / "site")
    (script,) = (tmp_path / "site/wasmrx").glob("worker-*.js")
    script.write_text(f"delete WebAssembly.Suspending;{script.read_text()}")
    page.goto(host.mount("/without/", tmp_path / "site"))
    page.fill("#base", other.url)
    for name in ("by_httpx_now", "by_requests", "by_urllib"):
        page.click(f"#{name}")
        expect(page.locator("#out")).to_have_text(RESULTS[name], timeout=PATIENCE)


def test_a_model_answers_word_by_word(app: Page, other: OtherSite) -> None:
    app.click("#by_openai")
    expect(app.locator("#out")).to_have_text(WORDS[0].strip(), timeout=PATIENCE)
    other.go_on.set()
    expect(app.locator("#out")).to_have_text("".join(WORDS), timeout=PATIENCE)


@pytest.mark.parametrize("by", ["", "_by_requests", "_by_urllib3", "_by_urllib", "_by_httpx"])
def test_an_answer_is_shown_while_it_comes(app: Page, other: OtherSite, by: str) -> None:
    app.click(f"#streamed{by}")
    expect(app.locator(".line")).to_have_text(["line 0"], timeout=PATIENCE)
    other.go_on.set()
    expect(app.locator("#out")).to_have_text("streamed", timeout=PATIENCE)
    expect(app.locator(".line")).to_have_text(["line 0", "line 1", "line 2"])


@pytest.mark.parametrize("name", ["refused", "refused_now"])
def test_a_site_that_refuses_pages_is_told_apart(
    app: Page, other: OtherSite, console: Console, name: str
) -> None:
    console.allow("CORS|ERR_FAILED")
    app.click(f"#{name}")
    shown = app.get_by_text("does not let pages of").first
    expect(shown).to_be_visible(timeout=PATIENCE)
    expect(shown).to_contain_text(other.url)
    expect(shown).to_contain_text("A handler that runs on the server can ask it")


def test_a_site_that_is_not_there_is_told(app: Page, console: Console) -> None:
    console.allow("cannot be reached|ERR_|AbortError")
    app.click("#unreachable")
    text = "http://127.0.0.1:1 cannot be reached. Is there a network"
    expect(app.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


def test_a_late_answer_ends_the_request(app: Page, other: OtherSite) -> None:
    app.click("#late")
    text = "ReadTimeout: The server did not answer in time."
    expect(app.locator("#out")).to_have_text(text, timeout=PATIENCE)
    assert other.left.wait(PATIENCE / 1000)


@pytest.mark.parametrize(("by", "error"), [("requests", "ReadTimeout"), ("urllib", "TimeoutError")])
def test_code_that_cannot_await_has_timeouts(
    app: Page, other: OtherSite, by: str, error: str
) -> None:
    app.click(f"#late_by_{by}")
    expect(app.locator("#out")).to_have_text(error, timeout=PATIENCE)
    assert other.left.wait(PATIENCE / 1000)


def test_an_answer_that_is_closed_early_ends_at_the_server(app: Page, other: OtherSite) -> None:
    app.click("#left_early")
    expect(app.locator("#out")).to_have_text("line 0", timeout=PATIENCE)
    assert other.left.wait(PATIENCE / 1000)


def test_a_request_ends_with_its_handler(app: Page, other: OtherSite) -> None:
    app.click("#held_by_requests")
    expect(app.locator("#out")).to_have_text("held", timeout=PATIENCE)
    app.click("#cancel_held")
    assert other.left.wait(PATIENCE / 1000)
    app.click("#by_httpx_now")
    expect(app.locator("#out")).to_have_text(RESULTS["by_httpx_now"], timeout=PATIENCE)


def test_a_cancelled_request_ends_at_the_server(app: Page, other: OtherSite) -> None:
    app.click("#cancelled")
    expect(app.locator("#out")).to_have_text("cancelled", timeout=PATIENCE)
    assert other.left.wait(PATIENCE / 1000)
