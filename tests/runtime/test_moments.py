"""What is saved is one moment of the app: nothing from the middle of a handler."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.record import unpack

Visit = Callable[..., Any]


class Sides(rx.State):
    left: int = 0
    right: int = 0
    _go: Any = None

    @rx.event
    async def move(self):
        self._go = asyncio.Event()
        self.left += 1
        yield
        await self._go.wait()
        self.right += 1


class Search(rx.State):
    found: list[str] = []

    @rx.event(supersedes=True)
    def search(self, text: str):
        self.found.append(text)

    @rx.event
    async def take(self, files: list[rx.UploadFile]):
        self.found.append(files[0].filename)


class Empty:
    """A file without bytes."""

    name, size, type = "a.txt", 0, ""


def saved(v: Any) -> list[dict[str, Any]]:
    """Return the saved values of the two sides, of each record there is."""
    named = [raw for name, raw in v.saved.items() if Sides.get_full_name() in name]
    return [{k: s for k, s in unpack(raw).values().items() if k != "_go"} for raw in named]


def supersede(v: Any) -> None:
    v.event(Search.search, text="a")
    v.event(Search.search, text="ab")


def upload(v: Any) -> None:
    """Send an event that brings a file."""
    v._last += 1
    v.open.add(v._last)
    payload = {"files": {"$files": [1], "upload": "u"}}
    event = {"t": "event", "id": v._last, "handler": Search.take.name, "payload": payload}
    v.dispatch.receive(json.dumps(event, separators=(",", ":")), [Empty()])


def cancel_uploads(v: Any) -> None:
    """Cancel an upload that waits, and one that is on its way."""
    upload(v)
    v.dispatch.receive(json.dumps({"t": "cancel", "id": 0, "upload": "u", "last": v._last + 1}))
    upload(v)


@pytest.mark.parametrize("end", [supersede, cancel_uploads])
def test_events_that_end_beside_a_handler_write_nothing(
    visit: Visit, end: Callable[[Any], None]
) -> None:
    async def story(v: Any) -> None:
        v.event(Sides.move)
        while v.of(Sides)["left"] == 0:
            await asyncio.sleep(0)
        end(v)
        assert saved(v) == []
        v.instance(Sides)._go.set()
        await v.idle()
        assert saved(v) == [{"left": 1, "right": 1}]

    assert visit(story).errors == []
