"""Server handlers as a visitor meets them: a browser, a backend, and what comes between them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from test_serve import serving

from backends import Backend, running_backend
from hosting import Host
from visits import PATIENCE, ROOT, Console, build_app, until

APP = ROOT / "tests" / "apps" / "calling"
CALLS = "**/_wasmrx/call/**"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("calling") / "dist"
    build_app(APP, out, "--backend", "same")
    return out


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[Backend]:
    data = tmp_path_factory.mktemp("calls") / "data.sqlite"
    with running_backend(APP, data, "--site", str(site)) as running:
        yield running


@pytest.fixture
def at(page: Page, backend: Backend) -> Page:
    page.goto(backend.origin)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shows(page: Page, id: str, text: str | re.Pattern[str]) -> None:
    expect(page.locator(f"#{id}")).to_have_text(text, timeout=PATIENCE)


def test_calls_and_chains_both_ways(at: Page) -> None:
    press(at, "Greet")
    shows(at, "text", "hello page, 18, visit 1, local 0")
    shows(at, "seen", "[7]")
    expect(at.get_by_text("greeted")).to_be_visible()
    press(at, "From browser")
    shows(at, "text", "hello browser, 18, visit 2, local 1")
    shows(at, "seen", "[7,7]")
    at.reload()
    shows(at, "text", "hello browser, 18, visit 2, local 1")
    press(at, "Greet")
    shows(at, "text", "hello page, 18, visit 3, local 1")


def test_what_runs_there_is_not_here(at: Page, backend: Backend) -> None:
    texts: list[str] = []
    at.on("response", lambda response: texts.append(response.url))
    press(at, "Greet")
    shows(at, "text", re.compile("hello"))
    source = at.evaluate(
        "async () => (await Promise.all(performance.getEntriesByType('resource').map("
        "async ({name}) => (await fetch(name)).text()))).join()"
    )
    assert "CANARY" not in source


def test_handlers_of_mixins_components_and_modules(at: Page) -> None:
    press(at, "Aside")
    shows(at, "text", "aside page, 18")
    for name, text in (("Left", "l, 18 -"), ("Right", "l, 18 r, 18"), ("Left", "l, l, 18 r, 18")):
        press(at, name)
        shows(at, "notes", text)
    at.locator("#first").click()
    shows(at, "first", "first 19")
    for count in (19, 38):
        at.locator("#second").click()
        shows(at, "second", f"second {count}")
    shows(at, "first", "first 19")


def test_an_answer_that_comes_step_by_step(at: Page) -> None:
    press(at, "Stream")
    shows(at, "text", "one")
    press(at, "Go on")
    shows(at, "text", "one two three")


FASTEST = """async () => {
  const find = (words) => [...document.querySelectorAll("button, a")]
    .find(({textContent}) => textContent === words);
  const until = (isSo) => new Promise((resolve) => {
    const look = () => isSo() && (seen.disconnect(), resolve());
    const seen = new MutationObserver(look);
    seen.observe(document, {childList: true, characterData: true, subtree: true});
    look();
  });
  const took = async (words, isSo) => {
    const start = performance.now();
    find(words).click();
    await until(isSo);
    return performance.now() - start;
  };
  const shown = () => document.querySelector("#local").textContent;
  const handled = [], opened = [];
  for (let i = 0; i < 8; i++) {
    const before = shown();
    handled.push(await took("Count", () => shown() !== before));
    opened.push(await took("Away", () => find("Home")));
    await took("Home", () => find("Count"));
  }
  return [Math.min(...handled), Math.min(...opened)];
}"""
"""Milliseconds that the fastest of some clicks take: on a local handler, on a link to a page."""


def test_nothing_waits_for_the_server(at: Page) -> None:
    """A call hangs; handlers of the browser run, pages open, and calling again ends the first."""
    press(at, "Count")
    shows(at, "local", "1")
    alone = at.evaluate(FASTEST)
    press(at, "Hang")
    press(at, "Tell")
    shows(at, "ran", re.compile("begin x"))
    expect(at.get_by_role("button", name="Hang", exact=True)).to_have_attribute("data-pending", "")
    meanwhile = at.evaluate(FASTEST)
    for took, before in zip(meanwhile, alone, strict=True):
        assert took <= max(100, 2 * before), (meanwhile, alone)
    shows(at, "local", "17")
    at.locator("#away").click()
    expect(at).to_have_url(re.compile("away"))
    shows(at, "local", "17")
    at.get_by_role("link", name="Home").click()
    press(at, "Hang")

    def has_ended(times: int) -> bool:
        press(at, "Tell")
        at.wait_for_timeout(100)
        return at.locator("#ran").inner_text().count("end x") == times

    until(lambda: has_ended(1))
    press(at, "Cancel")
    until(lambda: has_ended(2))
    expect(at.locator("[data-pending]")).to_have_count(0)


def test_a_closed_page_ends_its_call(context: BrowserContext, at: Page, backend: Backend) -> None:
    press(at, "Hang")
    press(at, "Tell")
    shows(at, "ran", re.compile("begin x"))
    before = at.locator("#ran").inner_text().count("end x")
    other = context.new_page()
    at.close()
    other.goto(backend.origin)

    def is_ended() -> bool:
        press(other, "Tell")
        other.wait_for_timeout(100)
        return other.locator("#ran").inner_text().count("end x") > before

    until(is_ended)


def test_an_answer_that_is_lost_is_asked_for_again(
    at: Page, context: BrowserContext, console: Console
) -> None:
    console.allow("Failed to load resource")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            route.fetch()
            lost.append(route.request.headers["idempotency-key"])
            route.abort()
        else:
            route.continue_()

    shows(at, "local", "0")
    context.route(CALLS, lose)
    press(at, "Once")
    shows(at, "text", "once 1")
    assert len(set(lost)) == 1


def test_an_answer_that_breaks_off_is_not_carried_out_twice(
    at: Page, context: BrowserContext
) -> None:
    broken: list[int] = []

    def break_off(route: Route) -> None:
        answer = route.fetch()
        lines = answer.body().splitlines(keepends=True)
        if len(broken) < len(lines):
            lines = lines[: len(broken)]
            broken.append(len(lines))
        headers = {"content-type": answer.headers["content-type"]}
        route.fulfill(status=200, headers=headers, body=b"".join(lines))

    shows(at, "local", "0")
    context.route(CALLS, break_off)
    press(at, "Chain")
    shows(at, "text", "two")
    shows(at, "seen", "[1,2]")
    assert broken == [0, 1, 2]


def test_calls_wait_for_a_network_over_a_reload(
    at: Page, context: BrowserContext, console: Console
) -> None:
    console.allow("Failed to load resource")
    tried: list[str] = []

    def refuse(route: Route) -> None:
        tried.append(route.request.url)
        route.abort()

    context.route(CALLS, refuse)
    press(at, "Keep")
    press(at, "Count")
    shows(at, "local", "1")
    until(lambda: at.wait_for_timeout(50) is None and bool(tried))
    at.reload()
    shows(at, "local", "1")
    context.unroute(CALLS)
    shows(at, "kept", "abc")
    press(at, "Tell")
    shows(at, "ran", re.compile("a, b, c$"))


def test_an_error_has_a_number(at: Page, console: Console, backend: Backend) -> None:
    console.allow("fail failed|Failed to load resource|server handler failed")
    press(at, "Fail")
    told = at.get_by_role("alert").filter(has_text="The server handler failed. (error ")
    expect(told).to_be_visible(timeout=PATIENCE)
    number = re.search(r"error (\w+)", told.inner_text())
    assert number and number[1] in backend.log.read_text()
    assert "CANARY" not in at.content()


def test_a_page_of_an_older_build(page: Page, site: Path, tmp_path: Path, console: Console) -> None:
    """The server is newer: a handler with another contract is refused, others go on."""
    console.allow("Failed to load resource")
    newer = Path(shutil.copytree(APP, tmp_path / "calling"))
    source = (newer / "app.py").read_text()
    (newer / "app.py").write_text(
        source.replace('version="1"', 'version="2"').replace("hello {name}", "welcome {name}")
    )
    with running_backend(newer, tmp_path / "data.sqlite", "--site", str(site)) as running:
        page.goto(running.origin)
        press(page, "Count")
        shows(page, "local", "1")
        press(page, "Greet")
        shows(page, "text", re.compile("^welcome page"))
        press(page, "Changed")
        notice = page.get_by_role("status").filter(has_text="older than the server")
        expect(notice).to_be_visible(timeout=PATIENCE)
        with page.expect_navigation():
            notice.get_by_role("button", name="Reload").click()
        shows(page, "local", "1")
        shows(page, "text", re.compile("^welcome page"))


ATTACK = """<!doctype html><title>other</title><link rel="icon" href="data:,">
<body><script src="attack.js"></script>"""
SCRIPT = """
const framed = (sandbox, html) => {
  const frame = document.createElement("iframe");
  if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
  frame.srcdoc = html;
  document.body.append(frame);
};
const name = '{"args": {"word": "form"}, "reads": {"app.Calls": {"kept": []}}, "x": "';
const field = `<input name='${name}' value='"}'>`;
const send = "<script>document.forms[0].submit()</script>";
const call = `<script>
  fetch("URL", {method: "POST", mode: "no-cors", body: "{}"});
  fetch("URL", {method: "POST", credentials: "include",
    body: '{"args": {"word": "fetch"}, "reads": {"app.Calls": {"kept": []}}}',
    headers: {"Content-Type": "application/json", "Wasmrx-Call": "x"}}).catch(() => {});
</script>`;
const form = (method, kind) =>
  `<form method=${method} enctype="${kind}" action="URL">${field}</form>${send}`;
