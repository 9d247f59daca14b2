"""Triggers: order, modifiers, pending marks, forms."""

from __future__ import annotations

import re

from page_peer import Visit, act, expect_log, release, say, send
from playwright.sync_api import Page, expect


def test_a_long_event_marks_its_element(visit: Visit) -> None:
    page = visit()
    button = page.locator("#slow")
    button.click()
    expect(button).to_have_attribute("data-pending", "")
    expect(button).to_have_attribute("aria-busy", "true")
    release(page)
    expect_log(page, "slow")
    expect(button).not_to_have_attribute("data-pending", "")
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_throttle_takes_the_first(visit: Visit) -> None:
    page = visit()
    for _ in range(3):
        page.click("#throttled")
    page.click("#inc")
    expect_log(page, "throttled {}", "inc")


def test_debounce_takes_the_last(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => {
          const mods = {debounce: 100};
          const trigger = probe.on([(value) => probe.call('app.State.late', {value}, mods)]);
          for (const value of ['a', 'b', 'c']) trigger(value);
        }"""
    )
    expect_log(page, 'late {"value":"c"}')


def test_temporal_events_are_dropped_before_python(visit: Visit) -> None:
    page = visit("?hold", wait=False)
    page.wait_for_function("() => globalThis.probe")
    page.click("#temporal")
    page.click("#inc")
    release(page)
    expect_log(page, "inc")
    page.click("#temporal")
    expect_log(page, "inc", "temporal {}")


def test_stop_propagation(visit: Visit) -> None:
    page = visit()
    page.click("#inner")
    page.click("#inc")
    expect_log(page, "inner {}", "inc")


def test_forms_give_names_and_ids(visit: Visit) -> None:
    page = visit()
    page.fill("[name=task]", "write")
    page.fill("#nameless", "x")
    page.click("#send")
    expect_log(page, 'submit {"form":{"task":"write","nameless":"x"}}')


def test_payloads_keep_dangerous_names(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => probe.on([() => probe.call('app.State.echo', JSON.parse('{"__proto__":1}'))])()"""
    )
    expect_log(page, 'echo {"__proto__":1}')


