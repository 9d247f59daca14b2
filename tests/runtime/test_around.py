"""What an app puts around its events: middleware, exception handlers of worker and page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.dispatch import PAGE_EXCEPTION
from wasmrx.middleware import Event, Middleware, StateUpdate

Visit = Callable[..., Any]
seen: list[str] = []


class Work(rx.State):
    count: int = 0
    items: list[int] = [1]
    broken: bool = False

    def add(self, by: int = 1):
        seen.append(f"add {by}")
        self.count += by

    async def slowly(self):
        yield
        await asyncio.sleep(0)
        self.count += 10
        return_later = Work.add(100)
        yield return_later

    def append(self):
        self.items.append(2)

    @rx.event(background=True)
    async def beside(self):
        async with self:
            self.count += 1000

    def fail(self):
        raise ValueError("on purpose")

    @rx.event(background=True)
    async def fail_beside(self):
        raise KeyError("beside")

    def wrong_return(self):
        return 3


class Watch(rx.Middleware):
    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        await asyncio.sleep(0)
        seen.append(f"before {event.name.rpartition('.')[2]}")
        if event.payload.get("by") == 13:
            return StateUpdate(
                delta={Work.get_full_name(): {"count": -1}},
                events=[rx.toast("not 13"), Work.append],
            )
        if event.payload.get("by") == 7:
            event.payload["by"] = 70
        if event.payload.get("by") == 666:
            raise PermissionError("no")
        return None


class After(Middleware):
    async def postprocess(
        self, app: Any, state: Any, event: Event, update: StateUpdate
    ) -> StateUpdate:
        seen.append(f"after {event.name.rpartition('.')[2]} {sorted(update.delta)}")
        for values in update.delta.values():
            if "items" in values:
                values["items"] = [*values["items"], "masked"]
        return update


def test_middleware_sees_every_event_first(visit: Visit) -> None:
    seen.clear()
    app = rx.App()
    app.add_middleware(Watch())

    async def story(v: Any) -> None:
        v.event(Work.slowly)
        v.event(Work.add, by=7)
        await v.idle()
        await v.run(Work.beside)
        assert v.of(Work)["count"] == 1180
        assert v.errors == []

    visit(story, app)
    assert seen == [
        "before slowly",
        "before add",
        "add 70",
        "before add",
        "add 100",
        "before beside",
    ]


def test_middleware_may_answer_or_refuse(visit: Visit) -> None:
    seen.clear()
    app = rx.App()
    app.add_middleware(Watch())

    async def story(v: Any) -> None:
        await v.run(Work.add, by=13)
        assert v.of(Work) == {"count": -1, "items": [1, 2], "broken": False}
        assert v.actions[0][1]["message"] == "not 13"
        await v.run(Work.add, by=666)
        assert v.errors[-1]["message"] == "PermissionError: no"
        await v.run(Work.add, by=1)
        assert v.of(Work)["count"] == 1

    visit(story, app)
    assert "add 13" not in seen
    assert "add 666" not in seen


def test_middleware_may_change_what_the_page_gets(visit: Visit) -> None:
    seen.clear()
    app = rx.App()
    app.add_middleware(After())
    app.add_middleware(Watch(), 0)

    async def story(v: Any) -> None:
        await v.run(Work.append)
        assert v.of(Work)["items"] == [1, 2, "masked"]
        assert v.instance(Work).items == [1, 2]
        assert v.errors == []

    visit(story, app)
    assert seen[0] == "before append"
    assert seen[1].startswith("after append")


def test_postprocess_must_not_wait(visit: Visit) -> None:
    class Waits(Middleware):
        async def postprocess(self, app: Any, state: Any, event: Any, update: Any) -> Any:
            await asyncio.sleep(1)

    app = rx.App()
    app.add_middleware(Waits())

    async def story(v: Any) -> None:
        await v.run(Work.add)
        assert "postprocess of a middleware must not wait" in v.errors[0]["message"]
        assert v.of(Work)["count"] == 1

    visit(story, app)


class Shares(rx.State):
    among: int = 1
    notes: list[str] = []

    @rx.var
    def each(self) -> int:
        if not self.among:
            raise ZeroDivisionError("nothing to divide by")
        return 12 // self.among

    @rx.var
    async def named(self) -> str:
        return {1: "one", 2: "two"}[self.among or "none"]  # type: ignore[index]

    @rx.event
    def note(self, words: str):
        self.notes.append(words)

    @rx.event
    def split(self, among: int):
        self.notes = []
        self.among = among

    @rx.event
    def step(self, among: int):
        self.split(among)
        yield

    @rx.event(background=True)
    async def split_beside(self, among: int):
        async with self:
            self.split(among)


def test_one_exception_handler_for_all_handlers(visit: Visit) -> None:
    heard: list[str] = []

    def on_error(exception: Exception) -> Any:
        heard.append(repr(exception))
        return [rx.toast.error("Sorry"), Work.add(5)]

    async def story(v: Any) -> None:
        await v.run(Work.fail)
        await v.run(Work.fail_beside)
        await v.run(Work.add, by="x")
        assert v.errors == []
        assert v.of(Work)["count"] == 15
        assert len(v.actions) == 3

    visit(story, rx.App(backend_exception_handler=on_error))
    assert heard[:2] == ["ValueError('on purpose')", "KeyError('beside')"]
    assert "takes by: int" in heard[2]


def test_computed_vars_that_fail_reach_the_exception_handler(visit: Visit) -> None:
    heard: list[Exception] = []

    def on_error(exception: Exception) -> Any:
        heard.append(exception)
        return [rx.toast.error("Sorry"), Shares.note(str(exception))]

    async def story(v: Any) -> None:
        for handler in (Shares.split, Shares.step, Shares.split_beside):
            heard.clear()
            before = len(v.actions)
            await v.run(handler, among=0)
            await v.idle()
            kinds = sorted(type(error).__name__ for error in heard)
            assert kinds == ["KeyError", "ZeroDivisionError"], handler
            assert [name for name, _ in v.actions[before:]] == ["toast", "toast"]
            assert sorted(v.of(Shares)["notes"]) == ["'none'", "nothing to divide by"]
            await v.run(Shares.split, among=2)
            assert v.of(Shares)["each"] == 6
        assert v.errors == []

    visit(story, rx.App(backend_exception_handler=on_error))


def test_computed_vars_that_fail_are_shown_without_an_exception_handler(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Shares.split, among=0)
        assert [error["title"] for error in v.errors] == ["A computed var failed"] * 2

    visit(story)


def test_an_exception_handler_that_fails_is_reported(visit: Visit) -> None:
    def on_error(exception: Exception) -> Any:
        raise RuntimeError("worse")

    async def story(v: Any) -> None:
        await v.run(Work.fail)
        assert v.errors[0]["message"] == "RuntimeError: worse"
        await v.run(Work.add)
        assert v.of(Work)["count"] == 1

    visit(story, rx.App(backend_exception_handler=on_error))


def test_exceptions_of_the_page_reach_the_app(visit: Visit) -> None:
    heard: list[str] = []
    app = rx.App(frontend_exception_handler=lambda exception: heard.append(str(exception)))

    async def story(v: Any) -> None:
        assert v.actions == [("watch_exceptions", {"name": PAGE_EXCEPTION})]
        await v.run(PAGE_EXCEPTION, info="TypeError: x is undefined\n at page.js:1")
        assert v.errors == []

    visit(story, app)
    assert heard == ["TypeError: x is undefined\n at page.js:1"]


def test_without_a_handler_the_page_is_not_watched(visit: Visit) -> None:
    async def story(v: Any) -> None:
        assert v.actions == []

    visit(story)


def test_an_exception_handler_is_a_function() -> None:
    with pytest.raises(ValueError, match="frontend_exception_handler"):
        rx.App(frontend_exception_handler="oops")  # type: ignore[arg-type]


class Pages(rx.State):
    visited: list[str] = []

    @rx.event
    def note(self, text: str = "note"):
        self.visited.append(f"{text} {self.router.page.path} {self.is_hydrated}")

    @rx.event
    async def slow(self):
        self.visited.append("slow starts")
        yield
        await asyncio.sleep(0.02)
        self.visited.append("slow ends")

    @rx.event(background=True)
    async def watch(self):
        async with self:
            self.visited.append("watches")
        while True:
            await asyncio.sleep(0.005)


def app_with_pages() -> rx.App:
    app = rx.App()
    # In the worker a page's component is never built; any value stands for it.
    app.add_page(object(), route="/one", on_load=[Pages.note("a"), rx.toast("hi"), Pages.note])
    app.add_page(object(), route="/slow", on_load=[Pages.slow, Pages.watch, Pages.note("late")])
    app.add_page(object(), route="/item/[key]", on_load=lambda: Pages.note("item"))
    app.add_page(object(), route="/plain")
    return app


def enter(v: Any, path: str, route: str | None = None, **params: Any) -> None:
    v.at = {
        "href": f"http://t{path}",
        "path": path,
        "route": route or path,
        "params": params,
        "query": {},
    }
    v.send("navigate")


def test_on_load_takes_lists_arguments_actions_and_lambdas(visit: Visit) -> None:
    async def story(v: Any) -> None:
        enter(v, "/one")
        await v.idle()
        assert v.of(Pages)["visited"] == ["a /one False", "note /one False"]
        assert [name for name, _ in v.actions] == ["toast"]
        assert v.of(rx.State)["is_hydrated"] is True
        enter(v, "/item/7", "/item/[key]", key="7")
        await v.idle()
        assert v.of(Pages)["visited"][-1].startswith("item ")
        assert v.of(rx.State)["key"] == "7"
        enter(v, "/nowhere", "/404")
        await v.idle()
        assert v.errors == []

    visit(story, app_with_pages())


def test_entering_a_page_ends_what_is_left_of_the_page_before(visit: Visit) -> None:
    async def story(v: Any) -> None:
        enter(v, "/slow")
        while "slow starts" not in v.of(Pages)["visited"]:
            await asyncio.sleep(0)
        enter(v, "/one")
        await v.idle()
        visited = v.of(Pages)["visited"]
        assert visited == ["slow starts", "a /one False", "note /one False"]
        enter(v, "/slow")
        while "watches" not in v.of(Pages)["visited"]:
            await asyncio.sleep(0.001)
        assert v.dispatch.running.tasks
        enter(v, "/plain")
        await v.idle()
        assert v.of(Pages)["visited"][-1] in ("watches", "late /slow False")

    visit(story, app_with_pages())


class Kept(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    async def wait(self):
        await asyncio.Event().wait()


class Gate(Middleware):
    """Lets events through when it is open."""

    def __init__(self) -> None:
        self.waits: list[str] = []
        self.open = asyncio.Event()

    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        self.waits.append(event.name)
        await self.open.wait()
        return None


def gated(*handlers: Any) -> tuple[rx.App, Gate]:
    """Return an app whose events wait, also those of ``on_load`` of its one page."""
    app, gate = rx.App(), Gate()
    app.add_middleware(gate)
    app.add_page(object(), route="/one", on_load=list(handlers))
    app.add_page(object(), route="/plain")
    return app, gate


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0)


def test_an_event_that_waits_in_middleware_can_be_stopped(visit: Visit) -> None:
    app, gate = gated()

    async def story(v: Any) -> None:
        v.event(Kept.add)
        await until(lambda: gate.waits)
        v.open.discard(v.send("stop"))
        await v.idle()
        assert v.told[0].startswith("Stopped: test_around.Kept.add (")
        gate.open.set()
        await v.run(Kept.add)
        assert v.of(Kept)["count"] == 1

    assert visit(story, app).errors == []


def test_a_page_can_be_left_while_its_events_wait_in_middleware(visit: Visit) -> None:
    app, gate = gated(Kept.add, Kept.add)

    async def story(v: Any) -> None:
        enter(v, "/one")
        await until(lambda: gate.waits)
        enter(v, "/plain")
        await v.idle()
        gate.open.set()
        await v.run(Kept.add)
        assert v.of(Kept)["count"] == 1

    assert visit(story, app).errors == []


def test_an_event_begins_before_the_middleware_sees_it(visit: Visit) -> None:
    app = rx.App()
    app.add_middleware(Watch())

    async def story(v: Any) -> None:
        for by in (13, 666, 1):
            id = v.event(Work.add, by=by)
            await v.idle()
            assert v.begun.count(id) == 1

    visit(story, app)


@pytest.mark.parametrize("handler", [Kept.add, Kept.wait])
def test_what_waits_to_be_saved_is_saved_before_an_event_waits(visit: Visit, handler: Any) -> None:
    app, gate = gated()

    async def story(v: Any) -> None:
        gate.open.set()
        v.dispatch.updates.commits._costs[Kept] = 0.05
        before = dict(v.saved)
        await v.run(Kept.add)
        assert v.saved == before
        gate.open = asyncio.Event()
        v.event(handler)
        assert v.saved != before
        await until(lambda: len(gate.waits) == 2)
        v.open.discard(v.send("stop"))
        await v.idle()

    visit(story, app)


class Leaves(rx.State):
    @rx.event
    def leave(self):
        raise SystemExit("leave")

    @rx.event
    def leave_later(self):
        yield
        raise SystemExit("leave_later")

    @rx.event
    async def leave_async(self):
        await asyncio.sleep(0)
        raise SystemExit("leave_async")

    @rx.event
    def leave_after_long(self):
        for _ in range(200):
            yield
        raise SystemExit("leave_after_long")

    @rx.event(background=True)
    async def leave_beside(self):
        async with self:
            raise SystemExit("leave_beside")


def test_a_handler_that_ends_the_program_has_failed(visit: Visit) -> None:
    async def story(v: Any) -> None:
        for name, handler in Leaves.get_event_handlers().items():
            await v.run(handler)
            assert v.errors[-1]["message"] == f"SystemExit: {name}"
        assert len(v.errors) == 5
        await v.run(Kept.add)
        assert v.of(Kept)["count"] == 1

    visit(story)
