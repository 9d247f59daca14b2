"""What a visit of the counter downloads, by kind, as files and compressed."""

import gzip
import tempfile
from pathlib import Path

import brotli
from playwright.sync_api import expect

from .browser import chromium, served
from .site import build_example


def kind_of(path: str) -> str:
    """Return the group that a requested file is counted in."""
    name = path.rsplit("/", 1)[-1]
    if name.startswith(("pyodide", "stdlib", "snapshot", "worker", "app", "runtime", "base")):
        return "Python"
    return {".js": "page JavaScript", ".css": "CSS"}.get(Path(name).suffix, "HTML and other")


def main() -> None:
    """Load the counter until Python is ready and print the sizes of what was fetched."""
    with tempfile.TemporaryDirectory() as scratch:
        site = build_example("counter", Path(scratch))
        requested: list[str] = []
        with served(site) as address, chromium() as browser:
            context = browser.new_context()
            context.on("request", lambda request: requested.append(request.url))
            page = context.new_page()
            page.goto(address)
            page.get_by_role("button", name="More", exact=True).click()
            expect(page.locator("#count")).to_have_text("1", timeout=60_000)
            paths = sorted({url.removeprefix(address) or "index.html" for url in requested})
        groups: dict[str, list[tuple[str, bytes]]] = {}
        for path in paths:
            file = site / path
            if file.is_file():
                groups.setdefault(kind_of(path), []).append((path, file.read_bytes()))
    for kind, files in groups.items():
        raw = sum(len(data) for _, data in files)
        zipped = sum(len(gzip.compress(data, 9)) for _, data in files)
        small = sum(len(brotli.compress(data)) for _, data in files)
        print(f"{kind:16} {raw / 1e3:9.1f} kB  gzip {zipped / 1e3:8.1f}  brotli {small / 1e3:8.1f}")
        for path, data in files:
            small = len(brotli.compress(data))
            print(f"    {path:50} {len(data) / 1e3:9.1f}  brotli {small / 1e3:8.1f}")
