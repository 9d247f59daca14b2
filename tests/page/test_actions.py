"""What a handler asks the page to do; colour mode; errors in words."""

from __future__ import annotations

import base64
import re

import pytest
from page_peer import Visit, act, expect_log, say
from playwright.sync_api import BrowserContext, Page, expect

from visits import until

STATE = "app.State"


def update(**more: object) -> dict[str, object]:
    return {"t": "update", "id": 0, "final": True, **more}


def do(page: Page, name: str, **args: object) -> None:
    """Let the worker ask for an action."""
    say(page, update(actions=[{"name": name, "args": args}]))


def test_focus_value_and_scroll(visit: Visit) -> None:
    page = visit()
    do(page, "set_focus", ref="name")
    expect(page.locator("#name")).to_be_focused()
    do(page, "blur_focus", ref="name")
    expect(page.locator("#name")).not_to_be_focused()
    do(page, "set_value", ref="name", value="Ada")
    expect(page.locator("#name")).to_have_value("Ada")
    do(page, "scroll_to", elem_id="end", align_to_top=False)
    expect(page.locator("#end")).to_be_in_viewport()


def test_alert_and_console(visit: Visit) -> None:
    page = visit()
    heard: list[str] = []
    page.once("dialog", lambda dialog: (heard.append(dialog.message), dialog.accept()))
    do(page, "window_alert", message="Look")
    with page.expect_console_message(lambda message: message.text == "written") as _:
        do(page, "console_log", message="written")
    assert heard == ["Look"]


def test_clipboard(visit: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit()
    do(page, "set_clipboard", content="copied ✓")
    until(lambda: page.evaluate("navigator.clipboard.readText()") == "copied ✓")


@pytest.mark.parametrize(
    ("args", "content"),
    [
        ({"data": "text ✓", "mime": "text/plain", "base64": False}, "text ✓".encode()),
        ({"data": base64.b64encode(bytes(range(256))).decode(), "base64": True}, bytes(range(256))),
        ({"data": {"a": [1]}, "base64": False}, b'{"a":[1]}'),
        ({"url": "data:text/plain,hello"}, b"hello"),
    ],
)
def test_downloads(visit: Visit, args: dict[str, object], content: bytes) -> None:
    page = visit()
    with page.expect_download() as downloading:
        do(page, "download", filename="file.bin", **args)
    assert downloading.value.suggested_filename == "file.bin"
    assert downloading.value.path().read_bytes() == content


def test_downloads_of_assets_know_the_base(visit: Visit) -> None:
    page = visit()
    with page.expect_download() as downloading:
        do(page, "download", url="/wasmrx/early.js", filename="e.js")
    assert downloading.value.url.endswith("/some/where/wasmrx/early.js")


def test_toasts(visit: Visit) -> None:
    page = visit()
    click = [{"kind": "event", "name": "app.State.undo", "args": {}, "ways": {}}]
    options = {"description": "for good", "action": {"label": "Undo", "onClick": click}}
    do(page, "toast", level="success", message="Saved", options={**options, "duration": 60000})
    toast = page.locator("[data-sonner-toast]")
    expect(toast).to_contain_text("Saved")
    expect(toast).to_contain_text("for good")
    toast.get_by_role("button", name="Undo").click()
    expect_log(page, "undo {}")
    do(page, "toast", level=None, message="<b>bold</b>", options={"duration": 60000})
    expect(page.get_by_text("<b>bold</b>")).to_be_visible()
    do(page, "toast", level="dismiss", message="", options={"id": None})
    expect(toast).to_have_count(0)
    do(page, "toast", level="loading", message="Working", options={"id": "job"})
    expect(toast).to_have_text("Working")
    do(page, "toast", level="success", message="Done", options={"id": "job", "duration": 60000})
    expect(toast).to_have_text("Done")
    expect(toast).to_have_count(1)


def test_actions_begin_in_order_while_the_code_of_one_loads(visit: Visit, host) -> None:
    page = visit()
    actions = [
        {"name": "call_script", "args": {"javascript_code": "document.cookie = 'kept=1;path=/'"}},
        {"name": "call_script", "args": {"javascript_code": "document.cookie = 'kept=2;path=/'"}},
        {"name": "redirect", "args": {"path": f"{host.origin}/elsewhere"}},
    ]
    page.route("**/elsewhere", lambda route: route.fulfill(body="gone"))
    with host.failing(r"/rare-[^/]*\.js$", "held"), page.expect_request(re.compile("/rare-")):
        say(page, update(actions=actions))
    page.wait_for_url("**/elsewhere")
    assert [(c["name"], c["value"]) for c in page.context.cookies()] == [("kept", "2")]


def test_an_unknown_action_is_told(visit: Visit, console) -> None:
    console.allow("does not know")
    page = visit()
    do(page, "fly")
    expect(page.get_by_role("alert")).to_contain_text("fly did not work")


def test_script_without_permission_is_told(visit: Visit, console) -> None:
    console.allow("oops")
    page = visit()
    act(page, "call_script", {"javascript_code": "throw new Error('oops')", "callback": None})
    expect(page.get_by_role("alert")).to_contain_text("call_script did not work. oops")


def test_errors_in_production_and_in_development(visit: Visit, console) -> None:
    console.allow("ZeroDivisionError")
    report = {
        "title": "State.divide failed",
        "message": "ZeroDivisionError: division by zero",
        "handler": "State.divide",
        "file": "app.py",
        "line": 12,
        "traceback": "Traceback (most recent call last):\n  File app.py, line 12",
    }
    page = visit()
    say(page, update(error=report))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        "Something went wrong. State.divide failed: ZeroDivisionError: division by zero"
    )
    expect(alert).not_to_contain_text("Traceback")
    page = visit("?dev")
    say(page, update(error=report))
    expect(alert).to_contain_text(
        "State.divide failed: ZeroDivisionError: division by zero (app.py:12)"
    )
    expect(alert).to_contain_text("Traceback (most recent call last)")
    alert.get_by_role("button", name="Dismiss").press("Escape")
    expect(alert).to_have_count(0)


def test_a_component_that_fails_leaves_the_rest(visit: Visit, console) -> None:
    console.allow("no colour")
    page = visit()
    say(page, update(delta={STATE: {"broken": True}}))
    expect(page.get_by_role("alert")).to_contain_text("could not be shown")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")
    say(page, update(delta={STATE: {"broken": False}}))
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#late")).to_have_text("whole")


def test_color_mode_is_kept_and_set_before_paint(visit: Visit, console) -> None:
    console.allow("ERR_FAILED")
    page = visit()
    expect(page.locator("#mode")).to_have_text("system light")
    page.click("#mode-toggle")
    expect(page.locator("#mode")).to_have_text("dark dark")
    assert page.evaluate("document.documentElement.className") == "dark"
    page.route("**/main.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate("document.documentElement.className") == "dark"
    assert page.evaluate("document.documentElement.style.colorScheme") == "dark"


def test_color_mode_follows_the_system(visit: Visit, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    visit()
    expect(page.locator("#mode")).to_have_text("system dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("#mode")).to_have_text("system light")
    assert page.evaluate("document.documentElement.className") == "light"
