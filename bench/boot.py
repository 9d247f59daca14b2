"""Navigation → first click handled by Python, and what stands around it, beside the peers.

The click is made as soon as the button is there. All that is compared alternates in one browser,
so that a busy machine slows down each alike: read the ratios. ``BENCH_NO_REFLEX`` skips Reflex.
"""

import gzip
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from . import webkit
from .browser import chromium, served
from .pages import PAINTED
from .peers import SCRATCH, by_hand, react_site, reflex
from .site import REPOSITORY, built, site_of

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
PATIENCE = 120_000
MBITS_20 = {
    "offline": False,
    "latency": 20,
    "downloadThroughput": 20e6 / 8,
    "uploadThroughput": 5e6 / 8,
}
SENT_COMPRESSED = (".html", ".js", ".mjs", ".css", ".wasm", ".json")

WATCH = """
globalThis.watch = () => {
  const begin = () => {
    const source = [...document.querySelectorAll("button")].find((b) => b.textContent === "Add");
    const target = document.querySelector("#count");
    if (!source || !target) return false;
    const before = target.textContent;
    new MutationObserver(() => {
      if (target.textContent !== before) window.handledAt ??= performance.now();
    }).observe(target, { childList: true, characterData: true, subtree: true });
    // Where scripts draw the page, or take it over late, a click may be made before one hears it.
    const click = () => {
      if (window.handledAt) return;
      source.click();
      if (!window.isKept) setTimeout(click, 50);
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", click);
    else click();
    return true;
  };
  const appeared = new MutationObserver(() => begin() && appeared.disconnect());
  if (!begin()) appeared.observe(document, { childList: true, subtree: true });
};
watch();
const Native = Worker;
globalThis.Worker = class extends Native {
  constructor(...given) { super(...given); globalThis.lastWorker = this; }
};
"""
KEPT = "globalThis.isKept = true;"
KILL = """async () => {
  const target = document.querySelector("#count"), before = target.textContent;
  const changed = new Promise((resolve) => new MutationObserver(() => {
    if (Number(target.textContent) > Number(before)) resolve(performance.now());
  }).observe(target, { childList: true, characterData: true, subtree: true }));
  const start = performance.now();
  lastWorker.terminate();
  [...document.querySelectorAll("button")].find((b) => b.textContent === "Add").click();
  return (await changed) - start;
}"""
IS_KEPT_OFFLINE = """async () => {
  if (!navigator.serviceWorker.controller) return false;
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      if (url.endsWith("wasmrx/current")) return true;
  return false;
}"""

Times = dict[str, list[float]]


def handled(page: Page) -> float:
    """Milliseconds from the navigation to the handled click."""
    page.wait_for_function("window.handledAt", timeout=PATIENCE)
    return float(page.evaluate("window.handledAt"))


def opened(browser: Browser, *, keeps: bool = False, slow: bool = False) -> Page:
    """A tab of a new visitor; ``keeps`` says that the site keeps early clicks."""
    context = browser.new_context(service_workers="allow")
    page = context.new_page()
    page.add_init_script((KEPT if keeps else "") + WATCH)
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", MBITS_20)
    return page


def cold(browser: Browser, address: str, *, keeps: bool, slow: bool = False) -> float:
    """One first visit."""
    page = opened(browser, keeps=keeps, slow=slow)
    try:
        page.goto(address)
        return handled(page)
    finally:
        page.context.close()


def second(browser: Browser, address: str, *, is_kept: bool) -> float:
    """The visit after a first one; where the site is kept for offline use, once it is."""
    page = opened(browser, keeps=is_kept)
    try:
        page.goto(address)
        handled(page)
        if is_kept:
            page.wait_for_function(IS_KEPT_OFFLINE, timeout=PATIENCE)
        page.reload()
        return handled(page)
    finally:
        page.context.close()


def replaced(browser: Browser, address: str) -> tuple[float, float]:
    """A first visit, and its worker's end → the next click handled by another one."""
    page = opened(browser, keeps=True)
    try:
        page.goto(address)
        first = handled(page)
        page.wait_for_timeout(500)
        return first, float(page.evaluate(KILL))
    finally:
        page.context.close()


def painted(browser: Browser, address: str) -> float:
    """The first contentful paint of a first visit."""
    page = opened(browser)
    try:
        page.goto(address)
        return float(page.evaluate(PAINTED))
    finally:
        page.context.close()


def fetched(browser: Browser, address: str, site: Path, *, keeps: bool) -> tuple[int, int]:
    """Bytes before the first event: all in brotli, and as a host sends them that knows gzip."""
    page = opened(browser, keeps=keeps)
    paths: dict[str, None] = {}
    page.context.on("request", lambda r: paths.setdefault(r.url.removeprefix(address)))
    try:
        page.goto(address)
        handled(page)
        # These are asked for when the first events are over, as tests prove.
        late = ("wasmrx/stdlib-", "wasmrx/rest-")
        wanted = [path for path in list(paths) if not path.startswith(late)]
        files = [site / (path or "index.html") for path in wanted]
    finally:
        page.context.close()
    found = [(file, file.read_bytes()) for file in files if file.is_file()]
    small = sum(min(len(data), len(brotli.compress(data))) for _, data in found)
    sent = sum(
        len(gzip.compress(data, 6)) if file.suffix in SENT_COMPRESSED else len(data)
        for file, data in found
    )
    return small, sent


