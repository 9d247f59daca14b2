"""What the page tests say to the page and to the worker that stands in for Python."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def ready(page: Page) -> None:
    """Wait until the worker has answered the first message."""
    page.wait_for_function("() => globalThis.probe?.peek('test', 'messages')")


def release(page: Page) -> None:
    """Let a worker that was told to hold (``?hold``) become ready."""
    page.evaluate("new BroadcastChannel('worker').postMessage(0)")


def say(page: Page, *messages: object) -> None:
    """Let the worker send these messages: objects as JSON, strings as they are."""
    page.evaluate(
        "(messages) => probe.on([() => probe.call('app.State.say', {messages})])()", list(messages)
    )


def send(page: Page, handler: str, payload: object = None) -> None:
    """Send an event, as a trigger does."""
    page.evaluate(
        "([handler, payload]) => probe.on([() => probe.call(handler, payload)])()",
        [f"app.State.{handler}", payload or {}],
    )


def act(page: Page, name: str, args: object = None) -> None:
    """Run an action of the page, as a trigger does."""
    page.evaluate("([name, args]) => probe.on([() => probe.act(name, args)])()", [name, args or {}])


def log(page: Page) -> list[str]:
    """What the worker has handled, in order."""
    return page.locator("#log").inner_text().splitlines()


def expect_log(page: Page, *lines: str) -> None:
    """Wait until the worker has handled exactly this."""
    expect(page.locator("#log")).to_have_text("\n".join(lines), use_inner_text=False)
