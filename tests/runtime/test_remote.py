"""What stands for server handlers in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wasmrx.remote import stub
from wasmrx.state import State


class Later(State):
    @stub("{}")
    def far(self): ...


def test_a_handler_that_the_server_does_not_know_says_so(visit: Callable[..., Any]) -> None:
    async def story(v: Any) -> None:
        await v.run(Later.far)

    (error,) = visit(story).errors
    words = "test_remote.Later.far runs on a server, and its state was made after the build"
    assert words in error["message"]
