"""Click → DOM: the counter in wasmrx, by hand around Pyodide, and in Reflex over localhost.

Rounds of all alternate in one browser. ``/wide`` is the counter in a state of 1,000 vars.
"""

import statistics

from playwright.sync_api import Browser, Page, expect

from .browser import chromium
from .peers import all_but

ROUNDS, CLICKS = 8, 50

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


def opened(browser: Browser, address: str) -> Page:
    """Open ``address`` and wait until a first click on "Add" has changed the count."""
    page = browser.new_context().new_page()
    page.goto(address)
    button = page.get_by_role("button", name="Add", exact=True)
    before = page.locator("#count").text_content() or ""
    expect(button).to_be_visible()
    while page.locator("#count").text_content() == before:
        button.click()
        page.wait_for_timeout(200)
    return page


def main() -> None:
    """Print the medians and their ratios to the hand-written page."""
    with all_but("React") as addresses, chromium() as browser:
        pages = {name: opened(browser, address) for name, address in addresses.items()}
        pages["wasmrx, 1,000 vars"] = opened(browser, addresses["wasmrx"] + "wide/")
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, page in pages.items():
                page.bring_to_front()
                times[name] += page.evaluate(MEASURE, ["Add", "#count", CLICKS])
    floor = statistics.median(times["by hand"])
    for name, values in times.items():
        low, median, high = statistics.quantiles(values, n=4)
        print(
            f"{name:20} median of {len(values)}: {median:.2f} ms (quartiles {low:.2f}–{high:.2f}), "
            f"{median / floor:.2f} × by hand"
        )
