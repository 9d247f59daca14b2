"""A worker that dies at any message boundary: noticed, replaced, nothing half-applied or run twice.

The worker's script gets a prefix that cuts it off from the world at the n-th boundary (before or
after a message, in either direction, or a commit): what Python goes on to do reaches neither the
page nor the disk. Then the worker is really ended.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hosting import Host
from visits import PATIENCE, SUB_PATH, Console, Engine

BOUNDARIES = 35
"""So many are tried in each order of events: the four have about 36."""

NOTICED_MS = 2000

IN_WORKER = """
const post = self.postMessage.bind(self), { commit } = IDBTransaction.prototype;
let left = Infinity, isCut = false;
const passes = (boundary) => {
  if (!isCut && --left === 0) { isCut = true; post({ cut: boundary }); }
  return !isCut;
};
self.postMessage = (message) => {
  if (passes("before " + message)) { post(message); passes("after " + message); }
};
IDBTransaction.prototype.commit = function () {
  if (!passes("before a commit")) return this.abort();
  commit.call(this);
  passes("after a commit");
};
self.addEventListener("message", (event) => {
  if (event.data.cutAfter) left = event.data.cutAfter;
  else if (passes("before " + event.data)) return;
  event.stopImmediatePropagation();
});
"""

IN_PAGE = """
const Real = Worker;
let worker = null, next = 0, reports = [];
window.Worker = class extends Real {
  constructor(...given) {
    super(...given);
    worker = this;
    const now = performance.now();
    Object.assign(this, { made: now, sent: {}, open: new Set(), begun: [], shown: [] });
    this.addEventListener("message", (event) => {
      const { data } = event;
      if (data.cut) {
        this.terminate();
        Object.assign(this, { ended: performance.now(), cut: data.cut });
        return event.stopImmediatePropagation();
      }
      if (typeof data === "number") return this.sent[data] && this.begun.push(this.sent[data]);
      if (data.module) return;
      const { t, id, delta, patches, final, error } = JSON.parse(data);
      if (error) reports.push(error.message);
      if (t === "ready" && next) {
        super.postMessage({ cutAfter: next });
        next = 0;
      }
      if ((delta || patches) && this.sent[id]) this.shown.push(this.sent[id]);
      if (final) this.open.delete(id);
    });
  }
  postMessage(data, ...more) {
    super.postMessage(data, ...more);
    if (typeof data !== "string") return;
    const { t, id, handler } = JSON.parse(data);
    this.isTold = true;
    if (t === "hydrate") this.greeting = id;
    this.open.add(id);
    if (handler) this.sent[id] = handler;
  }
};
const until = async (condition) => {
  const end = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`In vain: ${document.body.innerText}`);
    await new Promise((again) => setTimeout(again, 2));
  }
};
const textOf = (id) => document.getElementById(id).textContent;
const isSettled = () => worker.isTold && !worker.open.size;
window.settled = () => until(isSettled);
window.state = (names) => Object.fromEntries(names.map((name) => [name, Number(textOf(name))]));
window.kill = async (names, clicks, boundary, more, again = 0) => {
  await settled();
  for (const button of document.querySelectorAll(".wasmrx-notices button"))
    if (button.textContent === "Dismiss") button.click();
  const mine = worker;
  mine.postMessage({ cutAfter: boundary });
  [next, reports] = [again, []];
  let extra = 0;
  for (const name of clicks) document.getElementById(name).click();
  await until(() => {
    if (worker !== mine) return true;
    if (!more || mine.cut || !isSettled()) return false;
    extra++;
    document.getElementById(more).click();
  });
  const noticed = worker.made - mine.ended;
  const second = worker;
  if (again) await until(() => worker !== second || isSettled());
  await settled();
  const said = [...document.querySelectorAll(".wasmrx-notices")].map((n) => n.textContent).join();
  const pending = document.querySelectorAll("[data-pending]").length;
  const dead = second === worker ? [mine] : [mine, second];
  const [begun, shown] = ["begun", "shown"].map((what) => dead.flatMap((each) => each[what]));
  const cut = (again ? second : mine).cut;
  // What a worker had no time to tell, the next one tells.
  const isRetold = second !== worker && second.open.has(second.greeting);
  const told = reports.slice(isRetold ? -1 : 0);
  return { cut, begun, shown, extra, noticed, said, told, pending, ...state(names) };
};
"""

ORDERS = [
    "chain add step wait",
    "chain wait add step",
    "add chain wait step",
    "step wait chain add",
]
FIRST = [1, 7]
"""The boundaries at which the first of two workers dies."""

assert (len(ORDERS) + len(FIRST)) * BOUNDARIES >= 200
RUNS = {"add": "added", "step": "stepped", "wait": "waited", "chain": "chained"}
COUNTS = [*RUNS.values(), "followed"]
NAMES = ["left", "right", *COUNTS]

Kill = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def mortal(dist_of: Callable[[str], Path], run_folder: Path, host: Host) -> str:
    """The app's site with a worker that can be cut off."""
    site = run_folder / f"mortal-{host.origin.rpartition(':')[2]}"
    shutil.copytree(dist_of("keeping"), site)
    (script,) = site.glob("**/worker-*.js")
    script.write_text(IN_WORKER + script.read_text())
    return host.mount(f"{SUB_PATH}mortal/", site)


