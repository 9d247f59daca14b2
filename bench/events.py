"""Events per second: clicks in a burst, from the first click until the last is shown."""

import statistics

from .browser import chromium
from .click import opened
from .peers import all_but

ROUNDS = 5
CLICKS = {"Reflex": 500}
MANY = 5_000

BURST = """async ([clicks]) => {
  const target = document.querySelector("#count");
  const add = [...document.querySelectorAll("button")].find((b) => b.textContent === "Add");
  const goal = Number(target.textContent) + clicks;
  const reached = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (Number(target.textContent) >= goal) { observer.disconnect(); resolve(); }
    }).observe(target, { childList: true, characterData: true, subtree: true });
  });
  const start = performance.now();
  for (let i = 0; i < clicks; i++) add.click();
  await reached;
  return performance.now() - start;
}"""


def main() -> None:
    """Print events per second of each peer, the median of the rounds."""
    with all_but("React") as addresses, chromium() as browser:
        pages = {name: opened(browser, address) for name, address in addresses.items()}
        rates: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, page in pages.items():
                page.bring_to_front()
                clicks = CLICKS.get(name, MANY)
                rates[name].append(clicks / page.evaluate(BURST, [clicks]) * 1000)
    ours = statistics.median(rates["wasmrx"])
    for name, values in rates.items():
        median = statistics.median(values)
        print(f"{name:10} {median:8,.0f} events/s, wasmrx {ours / median:.2f} ×")
