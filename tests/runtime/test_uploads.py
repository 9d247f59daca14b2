"""Files in handlers: how they are read, who hears of it, what cancelling does."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wasmrx as rx
from wasmrx import stored_files, update, uploading
from wasmrx.dispatch import Dispatch
from wasmrx.errors import UploadTypeError, UploadValueError
from wasmrx.upload_file import CHUNK, Transfer, UploadFile


class Held:
    """A file whose bytes are here; keeps what was asked of it."""

    def __init__(self, name: str, data: bytes, type: str = "text/plain") -> None:
        self.name, self.data, self.size, self.type = name, data, len(data), type
        self.asked: list[tuple[int, int]] = []

    async def read(self, start: int, end: int) -> bytes:
        await asyncio.sleep(0)
        return self.read_now(start, end)

    def read_now(self, start: int, end: int) -> bytes:
        self.asked.append((start, end))
        return self.data[start:end]


class Taking(rx.State):
    told: list[str] = []
    heard: list[Any] = []

    @rx.event
    async def take(self, files: list[rx.UploadFile]) -> None:
        for file in files:
            self.told.append((await file.read()).decode())

    @rx.event(background=True)
    async def beside(self, files: list[rx.UploadFile]) -> None:
        text = (await files[0].read()).decode()
        async with self:
            self.told.append(text)

    @rx.event
    def hear(self, progress: dict[str, float]) -> None:
        self.heard.append(progress["progress"])

    @rx.event
    async def hear_loaded(self, note: str, loaded: int) -> Any:
        self.heard.append((note, loaded))
        yield rx.console_log(note)

    @rx.event
    def fail(self, progress: dict[str, float]) -> None:
        raise ValueError("deaf")


class Page:
    """One dispatch, and what it posts."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.dispatch = Dispatch(rx.App(), {}, self._take, dev=False)
        self.ids = 0

    def _take(self, message: str | int) -> None:
        if isinstance(message, str):
            self.posted.append(json.loads(message))

    @property
    def state(self) -> Taking:
        return self.dispatch.session.home(Taking)

    def send(self, name: str, *files: Held, steps: Any = ()) -> int:
        self.ids += 1
        numbers = list(range(1, len(files) + 1))
        given = {"$files": numbers, "upload": "u", "steps": list(steps)}
        event = {
            "t": "event",
            "id": self.ids,
            "handler": f"{Taking.get_full_name()}.{name}",
            "payload": {"files": given},
        }
        self.dispatch.receive(json.dumps(event, separators=(",", ":")), files)
        return self.ids

    def cancel(self, last: int) -> None:
        message = {"t": "cancel", "id": 0, "upload": "u", "last": last}
        self.dispatch.receive(json.dumps(message))

    async def idle(self) -> None:
        while self.dispatch.running.tasks or self.dispatch.queue:
            await asyncio.sleep(0)

    def finals(self) -> list[int]:
        return [message["id"] for message in self.posted if message["final"]]

    def errors(self) -> list[str]:
        return [m["error"]["message"] for m in self.posted if "error" in m]


def step(name: str, ways: dict[str, list[str]], **args: Any) -> dict[str, Any]:
    full = f"{Taking.get_full_name()}.{name}"
    return {"when": True, "kind": "event", "name": full, "args": args, "ways": ways}


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    uploading._cancelled.clear()  # pyright: ignore[reportPrivateUsage]
    yield
    update.AFTER_STEP.clear()


def test_a_file_is_read_by_pieces_and_whole() -> None:
    held = Held("a.bin", bytes(range(256)) * 10_000, "application/x")
    file = UploadFile(held)

    async def work() -> None:
        assert await file.read(3) == b"\0\1\2"
        assert await file.read(0) == b""
        await file.seek(held.size - 2)
        assert await file.read(10) == b"\xfe\xff"
        assert await file.read() == b""
        await file.seek(1)
        assert await file.read() == held.data[1:]
        assert max(end - start for start, end in held.asked) == CHUNK
        with pytest.raises(io.UnsupportedOperation, match="get_upload_dir"):
            await file.write(b"x")
        await file.close()
        with pytest.raises(ValueError, match=r"'a\.bin' is closed"):
            await file.read()

    asyncio.run(work())
    assert (file.name, file.filename, file.path) == ("a.bin",) * 3
    assert file.size == 2_560_000
    assert file.content_type == "application/x"
    assert file.headers == {"content-type": "application/x"}


