"""An app's own memory image: made where it can be, named where not, and never needed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wasm_stage import Stage, boot, mount, opened

from wasmrx.compiler.npm.node import find_switching_node
from wasmrx.dev_server.build import make_site
from wasmrx.dev_server.project import Project
from wasmrx.wasm.app_image import AppImage, Node, app_image
from wasmrx.wasm.bundle import zipped
from wasmrx.wasm.files import hashed_name, runtime_is_current

from hosting import Fault, Host
from visits import PATIENCE

pytestmark = pytest.mark.skipif(not runtime_is_current(), reason="needs current assets")

APP = """
import random, time, uuid
import wasmrx as rx

print("imported")

class Now(rx.State):
    text: str = ""

    @rx.event
    def look(self):
        self.text = f"{random.random()} {uuid.uuid4()} {time.time()}"

def index():
    return rx.vstack(rx.button("Look", id="look", on_click=Now.look), rx.text(Now.text, id="text"))

app = rx.App()
app.add_page(index)
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASMRX_CACHE_DIR", str(tmp_path))


def node() -> Node | None:
    found = find_switching_node()
    return found and Node(found.node, found.environment())


def image_of(source: str, find: Callable[[], Node | None] = node) -> AppImage:
    return app_image(zipped({"app.py": source.encode(), "data.txt": b"some"}), "app", find)


def unexpected() -> Node | None:
    raise AssertionError("Node was asked for")


def test_an_image_is_made_once_and_is_the_same_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = image_of(APP)
    assert first.data is not None and first.seconds > 0, first.why
    assert image_of(APP, unexpected).data == first.data
    assert [path.suffix for path in (tmp_path / "images").iterdir()] == [".bin"]
    (tmp_path / "file").touch()
    monkeypatch.setenv("WASMRX_CACHE_DIR", str(tmp_path / "file"))
    assert image_of(APP).data == first.data


def test_without_node_there_is_none_and_the_way_to_one() -> None:
    found = image_of(APP, lambda: None)
    assert found.data is None and not found.is_refused
    assert 'pip install "wasmrx[npm]"' in found.why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("START = time.time()", "app.py:19 calls time.time while it is imported"),
        ("SECRET = uuid.uuid4()", "app.py:19 calls uuid.uuid4 while it is imported"),
        ("DICE = random.randint(1, 6)", "app.py:19 calls random.randint while it is imported"),
        ("HELD = open('data.txt')", "the app keeps a file open from its import on"),
        ("import js; HELD = js.Array.new()", "the app keeps a JavaScript object"),
        ("raise OSError('no such thing')", "cannot be imported there: OSError: no such thing"),
    ],
)
def test_what_memory_cannot_hold_is_refused_by_name(line: str, why: str) -> None:
    found = image_of(f"{APP}{line}\n")
    assert found.data is None and found.is_refused
    assert why in found.why


def test_a_refused_app_is_built_and_the_warning_names_the_line(tmp_path: Path) -> None:
    source = APP.replace("app = rx.App()", "START = time.monotonic()\napp = rx.App()")
    (tmp_path / "frozen_start.py").write_text(source)
    site = make_site(Project(tmp_path, "frozen_start"), dev=False)
    assert site.image is not None and site.image.data is None
    assert [text for text in site.warnings if "frozen_start.py:17 calls time.monotonic" in text]
    assert not [path for path in site.files if "image-" in path]