def test_a_thousand_events_in_order(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => {
          for (let n = 0; n < 1000; n++) probe.on([() => probe.call('app.State.n', {n})])()
        }"""
    )
    expect_log(page, *(f'n {{"n":{n}}}' for n in range(1000)))


def test_a_dead_worker_is_replaced_and_later_events_run(visit: Visit, console) -> None:
    console.allow("Python was started again|killed")
    page = visit()
    page.click("#inc")
    expect_log(page, "inc")
    send(page, "die")
    page.click("#inc")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Python was started again")
    expect(alert).to_contain_text("app.State.die is not run again")
    expect(alert).to_contain_text("What app.State.inc changed could not be kept")
    expect_log(page, "inc")
    expect(page.locator("#count")).to_have_text("2")
    expect(page.locator("[data-pending]")).to_have_count(0)


def test_workers_that_answer_are_replaced_as_often_as_they_die(visit: Visit, console) -> None:
    console.allow("Python was started again|killed")
    page = visit()
    for _ in range(5):
        send(page, "die")
        page.click("#inc")
        expect(page.get_by_role("alert")).to_contain_text("Python was started again")
        expect_log(page, "inc")
        page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_a_worker_said_is_done_though_it_has_died(visit: Visit, host, console) -> None:
    """Its updates may wait for the code of an action, and its successor waits for them."""
    console.allow("Python was started again|killed")
    page = visit()
    script = {"name": "call_script", "args": {"javascript_code": "document.title = 'run'"}}
    toast = {"name": "toast", "args": {"message": "late"}}
    late = {"delta": {"test": {"late": 1}}, "actions": [toast]}
    with host.failing(r"/rare-[^/]*\.js$", "held"), page.expect_request(re.compile("/rare-")):
        say(
            page,
            {"t": "update", "id": 0, "actions": [script], "final": False},
            {"t": "update", "id": 0, **late, "final": False},
        )
        with page.expect_worker():
            send(page, "die")
        page.click("#inc")
    expect_log(page, "inc")
    expect(page.locator("#count")).to_have_text("2")
    assert page.title() == "run"
    assert page.evaluate("probe.peek('test', 'late')") == 1
    expect(page.locator("[data-sonner-toast]")).to_have_text("late")


KEEP_WORKERS = """
const Real = Worker;
window.workers = [];
window.Worker = class extends Real {
  constructor(...given) { super(...given); window.workers.push(this); }
};
"""


def test_what_a_worker_says_that_was_replaced_is_dropped(visit: Visit, page: Page, console) -> None:
    console.allow("Python was started again|killed")
    page.add_init_script(KEEP_WORKERS)
    visit()
    send(page, "die")
    page.click("#inc")
    expect_log(page, "inc")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Python was started again")
    page.get_by_role("button", name="Dismiss").click()
    late = [
        {"t": "update", "id": 0, "delta": {"app.State": {"count": 99}}, "final": False},
        {"t": "notice", "text": "Late."},
        {"t": "failed", "what": "Late."},
    ]
    page.evaluate(
        """(late) => {
          if (workers.length !== 2) throw new Error(`${workers.length} workers`);
          for (const each of late)
            workers[0].onmessage(new MessageEvent("message", { data: JSON.stringify(each) }));
          workers[0].onerror(new ErrorEvent("error", { message: "Late." }));
        }""",
        late,
    )
    page.click("#inc")
    expect_log(page, "inc", "inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(alert).to_have_count(0)
    expect(page.get_by_text("Late.")).to_have_count(0)
    assert page.evaluate("workers.length") == 2


def test_a_worker_that_dies_while_the_tabs_home_is_looked_for_takes_no_events(
    visit: Visit, page: Page, console
) -> None:
    console.allow("Python was started again|fell over")
    page.add_init_script(
        KEEP_WORKERS
        + """const { request } = LockManager.prototype;
        const answered = new Promise((resolve) => { window.answer = resolve; });
        LockManager.prototype.request = async function (...given) {
          await answered;
          return request.apply(this, given);
        };
        sessionStorage.setItem(`wasmrx:tab:${location.pathname} app`, "1");"""
    )
    visit(wait=False)
    page.wait_for_function("() => window.probe && workers.length === 1")
    page.click("#inc")
    page.evaluate("workers[0].dispatchEvent(new ErrorEvent('error', { message: 'fell over' }))")
    page.evaluate("answer()")
    expect_log(page, "inc")
    expect(page.locator("#count")).to_have_text("2")


def test_callbacks_answer_with_the_result(visit: Visit) -> None:
    page = visit()

    def got(way: list[object]) -> list[dict[str, object]]:
        step = {"kind": "event", "name": "app.State.got", "args": {"more": 1}}
        return [{**step, "ways": {"value": way}}]

    script = {"javascript_code": "const a = 20; a + 22", "callback": got([])}
    act(page, "call_script", script)
    expect_log(page, 'got {"more":1,"value":42}')
    function = {"function": "async () => ({ a: [1, { b: 2 }] })", "callback": got(["a", -1, "b"])}
    act(page, "call_function", function)
    expect_log(page, 'got {"more":1,"value":42}', 'got {"more":1,"value":2}')
    act(page, "call_script", {"javascript_code": "undefined", "callback": got(["a"])})
    expect_log(
        page, 'got {"more":1,"value":42}', 'got {"more":1,"value":2}', 'got {"more":1,"value":null}'
    )


NO_MESSAGES: list[object] = [
    "",
    "null",
    "[]",
    "{",
    '"text"',
    "[" * 5000,
    "x" * 2_000_000,
    {},
    {"t": 5},
    {"t": None, "id": 1},
    {"t": "toString"},
    {"t": "constructor", "final": True},
    {"t": "update"},
    {"t": "update", "id": "1", "final": True},
    {"t": "update", "id": 1.5, "final": True},
    {"t": "update", "id": 1, "final": "yes"},
    {"t": "update", "id": 1, "delta": [], "final": True},
    {"t": "update", "id": 1, "patches": 5, "final": True},
    {"t": "update", "id": 1, "actions": [None], "final": True},
    {"t": "update", "id": 1, "actions": [5], "final": True},
    {"t": "update", "id": 1, "special": {}, "final": True},
    {"t": "update", "id": 1, "error": "x", "final": True},
    {"t": "update", "id": 1e300, "final": True},
    {"t": "update", "id": -1, "final": True},
    {"t": "ready"},
    {"t": "ready", "begun": "many", "open": 5},
    {"t": "progress"},
    {"t": "progress", "phase": 5, "loaded": "x", "total": {}},
    {"t": "failed"},
    {"t": "alive"},
    {"t": "alive", "memory": "much", "idle": 5},
    {"t": "stopped"},
    {"t": "stopped", "text": ""},
]


def test_what_is_no_message_is_dropped(visit: Visit) -> None:
    page = visit()
    say(page, *NO_MESSAGES)
    page.click("#inc")
    page.click("#inc")
    expect_log(page, "inc", "inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Python")).to_have_count(0)
    expect(page.locator("[data-pending]")).to_have_count(0)


def test_a_worker_that_dies_without_a_word_is_noticed(page: Page, visit: Visit, console) -> None:
    """Also where nothing can be kept: the tab has no home."""
    console.allow("Python was started again")
    page.add_init_script("delete Window.prototype.sessionStorage")
    visit()
    send(page, "close")
    page.click("#inc")
    expect(page.get_by_role("alert")).to_contain_text("Python was started again", timeout=2000)
    expect_log(page, "inc")
