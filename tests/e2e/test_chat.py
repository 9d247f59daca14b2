"""The chat: a conversation in the browser, a model whose key stays on a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from backends import Backend, running_backend
from hosting import Host
from visits import PATIENCE, ROOT, build_app, violations

APP = ROOT / "examples" / "chat"
KEY = "sk-of-the-test"


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("chat")
    build_app(APP, folder / "dist", "--backend", "same")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODEL_KEY", KEY)
        with running_backend(
            APP, folder / "backend.sqlite", "--site", str(folder / "dist")
        ) as running:
            yield running


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text(text, exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Your question")).to_have_value("")


def test_a_conversation(page: Page, chat: Backend) -> None:
    got: list[str] = []
    page.on("response", lambda response: got.append(response.url))
    page.goto(chat.origin)
    page.get_by_role("button", name="Where is your key?").click()
    expect(page.get_by_text("On the server, in the module model.py.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_role("button", name="Ask")).to_be_visible(timeout=PATIENCE)
    ask(page, "<b>so</b>")
    log = page.get_by_role("log")
    expect(log).to_contain_text("You say “<b>so</b>”. I am a stub", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Ask")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    page.reload()
    expect(log).to_contain_text("to answer that.", timeout=PATIENCE)
    texts = [
        page.request.get(url)
        for url in {*got}
        if url.startswith(chat.origin) and "/call/" not in url
    ]
    assert len(texts) > 5
    for text in texts:
        for secret in (KEY, "sk-example", "Once upon a time"):
            assert secret.encode() not in text.body()


def test_an_answer_comes_word_by_word_and_can_be_stopped(page: Page, chat: Backend) -> None:
    page.goto(chat.origin)
    ask(page, "Please count to 2000")
    log = page.get_by_role("log")
    expect(log).to_contain_text("1 2 3 4", timeout=PATIENCE)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Ask")).to_be_visible(timeout=PATIENCE)
    heard = log.inner_text().strip().splitlines()[-1]
    assert re.fullmatch(r"1 2 3 4( \d+)*", heard) and not heard.endswith("2000")
    ask(page, "Where is your key?")
    expect(log).to_contain_text("look through the sources", timeout=PATIENCE)
    expect(log).to_contain_text(heard)
    page.get_by_role("button", name="New chat").click()
    expect(page.get_by_text("Ask something.")).to_be_visible()


def test_a_conversation_between_two_hosts(page: Page, host: Host, tmp_path: Path) -> None:
    """The site lies on a static host, by the commands of the example's README."""
    address = host.mount("/chat/", tmp_path / "dist")
    with running_backend(APP, tmp_path / "data.sqlite", "--origin", host.origin) as backend:
        build_app(APP, tmp_path / "dist", "--backend", backend.origin)
        called: list[str] = []
        page.on("request", lambda request: called.append(request.url))
        page.goto(address)
        ask(page, "Where is your key?")
        log = page.get_by_role("log")
        expect(log).to_contain_text("look through the sources", timeout=PATIENCE)
        expect(page.get_by_role("button", name="Ask")).to_be_visible(timeout=PATIENCE)
        ask(page, "Please count to 9")
        expect(log).to_contain_text("1 2 3 4 5 6 7 8 9", timeout=PATIENCE)
    calls = [url for url in called if "/_wasmrx/call/" in url]
    assert len(calls) >= 2 and all(url.startswith(backend.origin) for url in calls)
    assert not [path for path in host.asked if path.startswith("/chat/_wasmrx")]
