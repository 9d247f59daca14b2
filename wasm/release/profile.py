"""Find out which functions of Pyodide's module a page's first events run: hot_functions.json.

Run it after an upgrade of Pyodide: ``make profile``. Chromium opens the app in workload/ with a
module whose functions report their calls, once from each of the memories that a worker starts from,
and presses all its buttons.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

HERE = Path(__file__).parent
WHOLE = HERE.parent / "_assets" / "pyodide.wasm"
OUT = HERE / "hot_functions.json"

PATIENCE = 60_000

REPORTING = """
const { instantiate, compileStreaming } = WebAssembly;
globalThis.ran = new Set();
const report = (number) => ran.add(number);
WebAssembly.instantiate = (module, given = {}) =>
  instantiate(module, { ...given, wasmrx: { ...given.wasmrx, report } });
WebAssembly.compileStreaming = () => compileStreaming(fetch("/reporting.wasm"));
"""
LEAST = """
delete WebAssembly.Suspending;
delete WebAssembly.promising;
"""
VARIANTS: dict[str, tuple[list[str], str]] = {
    "the app's image": ([], ""),
    "the base snapshot": (["--no-app-image"], ""),
    "the snapshot for other browsers": ([], LEAST),
}


class Quiet(SimpleHTTPRequestHandler):
    """Answers without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep the request to itself."""


def site(folder: Path, options: list[str], script: str, module: Path) -> None:
    """Build the workload, with ``script`` before the worker's own."""
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", str(HERE / "workload")]
    subprocess.run([*command, "--out", str(folder), *options], check=True)
    (worker,) = folder.glob("wasmrx/worker-*.js")
    worker.write_text(REPORTING + script + worker.read_text())
    (folder / "reporting.wasm").write_bytes(module.read_bytes())


def pressed(browser: Browser, address: str) -> set[int]:
    """Press all buttons of the page; return the functions that ran."""
    page = browser.new_page()
    page.on("console", lambda message: print(f"  {message.type}: {message.text}"))
    page.goto(address)
    for number, button in enumerate(page.get_by_role("button").all(), start=1):
        button.click()
        expect(page.locator("#done")).to_have_text(str(number), timeout=PATIENCE)
    ran = set(page.workers[0].evaluate("[...ran]"))
    page.close()
    return ran


def main() -> None:
    """Write the file anew."""
    hot: set[int] = set()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        module = Path(scratch) / "reporting.wasm"
        subprocess.run(["node", str(HERE / "instrument.mjs"), str(module)], check=True)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for number, (name, (options, script)) in enumerate(VARIANTS.items()):
            folder = Path(scratch) / f"site-{number}"
            site(folder, options, script, module)
            with ThreadingHTTPServer(
                ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
            ) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                ran = pressed(browser, f"http://127.0.0.1:{server.server_port}/")
                server.shutdown()
            print(f"{len(ran)} functions run from {name}, {len(ran - hot)} of them new")
            hot |= ran
        browser.close()
    numbers = [0, *sorted(hot)]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    wasm = hashlib.sha256(WHOLE.read_bytes()).hexdigest()
    OUT.write_text(json.dumps({"wasm": wasm, "hot": steps}, separators=(",", ":")) + "\n")
    print(f"{len(hot)} functions come first")


if __name__ == "__main__":
    main()