def compared(title: str, goal: str, ways: dict[str, Callable[[], float]]) -> None:
    """Measure all ways in turn; print medians, spread, and the ratio of the first to the second."""
    times: Times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(way())
    report(title, goal, times)


def report(title: str, goal: str, times: Times) -> None:
    """Print one row of the table."""
    for name, each in times.items():
        low, median, high = statistics.quantiles(each, n=4)
        print(
            f"  {name:24} {median:7.0f} ms (quartiles {low:.0f}–{high:.0f}, best {min(each):.0f})"
        )
    ours, beside = (statistics.median(each) for each in times.values())
    best = [min(each) for each in times.values()]
    ratio = f"{ours / beside:.2f} (of the best {best[0] / best[1]:.2f})"
    print(f"{title}: {ratio}, to reach {goal}, median of {ROUNDS}", flush=True)


def in_chromium(ours: Path, our_site: str, plain: str, gzipped: tuple[str, str]) -> None:
    """Print the rows that need no other browser."""
    with chromium() as browser:
        small = {
            "wasmrx": fetched(browser, our_site, ours, keeps=True),
            "loadPyodide": fetched(browser, plain, SCRATCH / "baseline", keeps=False),
        }
        for name, (least, sent) in small.items():
            print(f"  {name:24} {least / 1e6:.2f} MB brotli, {sent / 1e6:.2f} MB from a gzip host")
        print("bytes before the first event, to reach 5.5 MB brotli")
        compared(
            "cold, loopback",
            "0.20",
            {
                "wasmrx": lambda: cold(browser, our_site, keeps=True),
                "loadPyodide": lambda: cold(browser, plain, keeps=False),
            },
        )
        for host, (mine, other) in {"gzip": gzipped, "plain": (our_site, plain)}.items():
            compared(
                f"cold, 20 Mbit/s, {host} host",
                "0.33",
                {
                    "wasmrx": lambda at=mine: cold(browser, at, keeps=True, slow=True),
                    "loadPyodide": lambda at=other: cold(browser, at, keeps=False, slow=True),
                },
            )
        pairs = [replaced(browser, our_site) for _ in range(ROUNDS)]
        report(
            "worker replaced after a kill",
            "0.33",
            {"replaced": [pair[1] for pair in pairs], "cold": [pair[0] for pair in pairs]},
        )


def first_paint(scratch: Path) -> None:
    """Print the row of the first paint: the minimal page in wasmrx and by hand in React."""
    site, hand = site_of("minimal", scratch), react_site("minimal")
    with served(site) as ours, served(hand) as theirs, chromium() as browser:
        compared(
            "first paint",
            "1.20",
            {
                "wasmrx": lambda: painted(browser, ours),
                "React by hand": lambda: painted(browser, theirs),
            },
        )


def in_firefox(our_site: str, plain: str) -> None:
    """Print the row of Firefox, where there is one."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        print("Firefox, cold: not measured, there is none")
        return
    with sync_playwright() as playwright:
        browser = playwright.firefox.launch(executable_path=path, channel="moz-firefox")
        compared(
            "Firefox, cold",
            "0.33",
            {
                "wasmrx": lambda: cold(browser, our_site, keeps=True),
                "loadPyodide": lambda: cold(browser, plain, keeps=False),
            },
        )
        browser.close()


def in_webkit(ours: Path, scratch: Path) -> None:
    """Print the row of WebKit, where there is one."""
    if webkit.mini_browser() is None:
        print("WebKit, cold: not measured, there is none")
        return
    mine = webkit.watched(ours, KEPT + WATCH, scratch / "ours")
    other = webkit.watched(SCRATCH / "baseline", WATCH, scratch / "plain")
    with served(mine) as first, served(other) as second:
        one, two = webkit.visits(first, second)
        compared("WebKit, cold", "0.33", {"wasmrx": one, "loadPyodide": two})


def beside_reflex() -> None:
    """Print the row of the second visit: the same app with its tables in both."""
    ours = built(REPOSITORY / "bench" / "app", SCRATCH / "wasmrx")
    with served(ours) as our_site, reflex() as theirs, chromium() as browser:
        compared(
            "second visit",
            "1.50",
            {
                "wasmrx, service worker": lambda: second(browser, our_site, is_kept=True),
                "Reflex": lambda: second(browser, theirs, is_kept=False),
            },
        )


def main() -> None:
    """Print the table row by row."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        ours = site_of("counter", Path(scratch))
        our_site = stack.enter_context(served(ours))
        plain = stack.enter_context(by_hand())
        gzipped = tuple(
            stack.enter_context(served(site, compressed=True))
            for site in (ours, SCRATCH / "baseline")
        )
        in_chromium(ours, our_site, plain, (gzipped[0], gzipped[1]))
        first_paint(Path(scratch))
        in_firefox(our_site, plain)
        in_webkit(ours, Path(scratch))
        if not os.environ.get("BENCH_NO_REFLEX"):
            beside_reflex()
