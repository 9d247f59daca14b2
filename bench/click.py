"""Click → DOM: wasmrx's counter beside a hand-written Pyodide worker, in one browser."""

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from .browser import chromium, served
from .site import REPOSITORY, build_example

ROUNDS, CLICKS = 4, 50
OUR_BUTTON, THEIR_BUTTON = "More", "Add"

MEASURE = """async ([button, output, clicks]) => {
  const target = document.querySelector(output), times = [];
  const add = [...document.querySelectorAll("button")].find((b) => b.textContent === button);
  for (let i = 0; i < clicks; i++) {
    const changed = new Promise((resolve) => {
      new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
        .observe(target, { childList: true, characterData: true, subtree: true });
    });
    const start = performance.now();
    add.click();
    await changed;
    times.push(performance.now() - start);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return times;
}"""


def baseline_site(folder: Path) -> Path:
    """Lay out the hand-written page with Pyodide as npm ships it; return its folder."""
    site = folder / "baseline"
    shutil.copytree(REPOSITORY / "bench" / "baseline", site)
    (site / "pyodide").mkdir()
    for file in (REPOSITORY / "node_modules" / "pyodide").glob("py*"):
        shutil.copy(file, site / "pyodide")
    return site


def opened(browser: Browser, address: str, button: str) -> Page:
    """Open ``address`` and wait until a first click on ``button`` has changed the count."""
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#count")).not_to_have_text("0", timeout=60_000)
    return page


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as scratch:
        ours, floor = build_example("counter", Path(scratch)), baseline_site(Path(scratch))
        with served(ours) as our_address, served(floor) as floor_address, chromium() as browser:
            wasmrx = opened(browser, our_address, OUR_BUTTON)
            hand = opened(browser, floor_address, THEIR_BUTTON)
            times: dict[str, list[float]] = {"wasmrx": [], "hand-written": []}
            for _ in range(ROUNDS):
                hand.bring_to_front()
                times["hand-written"] += hand.evaluate(MEASURE, [THEIR_BUTTON, "#count", CLICKS])
                wasmrx.bring_to_front()
                times["wasmrx"] += wasmrx.evaluate(MEASURE, [OUR_BUTTON, "#count", CLICKS])
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:13} median of {ROUNDS * CLICKS}: {median:.2f} ms")
    print(f"ratio {medians['wasmrx'] / medians['hand-written']:.2f}")