def test_a_file_object_has_a_position_of_its_own() -> None:
    file = UploadFile(Held("a.txt", b"one\ntwo\nthree"))
    assert file.file.readline() == b"one\n"
    assert file.file.seek(-5, io.SEEK_END) == 8
    assert file.file.read() == b"three"
    assert file.file.read(1) == b""
    assert file.file.seek(1) == 1
    assert io.TextIOWrapper(file.file, "ascii").read() == "ne\ntwo\nthree"  # type: ignore[arg-type]
    assert asyncio.run(file.read(3)) == b"one"


def test_progress_counts_what_all_files_have_reached() -> None:
    transfer = Transfer("u", [Held("a", b"aaaa"), Held("b", b"bb")])
    heard: list[tuple[int, int]] = []

    async def tell(loaded: int, total: int) -> None:
        heard.append((loaded, total))

    transfer.tell = tell

    async def work() -> None:
        first, second = transfer.files
        await first.read(2)
        await first.seek(0)
        await first.read(1)
        await second.read()
        await first.read()

    asyncio.run(work())
    assert heard == [(2, 6), (4, 6), (6, 6)]


def test_a_handler_gets_files_and_progress_inside_its_own_reading() -> None:
    async def work() -> None:
        page = Page()
        steps = [
            step("hear", {"progress": []}),
            step("hear_loaded", {"loaded": ["loaded"]}, note="n"),
            {"when": False, "kind": "event", "name": "x", "args": {}, "ways": {}},
            {"when": True, "kind": "action", "name": "say", "args": {"a": 1}, "ways": {}},
        ]
        page.send("take", Held("a", b"12"), Held("b", b"34"), steps=steps)
        await page.idle()
        assert page.state.told == ["12", "34"]
        assert page.state.heard == [0.5, ("n", 2), 1.0, ("n", 4)]
        actions = [a["name"] for m in page.posted for a in m.get("actions", ())]
        assert actions == ["console_log", "say"] * 2
        assert page.finals() == [1]
        assert not page.errors()

    asyncio.run(work())


def test_what_hears_of_a_background_handler_is_queued() -> None:
    async def work() -> None:
        page = Page()
        page.send("beside", Held("a", b"12"), steps=[step("hear", {"progress": []})])
        await page.idle()
        assert page.state.told == ["12"]
        assert page.state.heard == [1.0]

    asyncio.run(work())


def test_who_hears_badly_does_not_stop_the_reading() -> None:
    async def work() -> None:
        page = Page()
        page.send("take", Held("a", b"12"), steps=[step("fail", {"progress": []})])
        await page.idle()
        assert page.state.told == ["12"]
        assert page.errors() == ["ValueError: deaf"]
        assert page.finals() == [1]

    asyncio.run(work())


def test_cancelling_ends_what_reads_what_waits_and_what_is_on_its_way() -> None:
    async def work() -> None:
        page = Page()
        page.send("take", Held("a", b"1"))
        page.send("take", Held("b", b"2"))
        page.cancel(last=3)
        page.send("take", Held("c", b"3"))
        page.send("take", Held("d", b"4"))
        await page.idle()
        assert page.state.told == ["4"]
        assert sorted(page.finals()) == [1, 2, 3, 4]
        assert not page.errors()

    asyncio.run(work())


def test_no_files() -> None:
    async def work() -> None:
        page = Page()
        page.send("take")
        await page.idle()
        assert page.state.told == []
        assert page.finals() == [1]

    asyncio.run(work())


def test_the_page_hears_of_written_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = Page()
    folder = rx.get_upload_dir()
    assert folder == tmp_path / "uploaded_files"
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text("a")

    async def work() -> list[Any]:
        page.send("take")
        await page.idle()
        page.send("take")
        await page.idle()
        return [a for m in page.posted for a in m.get("actions", ())]

    (action,) = asyncio.run(work())
    assert action["name"] == "uploads_written"
    assert list(action["args"]["files"]) == ["in/a.txt"]
    assert stored_files.address("../app.py") is None


def test_mistakes() -> None:
    with pytest.raises(UploadValueError, match=r"test_uploads\.py.*not by 3"):
        rx.upload_files(3)
    with pytest.raises(UploadValueError, match="not by ''"):
        rx.selected_files("")
    with pytest.raises(UploadTypeError, match="compute in the handler"):
        rx.upload_files("x", on_upload_progress=lambda p: Taking.hear_loaded("a", p["loaded"] * 2))
