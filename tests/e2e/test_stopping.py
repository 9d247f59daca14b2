"""Handlers that take long: Stop is offered, works within a second, and costs only what it must."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from visits import PATIENCE, Console, SiteOf, violations

STOPPED_MS = 1000
LONG_TASK_MS = 50

WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration)))
  .observe({ type: "longtask" });
const Real = Worker;
window.workers = [];
window.Worker = class extends Real {
  constructor(...given) {
    super(...given);
    const mine = { made: performance.now(), post: (data) => this.postMessage(data), said: [] };
    workers.push(mine);
    this.addEventListener("message", ({ data }) => {
      mine.said.push(String(data));
      if (String(data).includes('"t":"ready"')) mine.ready = performance.now();
    });
  }
};
addEventListener("click", ({ target }) => {
  if (target.textContent === "Stop") window.pressed = performance.now();
}, true);
new MutationObserver(() => {
  if (document.body?.textContent.includes("Stopped:")) window.told ??= performance.now();
}).observe(document, { childList: true, characterData: true, subtree: true });
"""

Visit = Callable[[str], Page]


@pytest.fixture
def visit(page: Page, site_of: SiteOf, console: Console) -> Visit:
    """Open a page of the app and wait until Python has taken over."""
    console.allow("ERR_FILE_NOT_FOUND")  # How a worker sees that the page took its signal away.
    page.add_init_script(WATCH)

    def go(path: str = "") -> Page:
        page.goto(site_of("stuck") + path)
        expect(page.locator("#hydrated")).to_have_text("true", timeout=PATIENCE, ignore_case=True)
        return page

    return go


def press(page: Page, *names: str) -> None:
    for name in names:
        page.locator(f"#{name}").click()


def shows(page: Page, name: str, value: object) -> None:
    expect(page.locator(f"#{name}")).to_have_text(str(value), timeout=PATIENCE)


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()


def answers(page: Page) -> None:
    """Since ``tasks`` was emptied nothing held the page up; only Chromium tells."""
    long = page.evaluate(f"tasks.filter((ms) => ms > {LONG_TASK_MS})")
    assert len(long) <= 1, long  # A busy machine has one of its own.


def notice(page: Page) -> Any:
    return page.get_by_role("status").filter(has_text="Stopped: stuck.stuck.State.")


@pytest.mark.parametrize("handler", ["total", "largest"])
def test_what_nothing_reaches_is_ended_and_the_state_is_back(visit: Visit, handler: str) -> None:
    page = visit("")
    press(page, "add", "add")
    shows(page, "count", 2)
    page.evaluate("dispatchEvent(new Event('pagehide'))")  # What waits for a quiet time is kept.
    press(page, handler, "add")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert not [each for each in violations(page) if "rt-" not in each]
    page.evaluate("tasks.length = 0")
    stop(page)
    shows(page, "count", 3)
    expect(notice(page)).to_contain_text(f"State.{handler} is not run again.")
    workers = page.evaluate("workers")
    assert len(workers) == 2
    assert workers[1]["made"] - page.evaluate("pressed") < STOPPED_MS
    answers(page)
    shows(page, "entered", 2)
    page.reload()
    shows(page, "count", 3)


@pytest.mark.every_browser
@pytest.mark.parametrize("handler", ["loop", "search", "sleep"])
def test_python_that_does_not_return_is_broken_off(visit: Visit, handler: str) -> None:
    """The worker stays; what the handler assigned until then stays as after an exception."""
    page = visit("")
    press(page, "add", handler, "add")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.evaluate("tasks.length = 0")
    stop(page)
    shows(page, "count", 102)
    expect(notice(page)).to_contain_text(f"State.{handler}")
    assert page.evaluate("told - pressed") < STOPPED_MS
    answers(page)
    assert len(page.evaluate("workers")) == 1
    shows(page, "entered", 1)
    press(page, handler, "add")
    stop(page)
    shows(page, "count", 203)
    press(page, "add")
    shows(page, "count", 204)
    assert len(page.evaluate("workers")) == 1


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        ("clean", "cleaned"),
        ("busy", "was busy"),
        ("wait", "waits, cancelled"),
        ("steps", "no more steps"),
        ("stream", "no more stream"),
        ("hold", "holds, held"),
    ],
)
def test_a_handler_that_is_stopped_may_clean_up(visit: Visit, handler: str, said: str) -> None:
    page = visit("")
    press(page, handler, "add")
    stop(page)
    shows(page, "done", said)
    shows(page, "count", 1)
    assert len(page.evaluate("workers")) == 1
    expect(notice(page)).to_contain_text(f"State.{handler}")


