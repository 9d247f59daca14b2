"""A site opens without its host after the first visit, and takes a new build as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from hosting import Host, running_host
from versions import APP, SiteAt, adds, heading, is_kept
from visits import PATIENCE, Console, build_app, until

pytestmark = pytest.mark.every_browser


@pytest.mark.parametrize("place", ["/a/b/", "/"])
def test_every_page_opens_when_the_host_is_gone(
    visitor: BrowserContext, site_at: SiteAt, console: Console, place: str
) -> None:
    console.allow("404|ERR_CONNECTION_REFUSED|ERR_FAILED|NetworkError|Failed to load")
    page = visitor.new_page()
    with running_host() as host:
        address = host.mount(place, site_at("one"))
        page.goto(address)
        adds(page, "one")
        is_kept(page, site_at("one"))
    page.reload()
    heading(page, "Home of one")
    adds(page, "one")
    page.get_by_role("link", name="Other page").click()
    heading(page, "Other of one")
    for path, text in (("other/", "Other of one"), ("other", "Other of one"), ("", "Home of one")):
        page.goto(address + path)
        heading(page, text)
        adds(page, "one")
    page.goto(address + "item/7")
    expect(page.locator("#item")).to_have_text("Item 7", timeout=PATIENCE)
    page.goto(address + "nowhere/at/all")
    expect(page.get_by_text("There is no page at this address")).to_be_visible(timeout=PATIENCE)


def test_a_new_build_is_taken_as_a_whole(
    visitor: BrowserContext, own_host: Host, site_at: SiteAt
) -> None:
    page, other = visitor.new_page(), visitor.new_page()
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address)
    adds(page, "one")
    is_kept(page, site_at("one"))
    for version, before in (("two", "one"), ("one", "two")):
        own_host.mount("/site/", site_at(version))
        page.bring_to_front()
        page.goto(address)
        heading(page, f"Home of {before}")
        adds(page, before)
        offer = page.get_by_role("status").filter(has_text="A new version of this site is ready.")
        expect(offer).to_be_visible(timeout=PATIENCE)
        other.bring_to_front()
        other.goto(address)
        heading(other, f"Home of {version}")
        page.bring_to_front()
        page.get_by_role("link", name="Other page").click()
        heading(page, f"Other of {before}")
        adds(page, before)
        number = page.locator("#count").inner_text()
        offer.get_by_role("button", name="Reload").click()
        heading(page, f"Other of {version}")
        expect(page.locator("#count")).to_have_text(number, timeout=PATIENCE)
        adds(page, version)


@pytest.mark.parametrize("fault", ["wrong bytes", "cut", 404])
def test_a_build_that_comes_in_pieces_is_not_taken(
    visitor: BrowserContext, own_host: Host, site_at: SiteAt, fault: str | int, console: Console
) -> None:
    console.allow("ServiceWorker intercepted")  # Firefox tells of what a reload ended.
    page = visitor.new_page()
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address)
    adds(page, "one")
    is_kept(page, site_at("one"))
    own_host.mount("/site/", site_at("two"))
    asked = len(own_host.asked)
    with own_host.failing(r"wasmrx/page-other", fault):  # type: ignore[arg-type]
        page.reload()
        adds(page, "one")
        until(lambda: any("page-other" in path for path in own_host.asked[asked:]))
        page.reload()
        heading(page, "Home of one")
        adds(page, "one")
    page.reload()
    is_kept(page, site_at("two"))
    page.reload()
    heading(page, "Home of two")
    adds(page, "two")


def test_a_site_that_is_not_to_be_kept_forgets_what_was(
    visitor: BrowserContext, own_host: Host, site_at: SiteAt, tmp_path: Path
) -> None:
    page = visitor.new_page()
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address)
    adds(page, "one")
    is_kept(page, site_at("one"))
    source = tmp_path / "three"
    source.mkdir()
    (source / "three.py").write_text(APP.format(version="three"))
    (source / "rxconfig.py").write_text(
        'import wasmrx as rx\nconfig = rx.Config(app_name="x", app_module_import="three", '
        "offline=False)\n"
    )
    build_app(source, tmp_path / "dist")
    assert not (tmp_path / "dist" / "wasmrx" / "offline.json").exists()
    own_host.mount("/site/", tmp_path / "dist")
    page.evaluate("navigator.serviceWorker.getRegistration().then((known) => known.update())")
    until(lambda: page.evaluate("caches.keys()") == [])
    page.reload()
    heading(page, "Home of three")
    adds(page, "three")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_the_site_can_be_installed(
    visitor: BrowserContext, own_host: Host, site_at: SiteAt
) -> None:
    page = visitor.new_page()
    address = own_host.mount("/site/", site_at("one"))
    page.goto(address + "other/")
    link = page.locator('link[rel="manifest"]')
    assert link.evaluate("(link) => link.href") == f"{address}manifest.webmanifest"
    manifest = page.evaluate("fetch('../manifest.webmanifest').then((answer) => answer.json())")
    assert manifest["name"] == "Home"
    assert (manifest["start_url"], manifest["display"]) == ("./", "standalone")


WATCH = """
addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  window.seen = [];
  const note = () => root.dataset.offline && window.seen.push(root.dataset.offline);
  new MutationObserver(note).observe(root, { attributes: true, attributeFilter: ["data-offline"] });
});
"""


def test_how_much_is_kept_is_shown(
    visitor: BrowserContext, own_host: Host, site_at: SiteAt
) -> None:
    page = visitor.new_page()
    page.add_init_script(WATCH)
    page.goto(own_host.mount("/site/", site_at("one")))
    root = page.locator("html")
    expect(root).to_have_attribute("data-offline", "ready", timeout=PATIENCE)
    *shares, last = page.evaluate("window.seen")
    assert last == "ready"
    assert shares == sorted(shares, key=int)
    assert shares[-1] == "100"
    page.reload()
    expect(root).to_have_attribute("data-offline", "ready", timeout=PATIENCE)
