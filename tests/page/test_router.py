"""Client navigation: links, dynamic routes, history, scroll, focus, title, refused addresses."""

from __future__ import annotations

import pytest
from page_peer import Visit, act, expect_log, release, say
from playwright.sync_api import Page, expect


def stamp(page: Page) -> None:
    """Mark the document: a load of the site would lose the mark."""
    page.evaluate("window.stamp = 1")


def is_stamped(page: Page) -> bool:
    return page.evaluate("window.stamp === 1")


def test_links_show_pages_without_a_load(visit: Visit) -> None:
    page = visit()
    stamp(page)
    page.click("#inc")
    page.click("#to-about")
    expect(page.locator("h1")).to_have_text("About")
    assert page.title() == "About"
    expect_log(page, "inc", "mounted {}")
    page.click("#to-post")
    expect(page.locator("#where")).to_have_text('/post/[id] /post/7 {"id":"7"} {"page":"2"}')
    page.click("#to-docs")
    expect(page.locator("#where")).to_have_text(
        '/docs/[[...splat]] /docs/a/b {"splat":["a","b"]} {}'
    )
    page.click("#to-home")
    expect(page.locator("#count")).to_have_text("2")
    assert is_stamped(page)
    assert page.url.endswith("/some/where/")


def test_back_and_forward_restore_page_and_scroll(visit: Visit) -> None:
    page = visit()
    stamp(page)
    page.evaluate("scrollTo(0, 700)")
    page.locator("#to-about").evaluate("link => link.click()")
    expect(page.locator("h1")).to_have_text("About")
    page.wait_for_function("() => scrollY === 0")
    page.evaluate("scrollTo(0, 333)")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Home")
    page.wait_for_function("() => scrollY === 700")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("About")
    page.wait_for_function("() => scrollY === 333")
    assert is_stamped(page)


def test_a_new_page_is_announced_and_focus_is_not_lost(visit: Visit) -> None:
    page = visit()
    page.click("#inc")
    act(page, "redirect", {"path": "/about"})
    expect(page.locator(".wasmrx-said")).to_have_text("About")
    expect(page.locator("main")).to_be_focused()


def test_hash_links_stay_with_the_browser(visit: Visit) -> None:
    page = visit()
    stamp(page)
    page.evaluate("document.querySelector('#to-about').href = location.pathname + '#end'")
    page.click("#to-about")
    page.wait_for_function("() => location.hash === '#end' && scrollY > 0")
    expect(page.locator("h1")).to_have_text("Home")
    assert is_stamped(page)


def test_fixed_text_wins_over_parameters(visit: Visit) -> None:
    page = visit()
    act(page, "redirect", {"path": "/post/new"})
    expect(page.locator("h1")).to_have_text("About")


def test_redirect_replaces_and_goes_back(visit: Visit) -> None:
    page = visit("about/")
    act(page, "redirect", {"path": "/post/1"})
    expect(page.locator("h1")).to_have_text("Post")
    act(page, "redirect", {"path": "/docs", "replace": True})
    expect(page.locator("h1")).to_have_text("Docs")
    act(page, "back")
    expect(page.locator("h1")).to_have_text("About")


@pytest.mark.parametrize("path", ["//evil.test/post/5", "/\\evil.test/post/5", "///post/5"])
def test_paths_never_lead_to_another_host(visit: Visit, page_site: str, path: str) -> None:
    page = visit()
    act(page, "redirect", {"path": path})
    expect(page.locator("h1")).to_have_text("Nothing here" if "evil" in path else "Post")
    assert page.url.startswith(page_site)


@pytest.mark.parametrize(
    "path",
    [
        "javascript:window.hacked=1",
        " java\nscript:window.hacked=1",
        "\x01JAVASCRIPT:window.hacked=1",
        "data:text/html,<script>1</script>",
        "vbscript:x",
    ],
)
def test_code_is_no_address(visit: Visit, page_site: str, console, path: str) -> None:
    console.allow("address is unsafe")
    page = visit()
    for more in ({}, {"is_external": True}):
        act(page, "redirect", {"path": path, **more})
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("redirect did not work. The address is unsafe.")
    file = path if not path.startswith("data") else "javascript:1"
    actions = [
        {"name": "redirect", "args": {"path": path}},
        {"name": "download", "args": {"url": file, "filename": "x"}},
    ]
    say(page, {"t": "update", "id": 0, "final": True, "actions": actions})
    expect(alert.filter(has_text="download did not work")).to_have_count(1)
    assert page.url == page_site
    assert page.evaluate("window.hacked") is None
    assert len(page.context.pages) == 1


def test_links_to_code_have_no_address(visit: Visit) -> None:
    page = visit()
    assert page.locator("#to-code").get_attribute("href") is None
    assert page.locator("#to-else").get_attribute("href") == "https://example.test/x"
    assert page.locator("#to-about").get_attribute("href") == "/some/where/about"


def test_external_redirects_open_a_tab(visit: Visit, page_site: str) -> None:
    page = visit()
    with page.context.expect_page() as opened:
        act(page, "redirect", {"path": "/about", "is_external": True})
    assert opened.value.url.startswith(f"{page_site}about")
    assert opened.value.evaluate("window.opener") is None


def test_only_the_last_page_entry_before_python_counts(visit: Visit) -> None:
    page = visit("?hold&on_load", wait=False)
    page.wait_for_function("() => globalThis.probe")
    page.click("#inc")
    page.click("#to-about")
    expect(page.locator("h1")).to_have_text("About")
    page.click("#to-home")
    expect(page.locator("h1")).to_have_text("Home")
    release(page)
    expect_log(page, "on_load", "inc", "mounted {}", "unmounted {}")
