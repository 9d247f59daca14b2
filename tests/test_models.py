"""``rx.Model`` and its sessions on a machine: a database that follows the models of an app."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Field, SQLModel, select

import wasmrx as rx
from wasmrx import database
from wasmrx.migrations import MigrationError, statements

from visits import run

pytestmark = pytest.mark.filterwarnings("ignore:This declarative base already contains")


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    again()
    yield
    again()


def again() -> None:
    """Forget the models, as the next build of an app does."""
    SQLModel.metadata.clear()
    for engine in database._engines.values():
        engine.dispose()
    database._engines.clear()


def note(**fields: Any) -> Any:
    """Return the model ``Note`` with a text and what else is given: type and default."""
    annotations = {"text": str} | {name: kind for name, (kind, _) in fields.items()}
    given = {name: default for name, (_, default) in fields.items() if default is not ...}
    body = {"__annotations__": annotations, "__module__": __name__, **given}
    return type(rx.Model)("Note", (rx.Model,), body, table=True)


def columns() -> list[str]:
    with sqlite3.connect("reflex.db") as db:
        return [row[1] for row in db.execute("pragma table_info(note)")]


def step(name: str, text: str) -> None:
    Path("migrations").mkdir(exist_ok=True)
    Path("migrations", name).write_text(text)


def test_rows_are_written_and_found() -> None:
    Note = note()
    with rx.session() as session:
        session.add(Note(text="one"))
        session.commit()
    with rx.session() as session:
        found = session.exec(select(Note)).one()
        assert (found.id, found.text, found.dict()) == (1, "one", {"id": 1, "text": "one"})
        assert session.exec(Note.select()).all() == [found]


def test_an_asynchronous_session() -> None:
    Note = note()

    async def work() -> list[str]:
        async with rx.asession() as session:
            session.add(Note(text="kept"))
            await session.commit()
            session.add(Note(text="undone"))
        with pytest.raises(ZeroDivisionError):
            async with rx.asession() as session, session.begin():
                session.add(Note(text="undone, too"))
                raise ZeroDivisionError
        async with rx.asession() as session:
            return [each.text for each in (await session.exec(select(Note))).all()]

    assert run(work()) == ["kept"]


def test_a_model_with_a_key_of_its_own_has_no_number() -> None:
    class Country(rx.Model, table=True):
        code: str = Field(primary_key=True)

    assert list(Country.model_fields) == ["code"]
    with rx.session() as session:
        session.add(Country(code="de"))
        session.commit()
        assert session.get(Country, "de") is not None


def test_new_columns_tables_and_indexes_are_added() -> None:
    Note = note()
    with rx.session() as session:
        session.add(Note(text="old"))
        session.commit()
    again()
    now = datetime(2030, 1, 2, tzinfo=UTC)
    Note = note(
        stars=(int, 3),
        done=(bool, False),
        by=(str | None, Field(default=None, index=True)),
        at=(datetime, Field(default_factory=lambda: now)),
    )

    class Tag(rx.Model, table=True):
        name: str

    with rx.session() as session:
        old = session.exec(select(Note)).one()
        assert (old.text, old.stars, old.done, old.by) == ("old", 3, False, None)
        assert old.at.replace(tzinfo=None) == now.replace(tzinfo=None)
        session.add(Tag(name="new"))
        session.commit()
    with sqlite3.connect("reflex.db") as db:
        assert "ix_note_by" in {row[1] for row in db.execute("pragma index_list(note)")}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"stars": (int, ...)}, r"note\.stars is new .* Give its field a default"),
        ({"stars": (int, ...)}, {}, r"note\.stars is in the database, must not be empty"),
    ],
)
def test_what_cannot_be_guessed_is_told_and_nothing_changes(
    before: dict[str, Any], after: dict[str, Any], said: str
) -> None:
    note(**before)
    rx.session().close()
    was = columns()
    again()
    note(**after)
    with pytest.raises(MigrationError, match=said):
        rx.session()
    assert columns() == was


def test_numbered_steps_run_once_in_order_and_not_on_a_new_database() -> None:
    Note = note()
    with rx.session() as session:
        session.add(Note(text="a;b"))
        session.commit()
    again()
    step(
        "0002_shout.py",
        "def upgrade(c):\n    c.exec_driver_sql('update note set body=upper(body)')\n",
    )
    step("0001_body.sql", "alter table note rename column text to body;\n-- done; really\n")
    type(rx.Model)(
        "Note",
        (rx.Model,),
        {"__annotations__": {"body": str}, "__module__": __name__},
        table=True,
    )
    for _ in range(2):
        with rx.session() as session:
            assert session.connection().exec_driver_sql("select body from note").all() == [("A;B",)]
        database._engines.clear()
    Path("reflex.db").unlink()
    rx.session().close()
    assert columns() == ["id", "body"]


def test_a_step_that_fails_leaves_all_as_it_was() -> None:
    note()
    rx.session().close()
    step("0001_two.sql", "alter table note add column x; alter table nothing add column y;")
    database._engines.clear()
    with pytest.raises(MigrationError, match=r"0001_two\.sql failed: .*nothing"):
        rx.session()
    assert columns() == ["id", "text"]


def test_statements_end_where_sqlite_says() -> None:
    trigger = "create trigger t after insert on a begin delete from b; delete from c; end;"
    assert [s.strip() for s in statements(f"select ';';{trigger} select 2")] == [
        "select ';';",
        trigger,
        "select 2",
    ]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(database.DatabaseError, match="wasmrx add sqlmodel"):
        database.package("sqlmodel")


def test_the_address_comes_from_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_option", lambda name: f"postgresql://host/{name}")
    assert database.database_url() == "postgresql://host/db_url"
    monkeypatch.setenv("DB_URL", "sqlite:///other.db")
    assert database.database_url() == "sqlite:///other.db"
    monkeypatch.setattr(database, "IN_BROWSER", True)
    monkeypatch.delenv("DB_URL")
    with pytest.raises(database.DatabaseError, match=r"postgresql.* needs a server"):
        database.database_url()
