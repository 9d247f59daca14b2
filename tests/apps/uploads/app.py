"""Files that a visitor drops or chooses, and handlers that read them in every way."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import zipfile
from typing import Any

import wasmrx as rx


def heap() -> int:
    """Return how many bytes the worker's memory has."""
    module = importlib.import_module("pyodide_js")._module
    return int(module.HEAPU8.length)


class Files(rx.State):
    told: list[str] = []
    heard: list[float] = []
    refused: list[str] = []
    pictures: list[str] = []
    status: str = "idle"
    grown: int = -1
    digest: str = ""
    rounds: int = 0

    @rx.event
    async def read(self, files: list[rx.UploadFile]) -> Any:
        self.told = []
        for file in files:
            text = (await file.read()).decode()
            self.told.append(f"{file.filename}|{file.size}|{file.content_type}|{text}")
            yield
        self.status = f"read {len(files)}"
        yield rx.clear_selected_files("many")

    @rx.event
    def hear(self, progress: dict) -> None:
        self.heard.append(progress["progress"])
        self.status = f"{progress['loaded']} of {progress['total']}"

    @rx.event
    async def whole(self, files: list[rx.UploadFile]) -> None:
        before = heap()
        data = await files[0].read()
        self.grown = heap() - before
        self.digest = hashlib.sha256(data).hexdigest()

    @rx.event
    async def pieces(self, files: list[rx.UploadFile]) -> None:
        before = heap()
        digest = hashlib.sha256()
        while piece := await files[0].read(1_000_000):
            digest.update(piece)
        self.grown = heap() - before
        self.digest = digest.hexdigest()

    @rx.event
    async def endless(self, files: list[rx.UploadFile]) -> Any:
        try:
            while True:
                await files[0].seek(0)
                await files[0].read(4)
                self.rounds += 1
                yield
        except rx.UploadCancelledError:
            self.status = "cancelled"
            raise

    @rx.event
    def save_file(self) -> Any:
        path = rx.get_upload_dir() / "made.txt"
        path.write_text("a file")
        return rx.download(data=path)

    @rx.event
    def save_bytes(self) -> Any:
        return rx.download(data=bytes(range(256)) * 8192, filename="two.bin")

    @rx.event
    def save_rows(self) -> Any:
        return rx.download(data=(f"{n}\n" for n in range(3)), filename="rows.txt")

    @rx.event
    async def save_stream(self) -> Any:
        async def pieces() -> Any:
            for number in range(60):
                yield bytes([number]) * (1 << 20)
                await asyncio.sleep(0)

        before = heap()
        saved = await rx.download_stream(pieces(), filename="stream.bin")
        self.grown = heap() - before
        return saved

    @rx.event
    async def later(self) -> Any:
        async def pieces() -> Any:
            yield b""

        return rx.download(data=pieces(), filename="never")

    @rx.event
    def unzip(self, files: list[rx.UploadFile]) -> None:
        with zipfile.ZipFile(files[0].file) as archive:
            self.told = [f"{n}: {archive.read(n).decode()}" for n in archive.namelist()]

    @rx.event(background=True)
    async def beside(self, files: list[rx.UploadFile]) -> None:
        text = (await files[0].read()).decode()
        async with self:
            self.told = [f"beside: {text}"]

    @rx.event
    async def keep(self, files: list[rx.UploadFile]) -> None:
        for file in files:
            (rx.get_upload_dir() / file.name).write_bytes(await file.read())
            if file.name not in self.pictures:
                self.pictures.append(file.name)

    @rx.event
    def refuse(self, rejected: list[dict[str, Any]]) -> None:
        self.refused = [
            f"{each['file']['path']}: {error['code']}"
            for each in rejected
            for error in each["errors"]
        ]

    @rx.event
    async def wait(self) -> Any:
        self.status = "waiting"
        yield
        await asyncio.sleep(3600)


def button(label: str, on_click: Any) -> rx.Component:
    return rx.button(label, on_click=on_click, variant="outline", color_scheme="gray")


def send(label: str, handler: Any, **given: Any) -> rx.Component:
    return button(label, handler(rx.upload_files("many", **given)))


@rx.page(route="/")
def index() -> rx.Component:
    return rx.box(
        rx.heading("Uploads"),
        rx.upload(rx.text("Drop many files"), id="many"),
        rx.el.ul(rx.foreach(rx.selected_files("many"), rx.el.li), id="chosen"),
        send("Read", Files.read, on_upload_progress=Files.hear),
        send("Whole", Files.whole, on_upload_progress=Files.hear),
        send("Pieces", Files.pieces, on_upload_progress=Files.hear),
        send("Endless", Files.endless),
        send("Unzip", Files.unzip),
        send("Beside", Files.beside, on_upload_progress=lambda p: Files.hear(p)),
        button("Nowhere", Files.read(rx.upload_files(upload_id="nowhere"))),
        button("Clear", rx.clear_selected_files("many")),
        button("Cancel", rx.cancel_upload("many")),
        button("Wait", Files.wait),
        button("Save file", Files.save_file),
        button("Save bytes", Files.save_bytes),
        button("Save rows", Files.save_rows),
        button("Save stream", Files.save_stream),
        button("Save later", Files.later),
        rx.upload.root(
            rx.text("One picture"),
            id="picture",
            accept={"image/png": [".png"]},
            max_files=2,
            max_size=2_000,
            min_size=10,
            on_drop=Files.keep,
            on_drop_rejected=Files.refuse,
            drag_active_style={"background": "rgb(1, 2, 3)"},
        ),
        rx.upload(rx.text("No more"), id="off", disabled=True),
        rx.upload(rx.text("By button only"), id="by_button", no_click=True, no_keyboard=True),
        rx.upload(rx.text("Small only"), id="small", max_size=3, multiple=False),
        rx.el.div(
            rx.foreach(
                Files.pictures,
                lambda name: rx.image(src=rx.get_upload_url(name), alt=name),
            ),
            id="pictures",
        ),
        rx.text(Files.status, id="status"),
        rx.text(Files.told.join("; "), id="told"),
        rx.text(Files.heard.to_string(), id="heard"),
        rx.text(Files.refused.join("; "), id="refused"),
        rx.text(Files.grown, id="grown"),
        rx.text(Files.digest, id="digest"),
        rx.text(Files.rounds, id="rounds"),
    )


app = rx.App()