@pytest.mark.every_browser
def test_a_handler_that_does_not_let_itself_be_cancelled_is_ended(visit: Visit) -> None:
    page = visit("")
    press(page, "add", "stubborn", "add", "add")
    stop(page)
    shows(page, "count", 3)
    assert len(page.evaluate("workers")) == 2


def test_stop_is_not_offered_where_nobody_waits(visit: Visit) -> None:
    page = visit("")
    page.evaluate(
        """new MutationObserver(() => {
          if (document.body.textContent.includes("taking long")) document.title = "offered";
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    title = page.title()
    press(page, "short")
    shows(page, "done", "short")
    assert page.title() == title


def test_stop_goes_when_what_took_long_has_ended(visit: Visit) -> None:
    page = visit("")
    press(page, "short", "add")
    button = page.get_by_role("button", name="Stop")
    expect(button).to_be_visible()
    shows(page, "count", 1)
    expect(button).to_have_count(0)


def test_a_page_whose_entering_never_ends_is_usable_after_stop(visit: Visit) -> None:
    page = visit("")
    press(page, "add")
    shows(page, "count", 1)
    page.get_by_role("link", name="other").click()
    expect(page.get_by_role("heading", name="Other")).to_be_visible()
    press(page, "add")
    stop(page)
    shows(page, "count", 2)
    shows(page, "hydrated", "true")
    expect(page.get_by_role("status").filter(has_text="on_load of /other")).to_be_visible()


def test_authors_can_cancel(visit: Visit) -> None:
    page = visit("")
    press(page, "wait", "add", "cancel-wait")
    shows(page, "done", "waits, cancelled")
    shows(page, "count", 1)
    assert len(page.evaluate("workers")) == 1


def test_a_worker_that_has_taken_much_memory_is_renewed(visit: Visit) -> None:
    page = visit("")
    press(page, "add", "allocate")
    shows(page, "kept", 1)
    press(page, "add")
    shows(page, "worker", 1)
    page.wait_for_function("workers.length === 2 && workers[1].ready", timeout=PATIENCE)
    press(page, "add")
    shows(page, "count", 3)
    shows(page, "worker", 0)
    shows(page, "kept", 1)
    shows(page, "entered", 1)
    expect(page.get_by_role("status")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_worker_whose_files_are_not_stored_is_not_renewed(visit: Visit) -> None:
    """Another tab stores files; when that is closed this one can."""
    first = visit("")
    page = first.context.new_page()
    page.add_init_script(WATCH)
    page.goto(first.url)
    press(page, "write", "allocate")
    shows(page, "done", "written")
    page.wait_for_function("workers[0].said.some((text) => text.includes('\"idle\":false'))")
    assert page.evaluate("workers.length") == 1
    first.close()
    page.wait_for_function("workers.length === 2 && workers[1].ready", timeout=2 * PATIENCE)
    press(page, "read")
    shows(page, "done", "written, kept")


NO_MESSAGES: list[object] = [
    *(None, 5, True, "", "{", "null", "[]", "5", "[" * 200, "x" * 2_000_000, [], {}),
    {"text": 5},
    {"files": []},
    {"unknown": True},
    {"signal": "blob:nothing", "text": "{"},
    *(
        json.dumps(message)
        for message in (
            {},
            {"t": "nothing", "id": 1},
            {"t": "__proto__", "id": 2},
            {"t": "event"},
            {"t": "event", "id": "x", "handler": 5, "payload": None},
            {"t": "event", "id": -1, "handler": "stuck.stuck.State.__init__", "payload": {}},
            {"t": "event", "id": 10**9, "handler": "stuck.stuck.State.add", "payload": [1]},
            {"t": "event", "id": 10**9, "handler": "stuck.stuck.State.add", "payload": {"no": 1}},
            {"t": "navigate", "id": 10**9, "location": 5},
            {"t": "stored", "id": 10**9, "kept": 5},
            {"t": "stop"},
            {"t": "stop", "id": [], "handler": {}},
            {"t": "cancel", "id": 10**9},
        )
    ),
]


def test_what_is_no_message_breaks_nothing(visit: Visit, console: Console) -> None:
    console.allow("A message of the page|An event|not have|failed|could not")
    page = visit("")
    page.evaluate("(messages) => messages.forEach((each) => workers[0].post(each))", NO_MESSAGES)
    press(page, "add", "add")
    shows(page, "count", 2)
    assert len(page.evaluate("workers")) == 1
