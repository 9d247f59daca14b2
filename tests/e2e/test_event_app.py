"""Events from the page to Python and back: order, forms, fields of events, actions, scripts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from visits import PATIENCE, Console, SiteOf

POLICY = "script-src 'self' 'wasm-unsafe-eval'"
SEEN = """
globalThis.seen = [];
const log = console.log;
console.log = (...words) => { seen.push(words.join(" ")); log(...words); };
globalThis.note = () => seen.push("shows " + document.querySelector("#step")?.textContent);
"""


@pytest.fixture
def events(page: Page, site_of: SiteOf) -> Page:
    """The page, under a policy that forbids eval, once Python has mounted it."""

    def guarded(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    address = site_of("events")
    page.route(address, guarded)
    page.add_init_script(SEEN)
    page.goto(address)
    expect_seen(page, "mounted")
    return page


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def expect_seen(page: Page, *expected: str) -> None:
    """Wait until the page has seen exactly this, in this order, and forget it."""
    page.wait_for_function("count => seen.length >= count", arg=len(expected), timeout=PATIENCE)
    assert page.evaluate("seen.splice(0)") == list(expected)


ORDER: dict[str, list[str]] = {
    # Each yield: the change is on the page before its action runs.
    "steps": ["shows 0", "shows 1", "shows 2", "shows end", "shows last"],
    # The page's own action at once; a handler's actions with its step; what it chains at the end
    # of the queue, which here is before `d`, as `d` arrives when the first handler has run.
    "chain": ["page", "a", "b", "c", "d"],
    # Where the handler waits, `d` is in the queue before what it chains.
    "slow chain": ["a", "d", "b", "c"],
    # A background handler begins after the step that asked for it.
    "beside": ["asked", "shows inside", "shows left", "after"],
    "fails": ["shows failed", "goes on"],
}


def test_the_order_of_everything(events: Page, console: Console) -> None:
    console.allow("on purpose")
    for name, expected in ORDER.items():
        click(events, name)
        expect_seen(events, *expected)
    expect(events.get_by_role("alert")).to_contain_text("on purpose")
    click(events, "new field")
    expect(events.locator("#fresh")).to_be_focused()


def test_entering_and_leaving_a_page(events: Page) -> None:
    events.get_by_role("link", name="second").click()
    loaded = ("action", "first /second False", "then /second False")
    expect_seen(events, "unmounted", "mounted", *loaded)
    events.get_by_role("link", name="back").click()
    expect_seen(events, "mounted")
    expect(events.locator("#step")).to_have_text("none")
    events.goto(events.url + "second/")
    expect_seen(events, *loaded, "mounted")


def test_forms(events: Page) -> None:
    got = events.locator("#got")
    events.set_input_files(
        "[name=upload]", {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    events.fill("[name=text]", "typed")
    events.keyboard.press("Enter")
    expect(got).to_contain_text("typed", timeout=PATIENCE)
    assert json.loads(got.inner_text()) == {
        "text": "typed",
        "number": "3",
        "on": "on",
        "by_id": True,
        "pick": "y",
        "choice": "two",
        "many": "q",
        "area": "lines",
        "day": "2024-05-06",
        "at": "07:08",
        "tint": "#ff0000",
        "slide": "30",
        "hidden": "secret",
        "upload": "notes.txt",
        "deep": "inside",
        "themed": "t",
        "themed_area": "ta",
        "box": "on",
        "box_id": False,
        "switch": "on",
        "radio": "r2",
        "select": "s2",
        "slider": "25",
    }
    expect(events.locator("[name=text]")).to_have_value("a")
    events.locator("#box_id").click()
    click(events, "send all")
    expect(got).to_contain_text('"box_id": true')
    click(events, "send task")
    expect(got).to_have_text('{"title": "t", "tags": ["a", "b"], "urgent": false}')
    events.fill("#title", "")
    click(events, "send task")
    click(events, "book")
    expect(got).to_have_text(
        "Booking(name='Ada', nights=2, on=datetime.date(2024, 5, 6), breakfast=True, rooms=['1'])"
    )


def test_fields_of_events_and_modifiers(events: Page) -> None:
    expected: list[str] = []

    def expect_input(*lines: str) -> None:
        expected.extend(lines)
        expect(events.locator(".input")).to_have_text(expected, timeout=PATIENCE)

    events.focus("#keys")
    events.keyboard.press("Control+Shift+ArrowUp")
    expect_input(
        "Control ['ctrl_key']",
        "Shift ['ctrl_key', 'shift_key']",
        "ArrowUp ['ctrl_key', 'shift_key']",
    )
    box = events.locator("#point").bounding_box()
    assert box is not None
    events.locator("#point").click(position={"x": 5, "y": 5})
    x, y = box["x"] + 5, box["y"] + 5
    events.wait_for_function("() => document.querySelectorAll('.input').length > 3")
    words = events.locator(".input").last.inner_text().split()
    assert abs(float(words[0].removeprefix("client_x=")) - x) <= 1
    assert abs(float(words[1].removeprefix("client_y=")) - y) <= 1
    assert words[2:] == ["button=0", "8"]
    expected.append(" ".join(words))
    for _ in range(3):
        click(events, "throttled")
    expect_input("throttled")
    events.locator("#late").press_sequentially("abc")
    expect_input("abc")
    events.fill("#number", "2.5")
    expect_input("2.5")
    events.fill("#number", "")
    expect_input("None")
    events.get_by_text("alone", exact=True).first.click()
    expect_input("alone")
    events.get_by_text("prevented", exact=True).first.click()
    expect_input("prevented")
    events.locator("#scroll").evaluate("box => box.scrollTop = 100")
    expect_input("scrolled")


def test_scripts_and_their_results(events: Page, console: Console) -> None:
    console.allow("unsafe-eval|missing is not defined|oops")
    expected: list[str] = []

    def expect_line(name: str, *lines: str) -> None:
        click(events, name)
        expected.extend(lines)
        expect(events.locator(".script")).to_have_text(expected, timeout=PATIENCE)

    expect_line("script", "2")
    expect_line("lambda", "ADA 1")
    expect_line("with var", "5")
    expect_line("from handler", "42")
    expect_line("part", "Ada [1, 2]")
    expect_line("function", "f [1, 2]")
    expect_line("script fails", '"goes on"')
    alerts = events.get_by_role("alert")
    expect(alerts.filter(has_text="missing is not defined")).to_be_visible()
    click(events, "made")
    expect(alerts.filter(has_text="allow 'unsafe-eval'")).to_be_visible()
    click(events, "page error")
    expected.append("ReferenceError: oops is not defined")
    expect(events.locator(".script")).to_have_text(expected, timeout=PATIENCE)


def test_toasts_and_downloads(events: Page) -> None:
    click(events, "toast")
    toast = events.locator("[data-sonner-toast]")
    expect(toast).to_contain_text("Done", timeout=PATIENCE)
    expect(toast).to_have_count(1)
    toast.get_by_role("button", name="Undo").click()
    expect(events.locator(".script")).to_have_text(["undo 1"])
    saved: dict[str, bytes] = {}

    def save(download: object) -> None:
        saved[download.suggested_filename] = download.path().read_bytes()  # type: ignore[attr-defined]

    events.on("download", save)
    for name in ("save", "save url", "save var"):
        click(events, name)
    for _ in range(100):
        if len(saved) == 4:
            break
        events.wait_for_timeout(100)
    assert saved == {
        "a.txt": "text é".encode(),
        "b.bin": bytes([0, 255]),
        "c.txt": b"hello",
        "d.txt": b"plain",
    }
