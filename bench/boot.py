"""Navigation → first click handled by Python: wasmrx's counter beside a plain ``loadPyodide``.

The click is made as soon as the button is there. Rounds of both alternate in one browser; a cold
visit has empty caches (a new context), a warm one is the reload after it.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from .browser import chromium, served
from .click import baseline_site
from .site import build_example

ROUNDS = 7
PATIENCE = 60_000

WATCH = """([label, output]) => {
  const begin = () => {
    const buttons = [...document.querySelectorAll("button")];
    const source = buttons.find((button) => button.textContent === label);
    const target = document.querySelector(output);
    if (!source || !target) return;
    appeared.disconnect();
    const before = target.textContent;
    new MutationObserver(() => {
      if (target.textContent !== before) window.handledAt ??= performance.now();
    }).observe(target, { childList: true, characterData: true, subtree: true });
    addEventListener("DOMContentLoaded", () => source.click());
  };
  const appeared = new MutationObserver(begin);
  appeared.observe(document, { childList: true, subtree: true });
}"""


def visit(browser: Browser, address: str, label: str, output: str) -> tuple[float, float]:
    """Milliseconds from navigation to the handled click, cold and then warm."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.add_init_script(f"({WATCH})({[label, output]!r})")
        times: list[float] = []
        for go in (lambda: page.goto(address), page.reload):
            go()
            page.wait_for_function("window.handledAt", timeout=PATIENCE)
            times.append(page.evaluate("window.handledAt"))
        return times[0], times[1]
    finally:
        context.close()


def main() -> None:
    """Print the medians of cold and warm visits, and their ratios."""
    times: dict[str, list[tuple[float, float]]] = {"wasmrx": [], "loadPyodide": []}
    with tempfile.TemporaryDirectory() as scratch:
        ours, plain = build_example("counter", Path(scratch)), baseline_site(Path(scratch))
        with served(ours) as our_address, served(plain) as plain_address, chromium() as browser:
            for _ in range(ROUNDS):
                times["loadPyodide"].append(visit(browser, plain_address, "Add", "#count"))
                times["wasmrx"].append(visit(browser, our_address, "More", "#count"))
    for at, kind in enumerate(("cold", "warm")):
        medians = {name: statistics.median(t[at] for t in each) for name, each in times.items()}
        lowest = {name: min(t[at] for t in each) for name, each in times.items()}
        for name, median in medians.items():
            print(f"{kind} {name:12} median of {ROUNDS}: {median:6.0f} ms, best {lowest[name]:.0f}")
        print(f"{kind} ratio {medians['wasmrx'] / medians['loadPyodide']:.2f}")
