"""Triggers: order, modifiers, pending marks, forms."""

from __future__ import annotations

from page_peer import Visit, act, expect_log, release, send
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
    expect_log(page, 'submit {"form":{"nameless":"x","task":"write"}}')


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
    expect(page.get_by_role("alert")).to_contain_text("Python was started again")
    expect_log(page, "inc", "inc")
    expect(page.locator("#count")).to_have_text("4")
    expect(page.locator("[data-pending]")).to_have_count(0)


def test_a_worker_that_dies_while_the_store_is_read_takes_no_events(
    visit: Visit, page: Page, console
) -> None:
    console.allow("Python was started again|fell over")
    page.add_init_script(
        """const Real = Worker; window.workers = [];
        window.Worker = class extends Real {
          constructor(...given) { super(...given); window.workers.push(this); }
        };
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = function (...given) {
          const request = open.apply(this, given);
          const held = {};
          request.onupgradeneeded = () => held.onupgradeneeded();
          request.onsuccess = () => (window.answer = () => held.onsuccess());
          return Object.defineProperty(held, "result", { get: () => request.result });
        }"""
    )
    visit(wait=False)
    page.wait_for_function("() => window.answer && window.probe")
    page.click("#inc")
    page.evaluate("workers[0].dispatchEvent(new ErrorEvent('error', { message: 'fell over' }))")
    page.evaluate("answer()")
    expect_log(page, "inc")
    expect(page.locator("#count")).to_have_text("2")


def test_callbacks_answer_with_the_result(visit: Visit) -> None:
    page = visit()
    callback = {"handler": "app.State.got", "param": "value", "payload": {"more": 1}}
    act(page, "call_script", {"javascript_code": "const a = 20; a + 22", "callback": callback})
    expect_log(page, 'got {"more":1,"value":42}')
    act(page, "call_function", {"function": "async () => ({ a: 1 })", "callback": callback})
    expect_log(page, 'got {"more":1,"value":42}', 'got {"more":1,"value":{"a":1}}')
