"""What packages cost: a build with an unchanged lock, first paint and event, an import.

The import of a package of 5,000 lines is measured in one worker as the site brings it, download and
unpacking included, and beside it as sources that the worker compiles.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from .boot import cold, painted
from .browser import chromium, served
from .site import REPOSITORY, built, site_of

ROUNDS = 5
PATIENCE = 60_000
MODULES, FUNCTIONS = 50, 20
NOWHERE = "http://127.0.0.1:9"

HANDLER = """
    @rx.event
    def unused(self):
        import sympy
"""
APP = """
import time
import wasmrx as rx

class State(rx.State):
    out: str = ""

    @rx.event
    def as_packed(self):
        start = time.perf_counter()
        import packed
        self.out = f"{(time.perf_counter() - start) * 1000}"

    @rx.event
    def as_sources(self):
        start = time.perf_counter()
        import sources
        self.out = f"{(time.perf_counter() - start) * 1000}"

def index():
    return rx.box(
        rx.text(State.out, id="out"),
        rx.button("a", id="packed", on_click=State.as_packed),
        rx.button("b", id="sources", on_click=State.as_sources),
    )

app = rx.App()
app.add_page(index)
"""
PROJECT = """
[build-system]
requires = ["uv_build"]
build-backend = "uv_build"
[project]
name = "packed"
version = "1"
"""


def package(folder: Path) -> None:
    """Write a package of 5,000 lines."""
    folder.mkdir(parents=True)
    names = [f"part{number}" for number in range(MODULES)]
    (folder / "__init__.py").write_text("".join(f"from . import {name}\n" for name in names))
    body = "".join(
        f"def f{n}(a, b=1):\n    if a > b:\n        return [x * {n} for x in range(a)]\n"
        f"    return {{'a': a, 'b': b + {n}}}\n\n"
        for n in range(FUNCTIONS)
    )
    for name in names:
        (folder / f"{name}.py").write_text(body)


def build_offline() -> None:
    """Print how long a build takes that has its lock and finds no network."""
    command = [Path(sys.executable).with_name("wasmrx"), "build", "--locked"]
    nothing = dict.fromkeys(("http_proxy", "https_proxy", "UV_DEFAULT_INDEX"), NOWHERE)
    times: list[float] = []
    with tempfile.TemporaryDirectory() as scratch:
        app = REPOSITORY / "examples/calculator"
        built(app, Path(scratch, "first"))
        for number in range(ROUNDS):
            start = time.perf_counter()
            out = ["--out", f"{scratch}/{number}"]
            environment = {**os.environ, **nothing}
            subprocess.run(
                [*command, app, *out], check=True, stdout=subprocess.DEVNULL, env=environment
            )
            times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(f"wasmrx build, calculator, unchanged lock, no network: {median:.2f} s of {ROUNDS}")


def first_paint_and_event(browser: Browser, scratch: Path) -> None:
    """Print both for the counter, and for one with a handler that imports SymPy."""
    with_package = scratch / "with"
    with_package.mkdir()
    for name in ("requirements.txt", "wasmrx.lock"):
        shutil.copy(REPOSITORY / "examples/calculator" / name, with_package / name)
    source = (REPOSITORY / "bench/sources/counter.py").read_text()
    head, handler, tail = source.partition("    @rx.event\n")
    (with_package / "app.py").write_text(f"{head}{HANDLER.lstrip(chr(10))}\n{handler}{tail}")
    plain = site_of("counter", scratch)
    heavy = built(with_package, scratch / "with-site")
    ways: dict[str, Callable[[str], float]] = {
        "first paint": lambda address: painted(browser, address),
        "first event": lambda address: cold(browser, address, keeps=True),
    }
    with served(plain) as one, served(heavy) as other:
        for what, way in ways.items():
            times: dict[str, list[float]] = {"plain": [], "with": []}
            for _ in range(ROUNDS):
                times["plain"].append(way(one))
                times["with"].append(way(other))
            medians = {name: statistics.median(each) for name, each in times.items()}
            ratio = medians["with"] / medians["plain"]
            print(
                f"{what}, cold, without and with SymPy in a handler: {medians} ms, "
                f"ratio {ratio:.2f}"
            )


def imports(browser: Browser, scratch: Path) -> None:
    """Print how long the two imports take."""
    app = scratch / "app"
    package(app / "sources")
    package(scratch / "own/src/packed")
    (scratch / "own/pyproject.toml").write_text(PROJECT)
    (app / "app.py").write_text(APP)
    (app / "requirements.txt").write_text("-e ../own\n")
    times: dict[str, list[float]] = {"packed": [], "sources": []}
    with served(built(app, scratch / "site")) as address:
        for _ in range(ROUNDS):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            for name, each in times.items():
                before = page.locator("#out").inner_text()
                page.click(f"#{name}")
                page.wait_for_function(
                    "(before) => document.querySelector('#out').textContent !== before",
                    arg=before,
                    timeout=PATIENCE,
                )
                each.append(float(page.locator("#out").inner_text()))
            context.close()
    medians = {name: statistics.median(each) for name, each in times.items()}
    ratio = medians["packed"] / medians["sources"]
    print(f"import of 5,000 lines, as brought and as sources: {medians} ms, ratio {ratio:.2f}")


def main() -> None:
    """Print all of it."""
    build_offline()
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        first_paint_and_event(browser, Path(scratch))
        imports(browser, Path(scratch))
