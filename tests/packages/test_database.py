"""The database of an app in the browser: what a transaction has ended is there, whole, for good."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hosting import Host
from visits import PATIENCE, ROOT, Console, SiteOf, build_app, press_until

KEEP_WORKER = """
const Real = Worker;
window.Worker = class extends Real {
  constructor(...given) { super(...given); window.worker = this; }
};
"""


def press(page: Page, name: str, shown: str | re.Pattern[str]) -> None:
    page.click(f"#{name}")
    expect(page.locator("#out")).to_have_text(shown, timeout=PATIENCE)


def kill(page: Page) -> None:
    """End the worker in the midst of what it does, and wait for the next one."""
    page.evaluate("worker.terminate()")
    told = page.get_by_role("alert").filter(has_text="Python was started again")
    expect(told).to_be_visible(timeout=PATIENCE)
    told.get_by_role("button").click()


@pytest.mark.every_browser
def test_rows_outlive_reloads_and_killed_workers(
    page: Page, site_of: SiteOf, console: Console
) -> None:
    console.allow("was started again|XML Parsing Error")
    page.add_init_script(KEEP_WORKER)
    page.goto(site_of("database"))
    press(page, "one", "added one")
    page.reload()
    press(page, "look", "one (ok)")
    press(page, "commit_and_spin", "spinning")
    kill(page)
    press(page, "look", "one spun (ok)")
    press(page, "half", "half")
    kill(page)
    press(page, "look", "one spun (ok)")
    press(page, "two", "added two")
    press(page, "wait", "stored")
    page.reload()
    press(page, "look", "one spun two (ok)")


def test_one_tab_writes_and_the_other_reads_until_it_takes_over(
    page: Page, context: BrowserContext, site_of: SiteOf, console: Console
) -> None:
    console.allow("add failed")
    url = site_of("database")
    page.goto(url)
    press(page, "one", "added one")
    second = context.new_page()
    second.goto(url)
    press(second, "look", "one (ok)")
    second.click("#two")
    told = second.get_by_text("Another tab of this site has the database open")
    expect(told.first).to_be_visible(timeout=PATIENCE)
    press(page, "two", "added two")
    press_until(second, "look", "one two (ok)")
    page.close()
    press_until(second, "one", "added one")
    press(second, "wait", "stored")
    second.reload()
    press(second, "look", re.compile(r"one two( one)+ \(ok\)"))


def test_without_room_the_last_good_state_stays(
    page: Page, context: BrowserContext, site_of: SiteOf, host: Host
) -> None:
    disk = context.new_cdp_session(page)
    disk.send("Storage.overrideQuotaForOrigin", {"origin": host.origin, "quotaSize": 4_000_000})
    page.goto(site_of("database"))
    press(page, "one", "added one")
    press(page, "wait", "stored")
    press(page, "fill", "filled")
    told = page.get_by_text("could not be kept: there is no room left")
    expect(told).to_be_visible(timeout=PATIENCE)
    press(page, "fill_and_wait", f"{told.inner_text()}")
    press(page, "count", "3 rows")
    page.reload()
    press(page, "look", "one (ok)")
    disk.send("Storage.overrideQuotaForOrigin", {"origin": host.origin})
    press(page, "fill_and_wait", "stored")
    page.reload()
    press(page, "look", "one larger (ok)")


def test_a_new_build_brings_the_visitors_rows_along(
    page: Page, host: Host, dist_of: Callable[[str], Path], tmp_path: Path
) -> None:
    """The new column has no default, so that only the numbered step can add it."""
    page.goto(host.mount("/notes/", dist_of("database")))
    press(page, "one", "added one")
    press(page, "two", "added two")
    shutil.copytree(ROOT / "tests/apps/database", tmp_path / "database")
    app = tmp_path / "database/app.py"
    source = app.read_text().replace("text: str\n", "text: str\n    rank: str\n", 1)
    source = source.replace("Note(text=text,", "Note(text=text, rank='1',")
    app.write_text(source.replace("select(Note.text)", "select(Note.text + Note.rank)"))
    steps = tmp_path / "database/migrations"
    steps.mkdir()
    (steps / "0001_ranks.sql").write_text(
        "ALTER TABLE note ADD COLUMN rank TEXT NOT NULL DEFAULT 0;\n"
        "UPDATE note SET rank = id + 6;\n"
    )
    build_app(tmp_path / "database", tmp_path / "site")
    host.mount("/notes/", tmp_path / "site")
    page.reload()
    press(page, "look", "one7 two8 (ok)")
    press(page, "one", "added one")
    page.reload()
    press(page, "look", "one7 two8 one1 (ok)")
