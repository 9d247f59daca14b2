"""From the prerendered page to Python: hydration, early input, progress, failure."""

from __future__ import annotations

import re

from page_peer import Visit, expect_log, ready, release
from playwright.sync_api import Page, expect


def test_prerendered_html_is_taken_over_not_replaced(page: Page, page_site: str) -> None:
    remember = "() => { window.before = document.querySelector('#inc') }"
    page.add_init_script(f"addEventListener('DOMContentLoaded', {remember})")
    page.goto(page_site)
    ready(page)
    assert page.evaluate("window.before === document.querySelector('#inc')")
    assert page.title() == "Home"


def test_events_reach_the_worker_in_order(visit: Visit) -> None:
    page = visit()
    page.click("#inc")
    page.fill("#name", "Ada")
    page.click("#inc")
    expect_log(page, "inc", 'set_name {"value":"Ada"}', "inc")
    expect(page.locator("#count")).to_have_text("4")


def test_clicks_before_python_run_once_and_show_that_they_wait(visit: Visit) -> None:
    page = visit("?hold", wait=False)
    page.wait_for_function("() => globalThis.probe")
    for _ in range(3):
        page.click("#inc")
    expect(page.locator("#inc")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#count")).to_have_text("0")
    release(page)
    expect_log(page, "inc", "inc", "inc")
    expect(page.locator("#count")).to_have_text("6")
    expect(page.locator("#inc")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-pending]")).to_have_count(0)


def test_input_before_react_is_repeated_once(page: Page, page_site: str) -> None:
    held: list[object] = []
    page.route("**/main.js", lambda route: held.append(route))
    page.goto(page_site, wait_until="commit")
    page.locator("#send").wait_for()
    page.click("#inc")
    page.locator("#name").press_sequentially("Ada")
    page.check("#tick")
    page.select_option("#pick", "b")
    page.fill("[name=task]", "write")
    page.fill("#nameless", "x")
    page.click("#send")
    page.focus("[name=task]")
    page.keyboard.press("Enter")
    page.click("#inc")
    assert page.url == page_site
    held[0].continue_()  # type: ignore[attr-defined]
    form = 'submit {"form":{"task":"write","nameless":"x"}}'
    expect_log(
        page,
        "inc",
        'set_name {"value":"Ada"}',
        'set_tick {"value":true}',
        'set_pick {"value":"b"}',
        form,
        form,
        "inc",
    )
    assert page.is_checked("#tick")
    assert page.input_value("#name") == "Ada"
    page.click("#inc")
    page.uncheck("#tick")
    expect(page.locator("#log")).to_contain_text('set_tick {"value":false}')


def test_progress_covers_nothing_and_goes(visit: Visit) -> None:
    page = visit("?hold", wait=False)
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", "35")
    box = bar.bounding_box()
    assert box is not None and box["height"] <= 4 and box["y"] == 0
    top = page.locator("nav").bounding_box()
    release(page)
    ready(page)
    expect(bar).to_have_count(0)
    assert page.locator("nav").bounding_box() == top


def test_failure_is_told_in_words_and_can_be_retried(visit: Visit, page: Page, console) -> None:
    console.allow("No app today")
    page.add_init_script(
        """const Real = Worker; window.tries = 0;
        window.Worker = class extends Real {
          constructor(url, options) { super(window.tries++ ? url.split('?')[0] : url, options); }
        }"""
    )
    visit("?fail=No+app+today", wait=False)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("No app today (app.py:7)")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Home")
    page.click("#inc")
    page.locator("#end").scroll_into_view_if_needed()
    end, notice = page.locator("#log").bounding_box(), alert.bounding_box()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    end, notice = page.locator("#log").bounding_box(), alert.bounding_box()
    assert end and notice and end["y"] + end["height"] <= notice["y"] + 1
    page.get_by_role("button", name="Retry").click()
    expect_log(page, "inc")
    expect(alert).to_have_count(0)


def test_a_page_that_is_being_left_tells_of_a_failure_only_if_it_stays(
    visit: Visit, page: Page, console
) -> None:
    page.clock.install()
    page.add_init_script(
        """window.failed = new Promise((tell) => {
          const Real = Worker;
          window.Worker = class extends Real {
            constructor(...given) {
              super(...given);
              dispatchEvent(new Event("beforeunload"));
              this.addEventListener("message", ({ data }) => data.includes("failed") && tell());
            }
          };
        })"""
    )
    visit("?fail=Interrupted", wait=False)
    page.evaluate("failed")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert not console.errors
    console.allow("Interrupted")
    page.clock.run_for(10_000)
    expect(page.get_by_role("alert")).to_contain_text("Interrupted")


def test_worker_script_that_is_missing_is_told(visit: Visit, host, console) -> None:
    console.allow("worker")
    console.allow("404")
    with host.failing("worker.js", 404):
        page = visit(wait=False)
        expect(page.get_by_role("alert")).to_contain_text("The worker could not start")
    page.get_by_role("button", name="Retry").click()
    ready(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_deep_link_on_an_unknown_base(visit: Visit, console) -> None:
    console.allow("404|MIME|Failed to load")
    page = visit("post/42?page=2")
    expect(page.locator("h1")).to_have_text("Post")
    expect(page.locator("#where")).to_have_text('/post/[id] /post/42 {"id":"42"} {"page":"2"}')
    assert page.title() == "Post"
    page.click("#to-about")
    expect(page.locator("h1")).to_have_text("About")
    assert re.search(r"/some/where/about$", page.url)


def test_unknown_address_shows_the_page_for_it(visit: Visit, console) -> None:
    console.allow("404|MIME|Failed to load")
    page = visit("no/such/page")
    expect(page.locator("h1")).to_have_text("Nothing here")
    page.click("#to-home")
    expect(page.locator("h1")).to_have_text("Home")


def test_a_worker_that_dies_at_once_is_not_started_for_ever(visit: Visit, console) -> None:
    console.allow("killed")
    page = visit("?die", wait=False)
    alert = page.get_by_role("alert").filter(has_text="cannot respond")
    expect(alert).to_contain_text("Python stops again and again")
    expect(alert.get_by_role("button", name="Retry")).to_be_visible()
