"""What handlers write into the working folder is there after a reload, and leaves as an archive."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from hosting import Host
from visits import PATIENCE, SiteOf, press_until

WITHOUT_PRIVATE_FILES = """
navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));
"""


def press(page: Page, name: str, shown: str) -> None:
    page.click(f"#{name}")
    expect(page.locator("#out")).to_have_text(shown, timeout=PATIENCE)


def test_what_is_written_is_there_after_a_reload(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("files"))
    press(page, "read_own", "8")
    press(page, "write", "written")
    press(page, "count", "1 visits")
    press_until(page, "names", "data/prices.csv notes/a.txt notes/b.txt visits.db")
    page.reload()
    press(page, "look", "notes/a.txt=one; notes/b.txt=two False")
    press(page, "read_own", "40")
    press(page, "count", "2 visits")
    press(page, "write", "written")
    press(page, "change", "changed")
    press_until(page, "names", "data/prices.csv papers/a.txt visits.db")
    page.reload()
    press(page, "look", "papers/a.txt=one; False")
    press(page, "count", "3 visits")


def test_files_go_out_as_one_archive_and_come_back(
    page: Page, site_of: SiteOf, tmp_path: Path
) -> None:
    names = "data/prices.csv notes/a.txt notes/b.txt visits.db"
    page.goto(site_of("files"))
    press(page, "write", "written")
    press(page, "count", "1 visits")
    press_until(page, "names", names)
    with page.expect_download() as got:
        page.click("#save")
    saved = tmp_path / "all.zip"
    got.value.save_as(saved)
    with zipfile.ZipFile(saved) as archive:
        assert archive.read("notes/b.txt") == b"two"
        archive.extract("visits.db", tmp_path)
    with sqlite3.connect(tmp_path / "visits.db") as database:
        assert database.execute("select count(*) from visit").fetchall() == [(1,)]
    database.close()
    press(page, "wipe", "wiped")
    press_until(page, "names", "nothing")
    page.reload()
    press(page, "look", "nothing False")
    page.locator("#zip input[type=file]").set_input_files(saved)
    expect(page.locator("#out")).to_have_text(names, timeout=PATIENCE)
    press(page, "count", "2 visits")
    press_until(page, "names", names)
    page.reload()
    press(page, "look", "notes/a.txt=one; notes/b.txt=two False")
    press(page, "count", "3 visits")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("../out.txt", "The archive has a file outside of the app's folder: '../out.txt'."),
        ("app.py", "The archive has a file of Python code: 'app.py'."),
        (None, "This is no archive of files, or it is damaged: File is not a zip file."),
    ],
)
def test_an_archive_that_does_not_fit_is_refused(
    page: Page, site_of: SiteOf, entry: str | None, said: str
) -> None:
    made = io.BytesIO()
    if entry:
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(entry, "x")
    data = made.getvalue() or b"not a zip"
    page.goto(site_of("files"))
    page.locator("#zip input[type=file]").set_input_files(
        [{"name": "a.zip", "mimeType": "application/zip", "buffer": data}]
    )
    expect(page.locator("#out")).to_have_text(said, timeout=PATIENCE)


def test_a_second_tab_is_told_and_takes_over(
    page: Page, context: BrowserContext, site_of: SiteOf
) -> None:
    url = site_of("files")
    page.goto(url)
    press(page, "write", "written")
    press_until(page, "names", "data/prices.csv notes/a.txt notes/b.txt")
    second = context.new_page()
    second.goto(url)
    press(second, "change", "changed")
    notice = second.get_by_text("Another tab of this site keeps its files.")
    expect(notice).to_be_visible(timeout=PATIENCE)
    page.close()
    expect(notice).to_have_count(0, timeout=PATIENCE)
    press_until(second, "names", "data/prices.csv papers/a.txt")
    second.reload()
    press(second, "look", "papers/a.txt=one; False")


def test_a_browser_without_private_files_keeps_them_in_its_database(
    page: Page, dist_of: Callable[[str], Path], host: Host, tmp_path: Path
) -> None:
    shutil.copytree(dist_of("files"), tmp_path / "site")
    (script,) = (tmp_path / "site/wasmrx").glob("worker-*.js")
    script.write_text(WITHOUT_PRIVATE_FILES + script.read_text())
    page.goto(host.mount("/files-without/", tmp_path / "site"))
    press(page, "write", "written")
    press_until(page, "names", "data/prices.csv notes/a.txt notes/b.txt")
    press(page, "change", "changed")
    press_until(page, "names", "data/prices.csv papers/a.txt")
    page.reload()
    press(page, "look", "papers/a.txt=one; False")
