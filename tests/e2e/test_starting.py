"""When Python starts, and what a browser fetches for it: no more than the page needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from hosting import Host
from visits import PATIENCE, SiteOf

WORKER = ("worker", "pyodide", "snapshot", "image", "app")
CLICK_AT_ONCE = """addEventListener("DOMContentLoaded", () => {
  const note = () => (window.handledAt ??= performance.timeOrigin + performance.now());
  const all = { characterData: true, childList: true, subtree: true };
  new MutationObserver(note).observe(document.querySelector("#count"), all);
  document.querySelector("#add").click();
})"""
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The names of the files that this visit has asked for, without their hashes."""
    names: list[str] = []

    def note(request: Request) -> None:
        name = request.url.rpartition("/")[2]
        names.append(re.sub(r"-[0-9a-f]{8,}(?=\.)", "", name) or "index.html")

    page.context.on("request", note)
    return names


def of_worker(asked: list[str]) -> set[str]:
    return {name for name in asked if name.startswith((*WORKER, "stdlib"))}


STARTS = {"worker.js", "pyodide-first.wasm", "pyodide.js", "snapshot.bin", "image.bin", "app.zip"}


def test_a_first_event_needs_no_file_but_those_of_boot(
    page: Page, site_of: SiteOf, asked: list[str]
) -> None:
    page.add_init_script(CLICK_AT_ONCE)
    page.goto(site_of("starting") + "count/")
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
    late = page.workers[0].evaluate(
        """() => new Promise((resolve) => new PerformanceObserver((list) => {
          const late = list.getEntries().find(({ name }) => name.includes("stdlib"));
          if (late) resolve(performance.timeOrigin + late.startTime);
        }).observe({ type: "resource", buffered: true }))"""
    )
    assert late > page.evaluate("handledAt")
    before = set(asked[: asked.index("stdlib.zip")])
    # The rarely used part comes when Python is there, before the standard library.
    scripts = r"(early|lazy|core|main|shared|page-count)\.js|style\.css|(index|favicon)\.\w+"
    assert not {name for name in before - STARTS if not re.fullmatch(scripts, name)}
    assert before >= STARTS


def test_a_var_tells_whether_python_runs(
    page: Page, site_of: SiteOf, host: Host, dist_of: Callable[[str], Path]
) -> None:
    assert "starting</p>" in (dist_of("starting") / "count/index.html").read_text()
    address = site_of("starting") + "count/"
    with host.failing(r"snapshot.*bin$", "held"):
        page.goto(address)
        page.click("#more")
        expect(page.locator("#text")).to_have_text("Much more")
        look = page.evaluate("document.documentElement.className")
        page.click("#mode")
        expect(page.locator("html")).not_to_have_class(look)
        page.click("#add")
        expect(page.locator("#add")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#is")).to_have_text("starting")
        expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#is")).to_have_text("ready", timeout=PATIENCE)
    expect(page.locator("#count")).to_have_text("1")
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_a_page_without_state_starts_no_python(
    page: Page, site_of: SiteOf, asked: list[str]
) -> None:
    page.goto(site_of("starting"))
    page.click("#more")
    expect(page.locator("#text")).to_have_text("Much more")
    page.click("#mode")
    expect(page.locator("html")).to_have_class(re.compile("dark|light"))
    page.click("#to-words")
    expect(page.locator("#words")).to_be_visible()
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter((e) => /app-/.test(e.name)).length"
    )
    assert not page.workers
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert of_worker(asked) == STARTS  # In the idle time after the page was there.


def test_who_saves_data_is_spared_what_no_page_asked_for(
    page: Page, site_of: SiteOf, asked: list[str]
) -> None:
    page.add_init_script(SAVE_DATA)
    page.goto(site_of("starting"))
    page.hover("#to-count")
    page.evaluate("new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 200)))")
    assert not of_worker(asked)
    page.click("#to-count")
    page.click("#add")
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
    assert len(page.workers) == 1


def test_a_link_to_a_page_with_state_starts_python(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("starting"))
    page.click("#to-count")
    page.click("#add")
    page.click("#add")
    expect(page.locator("#count")).to_have_text("2", timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_role("heading", name="Read only")).to_be_visible()
    assert len(page.workers) == 1


def test_pointing_at_a_link_fetches_what_its_page_needs(
    page: Page, site_of: SiteOf, asked: list[str]
) -> None:
    page.add_init_script("globalThis.requestIdleCallback = () => 0")
    page.goto(site_of("starting"))
    page.hover("#to-words")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((e) => /page-words/.test(e.name))"
    )
    assert not of_worker(asked)
    with page.expect_request(re.compile("snapshot")):
        page.hover("#to-count")
    assert not page.workers


def test_documents_say_which_of_them_start_python(dist_of: Callable[[str], Path]) -> None:
    dist = dist_of("starting")
    pages = {
        name: (dist / name / "index.html").read_text() for name in ("", "words", "count", "pushing")
    }
    starting = {name for name, text in pages.items() if "data-python=" in text}
    assert starting == {"count", "pushing"}
