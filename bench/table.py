"""One field of one row among 1,000 and 10,000: bytes of the update, and the time to show it.

The rows are dataclasses in one list. Beside wasmrx: a table written by hand in React, with
memoised rows and no Python at all, and Reflex over localhost. ``click`` is from the click to the
changed DOM, with Python and the messages to it; ``show`` from the arrival of Python's answer, which
in the page without Python is the click.
"""

import statistics

from playwright.sync_api import Browser, Page, expect

from .browser import chromium
from .peers import all_but

ROUNDS, EDITS = 4, 10
SIZES = (1_000, 10_000)

LISTEN = """
const Original = Worker;
window.Worker = class extends Original {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => {
      if (!String(data).startsWith('{"t":"update"')) return;
      window.arrival = { at: performance.now(), bytes: new TextEncoder().encode(data).length };
    });
  }
};
"""

MEASURE = """async ([row, edits]) => {
  const button = [...document.querySelectorAll("button")].find((b) => b.textContent === "Edit");
  const edited = [];
  for (let i = 0; i < edits; i++) {
    const target = document.querySelectorAll(".amount")[row];
    const changed = new Promise((resolve) => {
      new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
        .observe(target, { childList: true, characterData: true, subtree: true });
    });
    window.arrival = null;
    const start = performance.now();
    button.click();
    await changed;
    const end = performance.now();
    const { at = start, bytes = 0 } = window.arrival ?? {};
    edited.push({ click: end - start, show: end - at, bytes });
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return edited;
}"""


def opened(browser: Browser, name: str, address: str, rows: int) -> Page:
    """Open the table with ``rows`` rows and wait until an edit is shown."""
    page = browser.new_context().new_page()
    page.add_init_script(LISTEN)
    page.goto(f"{address}?rows={rows}" if name == "React" else f"{address}table-{rows}/")
    amounts = page.locator(".amount")
    expect(amounts).to_have_count(rows, timeout=60_000)
    middle = amounts.nth(rows // 2)
    while middle.text_content() == str(rows // 2):
        page.get_by_role("button", name="Edit").click()
        page.wait_for_timeout(500)
    return page


def main() -> None:
    """Print bytes, medians and the ratios to hand-written React, for each size."""
    with all_but("by hand") as addresses, chromium() as browser:
        for rows in SIZES:
            pages = {name: opened(browser, name, at, rows) for name, at in addresses.items()}
            edits: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
            for _ in range(ROUNDS):
                for name, page in pages.items():
                    page.bring_to_front()
                    edits[name] += page.evaluate(MEASURE, [rows // 2, EDITS])
            floor = statistics.median(edit["click"] for edit in edits["React"])
            print(f"{rows} rows, medians of {ROUNDS * EDITS} edits")
            for name, made in edits.items():
                for what in ("click", "show") if name == "wasmrx" else ("click",):
                    median = statistics.median(edit[what] for edit in made)
                    share = median / floor
                    print(f"  {name:7} {what}: {median:6.2f} ms, {share:5.2f} × React's click")
            most = max(edit["bytes"] for edit in edits["wasmrx"])
            print(f"  wasmrx sends {most} bytes an edit")
            for page in pages.values():
                page.context.close()
