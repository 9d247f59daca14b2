"""Files in the working folder: the app's own, those that it writes, all as one archive."""

import csv
import os
import shutil
import sqlite3
from pathlib import Path

import wasmrx as rx


class State(rx.State):
    out: str = ""

    @rx.event
    def read_own(self):
        with open("data/prices.csv", newline="") as file:
            self.out = str(sum(int(row["price"]) for row in csv.DictReader(file)))

    @rx.event
    def write(self):
        Path("notes").mkdir(exist_ok=True)
        with open("notes/a.txt", "a") as file:
            file.write("one;")
        Path("notes/b.txt").write_text("two")
        Path("data/prices.csv").write_text("name,price\nTea,40\n")
        Path("scratch.py").write_text("no_module = True")
        self.out = "written"

    @rx.event
    def change(self):
        os.rename("notes", "papers")
        Path("papers/b.txt").unlink()
        with open("papers/a.txt", "r+") as file:
            file.truncate(4)
        self.out = "changed"

    @rx.event
    def look(self):
        found = [p for p in sorted(Path(".").rglob("*.txt")) if p.is_file()]
        self.out = " ".join(f"{path}={path.read_text()}" for path in found) or "nothing"
        self.out += f" {Path('scratch.py').exists()}"

    @rx.event
    def count(self):
        with sqlite3.connect("visits.db") as db:
            db.execute("create table if not exists visit (at text)")
            db.execute("insert into visit values (datetime())")
            self.out = f"{db.execute('select count(*) from visit').fetchone()[0]} visits"

    @rx.event
    def names(self):
        self.out = " ".join(rx.files.names()) or "nothing"

    @rx.event
    def save(self):
        return rx.download(data=rx.files.archive(), filename="all.zip")

    @rx.event
    def wipe(self):
        for name in rx.files.names():
            os.unlink(name)
        shutil.rmtree("papers", ignore_errors=True)
        self.out = "wiped"

    @rx.event
    async def load(self, files: list[rx.UploadFile]):
        try:
            self.out = " ".join(rx.files.restore(await files[0].read()))
        except ValueError as error:
            self.out = str(error)


HANDLERS = ("read_own", "write", "change", "look", "count", "names", "save", "wipe")


def index():
    return rx.vstack(
        rx.text(State.out, id="out"),
        *[rx.button(name, id=name, on_click=getattr(State, name)) for name in HANDLERS],
        rx.upload(id="zip", on_drop=State.load(rx.upload_files("zip"))),
    )


app = rx.App()
app.add_page(index)
