"""The guest book: its page is static, its entries lie on a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from backends import running_backend
from visits import PATIENCE, ROOT, Console, build_app

APP = ROOT / "examples" / "guestbook"


def write(page: Page, name: str, text: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A few words").fill(text)
    page.get_by_role("button", name="Write").click()
    expect(page.get_by_text(text)).to_be_visible(timeout=PATIENCE)


def log_in(page: Page, password: str) -> None:
    page.get_by_label("Owner's password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_visitors_write_and_the_owner_removes(
    page: Page,
    context: BrowserContext,
    console: Console,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GUESTBOOK_PASSWORD", "open sesame")
    monkeypatch.setenv("GUESTBOOK_DATABASE", f"sqlite:///{tmp_path}/book.sqlite")
    build_app(APP, tmp_path / "dist", "--backend", "same")
    with running_backend(
        APP, tmp_path / "backend.sqlite", "--site", str(tmp_path / "dist")
    ) as running:
        page.goto(running.origin)
        expect(page.get_by_text("Nobody has written yet.")).to_be_visible(timeout=PATIENCE)
        write(page, "Ann", "<b>first</b>\nline")
        expect(page.get_by_text("Thank you!")).to_be_visible()
        write(page, "Ann", "second")
        expect(page.get_by_text("Thank you again!")).to_be_visible()
        owner = context.new_page()
        owner.goto(running.origin)
        expect(owner.get_by_text("second")).to_be_visible(timeout=PATIENCE)
        log_in(owner, "sesame")
        expect(owner.get_by_text("That is not the password.")).to_be_visible(timeout=PATIENCE)
        log_in(owner, "open sesame")
        owner.get_by_role("button", name="Remove the entry of Ann").first.click(timeout=PATIENCE)
        expect(owner.get_by_text("second")).to_have_count(0)
        expect(owner.get_by_text("<b>first</b>")).to_be_visible()
        owner.get_by_role("button", name="Log out").click()
        expect(owner.get_by_label("Owner's password")).to_be_visible(timeout=PATIENCE)
        expect(owner.get_by_role("button", name="Remove the entry of Ann")).to_have_count(0)