@pytest.fixture(scope="module")
def stage(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    image = image_of(APP)
    assert image.data is not None, image.why
    sources = {"app.py": APP, "data.txt": "some"}
    return mount(host, tmp_path_factory.mktemp("image"), "/image/", sources, image.data)


def looked(page: Page, stage: Stage) -> tuple[str, str, float]:
    location = {"href": "/", "path": "/", "route": "/", "params": {}, "query": {}}
    event = {"t": "event", "id": 1, "handler": "app.Now.look", "payload": {}, "location": location}
    answer = boot(page, stage, "app", event, until="(m) => m.t === 'update' && m.id === 1")[-1]
    random, uuid, time = answer["delta"]["app.Now"]["text"].split()
    return random, uuid, float(time)


def test_an_image_wakes_up_in_this_visit_with_its_app_imported(
    page: Page, host: Host, stage: Stage
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page, host, stage)
    first, second = looked(page, stage), looked(page, stage)
    assert first[0] != second[0] and first[1] != second[1]
    now = page.evaluate("Date.now() / 1000")
    assert abs(first[2] - now) < 60 and abs(second[2] - now) < 60
    assert "imported" not in said


@pytest.mark.parametrize("fault", [404, "wrong bytes", "cut"])
def test_without_its_image_an_app_is_imported(
    page: Page, host: Host, stage: Stage, fault: Fault, console: Any
) -> None:
    console.allow("Failed to load resource")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    base = f"/no-image-{str(fault).replace(' ', '-')}/"
    with host.failing(rf"^{base}.*image", fault):
        opened(page, host, stage)
        assert looked(page, stage.at(host, base))[0]
    assert "imported" in said
    assert len([text for text in said if text.startswith("Python starts without")]) == 1


@pytest.mark.parametrize("key", ["snapshot", "image"])
@pytest.mark.parametrize("what", ["magic", "build", "frame"])
def test_a_snapshot_of_another_make_is_passed_over_in_the_same_visit(
    page: Page, host: Host, stage: Stage, key: str, what: str
) -> None:
    """The file is the one that the build names, but it does not fit this interpreter."""
    folder = stage.folder / "wasmrx"
    content = bytearray((folder / stage.config["files"][key]).read_bytes())
    at = {"magic": 0, "build": 20 + 16, "frame": len(content) - 40}[what]
    content[at : at + 8] = bytes(byte ^ 0xFF for byte in content[at : at + 8])
    name = hashed_name(f"{key}.bin", hashlib.sha256(content).hexdigest())
    (folder / name).write_bytes(content)
    files = {**stage.config["files"], key: name}
    if key == "snapshot":
        del files["image"]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened(page, host, stage)
    assert looked(page, Stage(stage.base, stage.folder, {**stage.config, "files": files}))[0]
    warnings = [text for text in said if text.startswith("Python starts without")]
    assert len(warnings) == 1


def test_a_part_of_the_library_that_does_not_come_is_an_import_error(
    page: Page, host: Host, tmp_path: Path, console: Any
) -> None:
    console.allow("Failed to load resource|could not be loaded")
    source = APP.replace("self.text = ", "import sqlite3; self.text = ")
    made = mount(host, tmp_path, "/late/", {"app.py": source})
    location = {"href": "/", "path": "/", "route": "/", "params": {}, "query": {}}
    events = [
        {"t": "event", "id": id, "handler": "app.Now.look", "payload": {}, "location": location}
        for id in (1, 2)
    ]
    until = "(m) => m.t === 'update' && m.id === {}"
    opened(page, host, made)
    with host.failing(r"^/late/.*stdlib", 404):
        answer = boot(page, made, "app", events[0], until=until.format(1))[-1]
    message = answer["error"]["message"]
    assert re.search(r"ImportError: The module 'sqlite3.*' .* could not be loaded", message)


def test_serve_makes_none(tmp_path: Path) -> None:
    (tmp_path / "served_app.py").write_text(APP)
    assert make_site(Project(tmp_path, "served_app"), dev=True).image is None


def test_a_site_with_an_image_works(page: Page, host: Host, dist_of: Callable[[str], Path]) -> None:
    dist = dist_of("starting")
    assert list((dist / "wasmrx").glob("image-*.bin"))
    page.goto(host.mount("/with-image/", dist) + "count/")
    page.click("#add")
    expect(page.locator("#count")).to_have_text("1", timeout=PATIENCE)
