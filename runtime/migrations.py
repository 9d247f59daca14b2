"""An SQLite database brought to what the app's models say, whatever its age.

First the numbered steps of the folder ``migrations`` that it has not had, then what it lacks:
tables, columns, indexes. All of it is one transaction; nothing is ever removed. A database that
was just made has the models' tables, and counts as one that has had all steps.
"""

from __future__ import annotations

import datetime
import importlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .database import DatabaseError, package
from .registered_models import metadata

FOLDER = Path("migrations")
TABLE = "wasmrx_migrations"
_STEP = re.compile(r"(\d+)_\w+\.(sql|py)")


class MigrationError(DatabaseError):
    """A database cannot be brought up to date by itself, or by the app's steps."""


@dataclass(frozen=True)
class Step:
    """One file of the folder: ``0002_colours.sql``, or ``.py`` with ``upgrade(connection)``."""

    number: int
    path: Path

    def run(self, connection: Any) -> None:
        """Do it. Raises MigrationError with the step's name where it fails."""
        try:
            if self.path.suffix == ".sql":
                for statement in statements(self.path.read_text(encoding="utf-8")):
                    connection.exec_driver_sql(statement)
            else:
                runpy = importlib.import_module("runpy")
                runpy.run_path(str(self.path))["upgrade"](connection)
        except Exception as error:
            raise MigrationError(f"{self.path} failed: {error}") from error


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script."""
    is_complete = importlib.import_module("sqlite3").complete_statement
    statement = ""
    for part in re.split(r"(?<=;)", script):
        statement += part
        if is_complete(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def steps() -> list[Step]:
    """Return the app's steps by their numbers."""
    found = [(match, path) for path in FOLDER.glob("*") if (match := _STEP.fullmatch(path.name))]
    made = sorted((Step(int(match[1]), path) for match, path in found), key=lambda s: s.number)
    for one, next_one in itertools.pairwise(made):
        if one.number == next_one.number:
            raise MigrationError(f"{one.path} and {next_one.path} have the same number.")
    return made


def bring_up_to_date(engine: Any) -> None:
    """Run what is missing; a database that lacks nothing is not written to."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not _Database(connection).lacks_something():
            return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            _update(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise


def _update(connection: Any) -> None:
    database = _Database(connection)
    for step in database.missing_steps():
        if not database.is_new:
            step.run(connection)
        database.note(step)
    database = _Database(connection)
    for schema in metadata():
        schema.create_all(connection)
    for table, column in database.missing_columns():
        connection.exec_driver_sql(_addition(connection.dialect, table, column))
    for index in database.missing_indexes():
        index.create(connection)


class _Database:
    """What a database has, compared with what it is to have."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._inspector = package("sqlalchemy").inspect(connection)
        self._there = set(self._inspector.get_table_names())
        self._tables = [table for each in metadata() for table in each.sorted_tables]
        self.is_new = not self._there

    def lacks_something(self) -> bool:
        return (
            any(table.name not in self._there for table in self._tables)
            or bool(self.missing_steps())
            or any(self.missing_columns())
            or any(self.missing_indexes())
        )

    def missing_steps(self) -> list[Step]:
        done = set[int]()
        if TABLE in self._there:
            rows = self.connection.exec_driver_sql(f"SELECT number FROM {TABLE}")
            done = {row[0] for row in rows}
        return [step for step in steps() if step.number not in done]

    def note(self, step: Step) -> None:
        self.connection.exec_driver_sql(
            f"CREATE TABLE IF NOT EXISTS {TABLE} (number INTEGER PRIMARY KEY, name TEXT, at TEXT)"
        )
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self.connection.exec_driver_sql(
            f"INSERT INTO {TABLE} VALUES (?, ?, ?)", (step.number, step.path.name, now)
        )

    def missing_columns(self) -> Iterator[tuple[Any, Any]]:
        for table in self._tables:
            if table.name in self._there:
                columns = {each["name"]: each for each in self._inspector.get_columns(table.name)}
                for name, column in columns.items():
                    _check_left(table, name, column)
                for column in table.columns:
                    if column.name not in columns:
                        yield table, column

    def missing_indexes(self) -> Iterator[Any]:
        for table in self._tables:
            if table.name in self._there:
                there = {each["name"] for each in self._inspector.get_indexes(table.name)}
                yield from (index for index in table.indexes if index.name not in there)


def _check_left(table: Any, name: str, column: Any) -> None:
    """Refuse a column that the model has no more and that every new row would need."""
    is_needed = not column["nullable"] and column["default"] is None and not column["primary_key"]
    if is_needed and name not in table.columns:
        raise MigrationError(
            f"The column {table.name}.{name} is in the database, must not be empty, and its model "
            "no longer has it. Keep the field, or write a step: a file such as "
            f"migrations/0001_{name}.sql with ALTER TABLE {table.name} DROP COLUMN {name};"
        )


def _addition(dialect: Any, table: Any, column: Any) -> str:
    """Return the statement that adds a column, with a value for the rows that are there."""
    schema = package("sqlalchemy.schema")
    text = str(schema.CreateColumn(column).compile(dialect=dialect))
    if not column.nullable and column.server_default is None:
        text += f" DEFAULT {_default(dialect, table, column)}"
    return f"ALTER TABLE {dialect.identifier_preparer.format_table(table)} ADD COLUMN {text}"


def _default(dialect: Any, table: Any, column: Any) -> str:
    default = column.default
    if column.primary_key or default is None or not (default.is_scalar or default.is_callable):
        raise MigrationError(
            f"The column {table.name}.{column.name} is new and must not be empty, and the rows "
            "that are there have nothing in it. Give its field a default, or write a step: a file "
            f"such as migrations/0001_{column.name}.sql"
        )
    value = default.arg(None) if default.is_callable else default.arg
    literal = package("sqlalchemy").literal(value, column.type)
    return str(literal.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