const sandboxed = "allow-scripts allow-forms";
for (const sandbox of [null, sandboxed, `${sandboxed} allow-same-origin`]) {
  framed(sandbox, call);
  for (const kind of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
    for (const method of ["post", "get"]) framed(sandbox, form(method, kind));
}
const body = JSON.stringify({args: {word: "fetch"}, reads: {"app.Calls": {kept: []}}});
const key = "a".repeat(32);
const json = {"Content-Type": "application/json"};
const tries = [
  {mode: "no-cors"}, {mode: "cors"}, {mode: "cors", headers: json},
  {mode: "cors", headers: {...json, "Wasmrx-Call": "x", "Idempotency-Key": key}},
  {mode: "no-cors", headers: {"Content-Type": "text/plain"}}, {keepalive: true, mode: "no-cors"},
];
Promise.allSettled([
  ...tries.map((more) => fetch("URL", {method: "POST", credentials: "include", body, ...more})),
  Promise.resolve(navigator.sendBeacon("URL", body)),
]).then((all) => document.title = all.map(({status}) => status).join());
"""


def test_other_sites_run_nothing(
    browser: Browser, backend: Backend, host: Host, tmp_path: Path
) -> None:
    url = f"{backend.origin}/_wasmrx/call/{backend.ids['keep']}"
    (tmp_path / "index.html").write_text(ATTACK.replace("URL", url))
    (tmp_path / "attack.js").write_text(SCRIPT.replace("URL", url))
    base = host.mount("/attack/", tmp_path).replace("127.0.0.1", "localhost")
    context = browser.new_context()
    page = context.new_page()
    page.goto(base)
    expect(page).to_have_title(re.compile("rejected|fulfilled"), timeout=PATIENCE)
    until(lambda: backend.log.read_text().count(backend.ids["keep"]) >= 20)  # They did arrive.
    with backend.visitor() as visitor:
        ran = visitor.call("tell").vars.get("ran", "")
    assert "form" not in ran and "fetch" not in ran
    context.close()


def test_serve_runs_both(page: Page, tmp_path: Path) -> None:
    app = Path(shutil.copytree(APP, tmp_path / "calling"))
    with serving(app) as running:
        address = running.until(r"http://localhost:\d+/")[0]
        page.goto(address)
        press(page, "Greet")
        shows(page, "text", re.compile("^hello page, 18, visit 1"))
        text = (app / "app.py").read_text()
        (app / "app.py").write_text(text.replace("hello {name}", "welcome {name}"))
        running.until("rebuilt")
        for header in ("Origin", "Host"):
            refused = httpx.post(f"{address}_wasmrx/call/x", headers={header: "https://evil.test"})
            assert refused.status_code == 403
        expect(page.locator("#text")).to_have_text(re.compile("^hello"), timeout=PATIENCE)
        press(page, "Greet")
        shows(page, "text", re.compile("^welcome page, 18, visit 2"))
