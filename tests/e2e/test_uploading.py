"""Files that a visitor chooses or drops, read by handlers in the worker."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from visits import PATIENCE, Console, SiteOf, under_a_strict_policy, violations

BIG = 30 * 1024 * 1024
HUGE = 200 * 1024 * 1024
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

DROP = """(zone, [files, types]) => {
  const data = new DataTransfer();
  for (const [name, type, text] of files)
    data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, {type}));
  for (const type of types)
    zone.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""

SEE_WORKERS = """
window.workers = [];
const Real = Worker;
window.Worker = class extends Real {
  constructor(...given) {
    super(...given);
    window.workers.push(this);
  }
};
"""


def file(name: str, content: bytes | str, mime: str = "text/plain") -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return {"name": name, "mimeType": mime, "buffer": data}


def file_of(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def zone(page: Page, id: str) -> Locator:
    return page.locator(f"#{id}")


def choose(page: Page, id: str, *files: Any) -> None:
    zone(page, id).locator("input[type=file]").set_input_files(list(files))


def drop(page: Page, id: str, *files: Any, types: tuple[str, ...] = ("dragenter", "drop")) -> None:
    given = [[f["name"], f["mimeType"], base64.b64encode(f["buffer"]).decode()] for f in files]
    zone(page, id).evaluate(DROP, [given, list(types)])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shows(page: Page, id: str, text: Any) -> None:
    expect(page.locator(f"#{id}")).to_have_text(text, timeout=PATIENCE)


@pytest.fixture
def at(page: Page, site_of: SiteOf) -> Page:
    """The app, live, with Python running."""
    page.goto(site_of("uploads"))
    expect(page.locator(".wasmrx-progress")).to_have_count(0, timeout=PATIENCE)
    return page


def test_reads_what_is_chosen(at: Page) -> None:
    choose(at, "many", file("a.txt", "ä one"), file("b.csv", "x,y", "text/csv"))
    expect(at.locator("#chosen li")).to_have_text(["a.txt", "b.csv"])
    press(at, "Read")
    shows(at, "told", "a.txt|6|text/plain|ä one; b.csv|3|text/csv|x,y")
    shows(at, "status", "read 2")
    expect(at.locator("#chosen li")).to_have_count(0)  # The handler has cleared them.
    heard = json.loads(at.locator("#heard").inner_text())
    assert heard == [pytest.approx(6 / 9), 1]


def test_reads_what_is_dropped(at: Page) -> None:
    drop(at, "many", file("first.txt", "1"))
    drop(at, "many", file("second.txt", "2"), file("third.txt", "3"))
    expect(at.locator("#chosen li")).to_have_text(["second.txt", "third.txt"])
    press(at, "Beside")
    shows(at, "told", "beside: 2")
    shows(at, "heard", "[0.5]")


def test_runs_the_handler_with_no_files_where_none_are_chosen(at: Page) -> None:
    press(at, "Read")
    shows(at, "status", "read 0")


def test_clears_and_chooses_again(at: Page) -> None:
    choose(at, "many", file("a.txt", "a"))
    expect(at.locator("#chosen li")).to_have_text(["a.txt"])
    press(at, "Clear")
    expect(at.locator("#chosen li")).to_have_count(0)
    choose(at, "many", file("a.txt", "a"))
    expect(at.locator("#chosen li")).to_have_text(["a.txt"])


def test_files_of_before_python_runs(page: Page, site_of: SiteOf) -> None:
    page.goto(site_of("uploads"), wait_until="commit")
    zone(page, "many").locator("input").wait_for(state="attached")
    choose(page, "many", file("early.txt", "early"))
    press(page, "Read")
    shows(page, "told", "early.txt|5|text/plain|early")


def test_gives_a_file_object(at: Page) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("in/one.txt", "packed")
    choose(at, "many", file("x.zip", made.getvalue(), "application/zip"))
    press(at, "Unzip")
    shows(at, "told", "in/one.txt: packed")


def test_a_big_file_is_never_held_twice(at: Page, tmp_path: Path) -> None:
    big = tmp_path / "big.bin"
    big.write_bytes(bytes(range(256)) * (BIG // 256))
    choose(at, "many", big)
    press(at, "Whole")
    shows(at, "digest", hashlib.sha256(big.read_bytes()).hexdigest())
    assert int(at.locator("#grown").inner_text()) < 2 * BIG
    heard = json.loads(at.locator("#heard").inner_text())
    assert len(heard) == BIG >> 20
    assert heard[-1] == 1


def test_a_huge_file_is_read_in_pieces(at: Page, tmp_path: Path) -> None:
    huge = tmp_path / "huge.bin"
    digest = hashlib.sha256()
    with huge.open("wb") as file:
        file.truncate(HUGE)  # A sparse file: it takes no room on the disk.
        for place in (0, HUGE // 2, HUGE - 5):
            file.seek(place)
            file.write(b"heard")
    with huge.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    choose(at, "many", huge, file_of(tmp_path, "second.txt", "never read"))
    press(at, "Pieces")
    shows(at, "digest", digest.hexdigest())
    assert int(at.locator("#grown").inner_text()) < HUGE / 20
    heard = json.loads(at.locator("#heard").inner_text())
    assert len(heard) > HUGE / 1_000_000
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(HUGE / (HUGE + 10))


def test_files_bytes_and_streams_are_saved(at: Page, console: Console, tmp_path: Path) -> None:
    expected = {
        "Save file": ("made.txt", b"a file"),
        "Save bytes": ("two.bin", bytes(range(256)) * 8192),
        "Save rows": ("rows.txt", b"0\n1\n2\n"),
        "Save stream": ("stream.bin", b"".join(bytes([n]) * (1 << 20) for n in range(60))),
    }
    for label, (name, content) in expected.items():
        with at.expect_download(timeout=PATIENCE) as got:
            press(at, label)
        assert got.value.suggested_filename == name
        got.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    shows(at, "grown", re.compile(r"^\d+$"))
    assert int(at.locator("#grown").inner_text()) < 15 * 1024 * 1024
    console.allow("rx.download_stream")
    press(at, "Save later")
    expect(at.get_by_role("alert")).to_contain_text("return await rx.download_stream(")


def test_cancelling_ends_the_reading(at: Page) -> None:
    choose(at, "many", file("a.txt", "abcdefgh"))
    press(at, "Endless")
    shows(at, "rounds", re.compile(r"^[1-9]\d*$"))
    press(at, "Read")  # Waits for the endless one, and is never run.
    press(at, "Cancel")
    shows(at, "status", "cancelled")
    press(at, "Beside")  # What comes later is not touched.
    shows(at, "told", "beside: abcdefgh")
    shows(at, "heard", "[1]")  # by the last one only
    expect(at.get_by_role("alert")).to_have_count(0)


def test_says_which_files_do_not_fit(at: Page) -> None:
    drop(at, "picture", file("a.txt", "x" * 20), file("b.png", PNG, "image/png"))
    shows(at, "refused", "a.txt: file-invalid-type")
    expect(at.locator("#pictures img")).to_have_attribute("alt", "b.png")
    big = file("c.png", b"x" * 2_001, "image/png")
    choose(at, "picture", big, file("d.png", b"x", "image/png"))
    shows(at, "refused", "c.png: file-too-large; d.png: file-too-small")
    three = [file(f"{n}.PNG", PNG, "") for n in "xyz"]
    drop(at, "picture", *three)
    shows(at, "refused", "; ".join(f"{n}.PNG: too-many-files" for n in "xyz"))
    expect(at.locator("#pictures img")).to_have_count(1)
    choose(at, "small", file("long.txt", "1234"))
    expect(at.get_by_text("long.txt: File is larger than 3 bytes")).to_be_visible()


def test_shows_what_a_handler_wrote(at: Page) -> None:
    drop(at, "picture", file("b.png", PNG, "image/png"))
    image = at.get_by_role("img", name="b.png")
    expect(image).to_have_attribute("src", re.compile("^blob:"), timeout=PATIENCE)
    expect(image).to_have_js_property("naturalWidth", 1)
    first = image.get_attribute("src")
    drop(at, "picture", file("b.png", PNG + b"more", "image/png"))
    expect(image).not_to_have_attribute("src", str(first))
    expect(image).to_have_js_property("naturalWidth", 1)


def test_marks_the_zone_while_files_are_over_it(at: Page) -> None:
    picture = zone(at, "picture")
    drop(at, "picture", file("b.png", PNG, "image/png"), types=("dragenter", "dragover"))
    expect(picture).to_have_css("background-color", "rgb(1, 2, 3)")
    drop(at, "picture", file("b.png", PNG, "image/png"), types=("dragleave",))
    expect(picture).not_to_have_css("background-color", "rgb(1, 2, 3)")


def test_opens_by_click_and_by_key(at: Page) -> None:
    field = at.get_by_label("Drop many files")
    for act in (
        lambda: zone(at, "many").click(position={"x": 5, "y": 5}),
        lambda: (field.focus(), at.keyboard.press("Enter")),
        lambda: (field.focus(), at.keyboard.press("Space")),
    ):
        with at.expect_file_chooser() as caught:
            act()
        assert caught.value.is_multiple()
    with at.expect_file_chooser() as caught:
        at.get_by_text("Small only").click()
    assert not caught.value.is_multiple()
    expect(zone(at, "picture").locator("input")).to_have_attribute("accept", "image/png,.png")
    expect(zone(at, "off").locator("input")).to_be_disabled()
    expect(zone(at, "by_button").locator("input")).to_have_attribute("tabindex", "-1")
    opened: list[Any] = []
    at.on("filechooser", lambda chooser: opened.append(chooser))
    for text in ("By button only", "No more"):
        at.get_by_text(text).click()
    drop(at, "off", file("a.txt", "a"))
    press(at, "Read")
    shows(at, "status", "read 0")
    assert not opened


def test_is_accessible(at: Page) -> None:
    expect(at.get_by_label("Drop many files")).to_have_attribute("type", "file")
    assert violations(at) == []


def test_an_upload_that_the_page_does_not_have(at: Page, console: Console) -> None:
    console.allow("No rx.upload of this page has the id")
    press(at, "Nowhere")
    notice = at.get_by_text('No rx.upload of this page has the id "nowhere"')
    expect(notice).to_contain_text('known: "many", "picture"')
    shows(at, "status", "idle")


def test_under_a_strict_policy(page: Page, site_of: SiteOf) -> None:
    under_a_strict_policy(page)
    page.goto(site_of("uploads"))
    drop_when_live = page.locator(".wasmrx-progress")
    expect(drop_when_live).to_have_count(0, timeout=PATIENCE)
    drop(page, "picture", file("b.png", PNG, "image/png"))
    expect(page.get_by_role("img", name="b.png")).to_have_js_property("naturalWidth", 1)


def test_files_go_to_the_next_worker(page: Page, site_of: SiteOf, console: Console) -> None:
    console.allow("Python was started again")
    page.add_init_script(SEE_WORKERS)
    page.goto(site_of("uploads"))
    choose(page, "many", file("kept.txt", "kept"))
    press(page, "Wait")
    shows(page, "status", "waiting")
    press(page, "Beside")
    page.evaluate("workers[0].dispatchEvent(new ErrorEvent('error', {message: 'It was ended.'}))")
    shows(page, "told", "beside: kept")
    assert page.evaluate("workers.length") == 2
