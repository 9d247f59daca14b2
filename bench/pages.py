"""Three pages in wasmrx, exported by Reflex, and written by hand in React: bytes, paint, build.

``bench/sources`` holds the pages for the first two, ``bench/react`` those by hand. Bytes are the
scripts and styles that a visit fetches, as gzip sends them, without Python. First paint is measured
at the speed of "slow 4G" with a processor slowed down four times.
"""

import gzip
import statistics
import tempfile
import textwrap
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from .browser import chromium, served
from .peers import react_site, reflex_site
from .site import REPOSITORY, built
from .size import kind_of

PAGES = ("minimal", "typical", "charts")
PAINTS, BUILDS = 5, 5
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
SLOWER = 4

PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) resolve(paint.startTime);
  }).observe({ type: "paint", buffered: true });
})"""


def fetched(context: BrowserContext, address: str, site: Path) -> int:
    """Visit until the network is quiet; return the bytes of scripts and styles, compressed."""
    paths: set[str] = set()
    context.on("request", lambda request: paths.add(request.url.removeprefix(address)))
    context.new_page().goto(address, wait_until="networkidle")
    files = [site / path for path in paths if kind_of(path) in ("page JavaScript", "CSS")]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files if file.is_file())


def painted(browser: Browser, address: str) -> float:
    """Return the milliseconds until a first visitor sees something."""
    context = browser.new_context()
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="commit")
        return float(page.evaluate(PAINTED))
    finally:
        context.close()


def build_time(source: Path, pages: int, scratch: Path) -> float:
    """Return the median of the seconds that `wasmrx build` takes for ``pages`` like ``source``."""
    app = scratch / f"{source.stem}-{pages}"
    app.mkdir()
    more = textwrap.dedent(
        f"""
        for number in range(1, {pages}):
            app.add_page(index, route=f"/page-{{number}}", title=f"Page {{number}}")
        """
    )
    (app / "app.py").write_text(source.read_text() + more)
    times: list[float] = []
    for _ in range(BUILDS):
        start = time.perf_counter()
        built(app, app / "dist")
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a line for each page and maker, and the build times."""
    sources = {page: REPOSITORY / "bench" / "sources" / f"{page}.py" for page in PAGES}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        scratch = Path(folder)
        exports: list[float] = []
        for page, source in sources.items():
            app = scratch / page
            app.mkdir()
            (app / "app.py").write_text(source.read_text())
            exported, seconds = reflex_site(source)
            exports.append(seconds)
            sites = {
                "wasmrx": built(app, app / "dist"),
                "Reflex": exported,
                "by hand": react_site(page),
            }
            print(page)
            for name, site in sites.items():
                with served(site, compressed=True) as address:
                    # What is kept for offline use comes after all that a visit shows.
                    context = browser.new_context(service_workers="block")
                    size = fetched(context, address, site)
                    context.close()
                    paints = [painted(browser, address) for _ in range(PAINTS)]
                paint = statistics.median(paints)
                print(f"  {name:8} {size / 1e3:6.1f} kB gzip, first paint {paint / 1e3:.2f} s")
        shown = ", ".join(f"{seconds:.1f}" for seconds in exports)
        print(f"reflex export, with its npm packages in place: {shown} s")
        for pages in (1, 20):
            seconds = build_time(sources["typical"], pages, scratch)
            print(f"wasmrx build, typical, {pages} pages: median of {BUILDS}: {seconds:.2f} s")
