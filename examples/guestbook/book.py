"""The entries, in a database. This module never reaches a browser."""

import dataclasses
import hmac
import os
import sqlite3
from pathlib import Path

import wasmrx as rx

rx.server.only()

FILE = Path(os.environ.get("GUESTBOOK_DATA", "guestbook.sqlite"))
PASSWORD = os.environ.get("GUESTBOOK_PASSWORD", "")
SHOWN = 50


@dataclasses.dataclass
class Entry:
    """One entry of the book."""

    id: int
    name: str
    text: str
    written: str


def _open() -> sqlite3.Connection:
    database = sqlite3.connect(FILE, timeout=10)
    database.execute(
        "create table if not exists entries(id integer primary key, name text, text text, "
        "written text default (strftime('%Y-%m-%d %H:%M', 'now')))"
    )
    return database


def latest() -> list[Entry]:
    """Return the last entries, the newest first."""
    with _open() as database:
        rows = database.execute(
            "select id, name, text, written from entries order by id desc limit ?", (SHOWN,)
        )
        return [Entry(*row) for row in rows]


def add(name: str, text: str) -> None:
    """Write an entry."""
    with _open() as database:
        database.execute("insert into entries(name, text) values(?, ?)", (name, text))


def remove(number: int) -> None:
    """Take an entry out."""
    with _open() as database:
        database.execute("delete from entries where id = ?", (number,))


def is_password(given: str) -> bool:
    """Tell whether someone knows the owner's password; without one nobody does."""
    return bool(PASSWORD) and hmac.compare_digest(given.encode(), PASSWORD.encode())
