"""The entries, in a database. This module never reaches a browser.

GUESTBOOK_DATABASE is the database's address: a file of SQLite where nothing is said, or for example
postgresql+psycopg://name:password@host/database.
"""

import hmac
import os
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Engine
from sqlalchemy.schema import CreateTable
from sqlmodel import Field, Session, SQLModel, create_engine, desc, select

import wasmrx as rx

rx.server.only()

DATABASE = os.environ.get("GUESTBOOK_DATABASE", "sqlite:///guestbook.sqlite")
PASSWORD = os.environ.get("GUESTBOOK_PASSWORD", "")
SHOWN = 50


class Entry(SQLModel, table=True):
    """One entry of the book."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    text: str
    written: datetime = Field(default_factory=lambda: datetime.now(UTC))


@cache
def _engine() -> Engine:
    engine = create_engine(DATABASE, pool_pre_ping=True)
    with engine.begin() as connection:
        connection.execute(CreateTable(Entry.__table__, if_not_exists=True))
    return engine


def latest() -> list[Entry]:
    """Return the last entries, the newest first."""
    with Session(_engine()) as session:
        return list(session.exec(select(Entry).order_by(desc(Entry.id)).limit(SHOWN)))


def add(name: str, text: str) -> None:
    """Write an entry."""
    with Session(_engine()) as session:
        session.add(Entry(name=name, text=text))
        session.commit()


def remove(number: int) -> None:
    """Take an entry out."""
    with Session(_engine()) as session:
        entry = session.get(Entry, number)
        if entry is not None:
            session.delete(entry)
            session.commit()


def is_password(given: str) -> bool:
    """Tell whether someone knows the owner's password; without one nobody does."""
    return bool(PASSWORD) and hmac.compare_digest(given.encode(), PASSWORD.encode())
