"""A page and its worker run one build from start to end, whatever the network does meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, expect

from hosting import Host
from versions import SiteAt, adds, heading, is_kept, is_taken
from visits import PATIENCE, Console, Engine, until

pytestmark = pytest.mark.every_browser

CHANGED = ("index.html", "other/index.html", "404.html", "main", "page-index", "page-other", "app")
"""What differs between the versions."""

APART: dict[Engine, int] = {"chromium": 1, "firefox": 3}
"""The service worker is the same in both browsers: in one of them every third request will do."""

FAILURE = re.compile("could not be loaded|cannot respond|could not start|still starting")


def is_open(page: Page, address: str) -> bool:
    """Open the site; tell whether anything came."""
    try:
        page.goto(address)
    except Error:
        return False
    return True


def version_at(site: Path) -> str:
    return site.parent.name.removeprefix("version-")


def version_of(page: Page) -> str:
    return page.get_by_role("heading").inner_text().partition(" of ")[2]


def is_whole(page: Page) -> str:
    """Wait until the page answers; its document and its handlers must be of one build."""
    expect(page.get_by_role("heading")).to_be_visible(timeout=PATIENCE)
    version = version_of(page)
    adds(page, version)
    return version


@contextmanager
def one_reload_at_most(page: Page) -> Iterator[None]:
    """The page is opened inside; by itself it loads once more at most."""
    seen: list[str] = []

    def note(frame: Frame) -> None:
        if frame == page.main_frame:
            seen.append(frame.url)

    page.on("framenavigated", note)
    yield
    page.remove_listener("framenavigated", note)
    assert 1 <= len(seen) <= 2, seen


@pytest.mark.parametrize("half", [0, 1])
def test_updates_cut_after_each_request(
    visitor: BrowserContext,
    engine: Engine,
    own_host: Host,
    site_at: SiteAt,
    console: Console,
    half: int,
) -> None:
    """The network goes after each k-th request of an update, to and fro, in front of two tabs."""
    console.allow(".")
    page, other = visitor.new_page(), visitor.new_page()
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address)
    adds(page, "one")
    is_kept(page, site_at("one"))
    old = "one"
    for answered in count(half * APART[engine], 2 * APART[engine]):
        new = f"next {answered}"
        was_cut = update_cut_after(answered, own_host, page, other, site_at(old), site_at(new))
        old = new
        if not was_cut:
            break
    assert answered > len(CHANGED)
    # A rollback: the browser may have kept all of it.
    update_cut_after(3, own_host, page, other, site_at(old), site_at("one"))


def update_cut_after(
    answered: int, host: Host, page: Page, other: Page, old: Path, new: Path
) -> bool:
    """Put ``new`` in the place of ``old``, and cut the network; return whether it was felt."""
    versions = version_at(old), version_at(new)
    address = host.mount("/site/", new)
    with host.cut_after(answered) as cut:
        page.bring_to_front()  # What browsers do for a tab in the background waits for a second.
        with one_reload_at_most(page):
            page.reload()
            assert is_whole(page) == versions[0]
        until(lambda: cut.is_over or is_taken(page, new))
        other.bring_to_front()
        with one_reload_at_most(other):
            other.goto(address)
            assert is_whole(other) in versions
        page.bring_to_front()
        page.get_by_role("link", name="Other page").click()
        heading(page, f"Other of {versions[0]}")
        was_cut = cut.is_over
    with one_reload_at_most(other):
        other.reload()
        is_kept(other, new)
    with one_reload_at_most(page):
        page.goto(address)
        assert is_whole(page) == versions[1]
    return was_cut


@pytest.mark.parametrize("half", [0, 1])
def test_a_first_visit_cut_after_each_request(
    browser: Browser, engine: Engine, own_host: Host, site_at: SiteAt, half: int
) -> None:
    """It ends in words or in a page that works; one load later all is well."""
    address = own_host.mount("/site/", site_at("one"))
    for answered in count(half * APART[engine], 2 * APART[engine]):
        visitor = browser.new_context()
        page = visitor.new_page()
        with own_host.cut_after(answered) as cut:
            if is_open(page, address):
                page.locator("#add").click()
                says = page.locator("[role]:visible").filter(has_text=FAILURE)
                shows = page.locator("#by").filter(has_text="one")
                expect(says.or_(shows).first).to_be_visible(timeout=PATIENCE)
            was_cut = cut.is_over
        again = visitor.new_page()
        again.goto(address)
        assert is_whole(again) == "one"
        visitor.close()
        if not was_cut:
            break
    assert answered > 8


# -- no service worker: what lies on the way is old --------------------------------------------


def test_a_document_of_a_build_that_is_gone(
    page: Page, own_host: Host, site_at: SiteAt, console: Console
) -> None:
    """A cache on the way still has the document, the host no longer has its scripts."""
    console.allow(".")
    address = own_host.mount("/site/", site_at("two"))
    own_host.once["/site/"] = site_at("one") / "index.html"
    page.goto(address)
    heading(page, "Home of two")
    adds(page, "two")
    assert own_host.asked.count("/site/") <= 3


def test_an_open_page_goes_on_to_the_new_build(
    page: Page, own_host: Host, site_at: SiteAt, console: Console
) -> None:
    """What it did not load yet is gone: the next page is opened whole, with the state kept."""
    console.allow(".")
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address)
    adds(page, "one")
    adds(page, "one")
    own_host.mount("/site/", site_at("two"))
    page.get_by_role("link", name="Other page").click()
    heading(page, "Other of two")
    expect(page).to_have_url(f"{address}other/")
    expect(page.locator("#count")).to_have_text("2", timeout=PATIENCE)
    adds(page, "two")


def test_a_worker_of_a_build_that_is_gone(
    page: Page, own_host: Host, site_at: SiteAt, console: Console
) -> None:
    """The page's scripts came from a cache; what Python starts from is gone from the host."""
    console.allow(".")
    old, new = site_at("one"), site_at("two")
    address = own_host.mount("/site/", new)
    scripts = chain(old.glob("wasmrx/main-*"), old.glob("wasmrx/core-*"), old.glob("wasmrx/page-*"))
    own_host.once = {f"/site/wasmrx/{script.name}": script for script in scripts}
    own_host.once |= {"/site/": old / "index.html"}
    page.goto(address)
    heading(page, "Home of two")
    adds(page, "two")
