"""What browser tests say and use: where things are, how long they wait, what a console showed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Route, expect

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
SUB_PATH = "/any/sub/path/"
PATIENCE = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

AXE = ROOT / "node_modules/axe-core/axe.min.js"
POLICY = "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'"

SiteOf = Callable[[str], str]


Engine = Literal["chromium", "firefox"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def launch(playwright: Playwright, engine: Engine) -> Browser:
    """Start the machine's own browser, or the one that playwright brings."""
    if engine == "chromium":
        return playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    # A stock Firefox speaks WebDriver BiDi, which playwright has under this name.
    return playwright.firefox.launch(executable_path=path, channel="moz-firefox" if path else None)


def chromium_path() -> str | None:
    """Where the machine has a Chromium; None for the one that playwright brings."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass
class Console:
    """The errors that a page reported, and those that its test expects."""

    errors: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect errors that match ``pattern``."""
        self.allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [e for e in self.errors if not any(p.search(e) for p in self.allowed)]

    def watch(self, page: Page) -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(f"{error.name}: {error.message}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.errors.append(f"{message.text} ({where})")


def press_until(page: Page, name: str, shown: str) -> None:
    """Press again until the worker has come to rest and says so."""

    def is_shown() -> bool:
        page.click(f"#{name}")
        return page.locator("#out").inner_text() == shown

    until(is_shown)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a thread that drives a browser has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def build_app(folder: Path, out: Path, *options: str) -> None:
    """Run ``wasmrx build``; its own words are the failure."""
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", str(folder), "--out", str(out)]
    command += options
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"wasmrx build {folder.name} failed:\n{done.stdout}{done.stderr}"


def at(page: Page, site_of: SiteOf, family: str, *, live: bool = True) -> None:
    """Open a page of the gallery of components, and wait until Python runs."""
    page.goto(site_of("gallery") + (f"{family}/" if family else ""))
    if live:
        expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)


def violations(page: Page) -> list[str]:
    """What axe finds that is serious or worse."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], rules: {region: {enabled: false}}})"
    )
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def under_a_strict_policy(page: Page) -> None:
    """Serve the page under a policy without inline scripts; the console tells what breaks it."""

    def answer(route: Route) -> None:
        if route.request.resource_type not in ("document", "script"):
            return route.continue_()
        given = route.fetch()
        headers = {**given.headers, "Content-Security-Policy": POLICY}
        route.fulfill(response=given, headers=headers)

    page.context.route("**/*", answer)
    page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " (event) => console.error('policy', event.violatedDirective, event.blockedURI))"
    )


def until(is_so: Callable[[], object]) -> None:
    """Wait for what no locator shows; ``page.wait_for_function`` does not await a promise."""
    end = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < end, "It did not come to be."
        time.sleep(0.02)