def named(reports: list[str], sentence: str) -> Counter[str]:
    """The handlers that a sentence of the reports names, with their number."""
    count = Counter[str]()
    for found in filter(None, (re.search(sentence, report) for report in reports)):
        for name, times in re.findall(r"app\.Pair\.(\w+)(?: \((\d+) times\))?", found[1]):
            count[name] += int(times or 1)
    return count


def check(before: dict[str, int], clicks: Counter[str], after: dict[str, Any]) -> None:
    """Compare what a death left with what had been clicked, had begun and was shown."""
    said: str = after["said"]
    assert after["noticed"] < NOTICED_MS
    assert "Python was started again" in said
    assert after["pending"] == 0
    assert after["left"] == after["right"] == sum(after[count] for count in COUNTS)
    assert after["told"][-1] in said
    stopped = named(after["told"], r"^([^:]*?) is not run again")
    lost = named(after["told"], r"What ([^:]*?) changed could not be kept")
    begun, shown = (
        Counter(name.rpartition(".")[2] for name in after[what]) for what in ("begun", "shown")
    )
    assert stopped + lost <= begun  # All that had begun since the worker did.
    assert lost <= shown
    half_run = after["chained"] - after["followed"] - (before["chained"] - before["followed"])
    assert 0 <= half_run <= stopped["chain"] + lost["chain"]
    for handler, count in RUNS.items():
        ran = after[count] - before[count]
        halves = half_run if handler == "chain" else 0
        assert ran + stopped[handler] + lost[handler] == clicks[handler] + halves, handler


@pytest.fixture
def kill(page: Page, mortal: str, console: Console) -> Kill:
    """Click, let the worker die at a boundary, and tell what is there when all is answered.

    Where a burst has too few boundaries, its last argument is clicked until there are enough.
    """
    console.allow("Python was started again|^uncaught exception: undefined")
    page.add_init_script(IN_PAGE)
    page.goto(mortal)
    expect(page.locator("#hydrated")).to_have_text("true", timeout=PATIENCE, ignore_case=True)
    return lambda *given: page.evaluate("(given) => kill(...given)", [NAMES, *given])


@pytest.mark.parametrize("order", ORDERS)
def test_a_worker_may_die_at_any_boundary(kill: Kill, order: str) -> None:
    state: dict[str, Any] = dict.fromkeys(NAMES, 0)
    clicks = order.split()
    for boundary in range(1, BOUNDARIES + 1):
        after = kill(clicks, boundary, "add")
        try:
            check(state, Counter(clicks) + Counter(add=after["extra"]), after)
        except AssertionError as error:
            raise AssertionError(f"boundary {boundary}: {after}, after {state}") from error
        state = after


@pytest.mark.every_browser
@pytest.mark.parametrize("first", FIRST)
def test_the_worker_that_takes_over_may_die_too(kill: Kill, first: int, engine: Engine) -> None:
    """The first worker dies before it has heard of an event or in one, the next at any boundary."""
    state: dict[str, Any] = dict.fromkeys(NAMES, 0)
    clicks = ["wait", "add", "chain", "step"]
    deaths = 0
    boundaries = range(1, 1 + BOUNDARIES, 1 if engine == "chromium" else 3)
    for boundary in boundaries:
        after = kill(clicks, first, None, boundary)
        deaths += after["cut"] is not None
        try:
            check(state, Counter(clicks), after)
        except AssertionError as error:
            raise AssertionError(f"boundary {boundary}: {after}, after {state}") from error
        state = after
    assert deaths > len(boundaries) // 2


@pytest.mark.parametrize(
    ("handler", "boundary", "cut", "said"),
    [
        ("step", 5, "after {", "app.Pair.step is not run again"),
        ("add", 6, "before a commit", "What app.Pair.add changed could not be kept"),
    ],
)
def test_what_was_shown_first_goes_back_to_the_defaults(
    kill: Kill,
    handler: str,
    boundary: int,
    cut: str,
    said: str,
) -> None:
    """The page was built with the defaults: a new worker says them all the same."""
    after = kill([handler], boundary)
    assert after["cut"].startswith(cut)
    assert after["shown"] == [f"app.Pair.{handler}"]
    assert said in after["said"]
    assert all(after[name] == 0 for name in NAMES)
