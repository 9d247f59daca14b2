"""The app's database: which one it is, its tables made and brought up to date at first use.

In the browser it is an SQLite file in the working folder, which the worker keeps at the end of each
transaction. SQLAlchemy and SQLModel are packages of the app: they come when this module does.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from .errors import WasmrxError, caller_place

IN_BROWSER = sys.platform == "emscripten"
DEFAULT_URL = "sqlite:///reflex.db"
_URL_VARIABLES = ("REFLEX_DB_URL", "DB_URL")
_READ_ONLY = "attempt to write a readonly database"
_FULL = "database or disk is full"


class DatabaseError(WasmrxError):
    """The app's database cannot be used."""


class DatabaseReadOnlyError(DatabaseError):
    """Another tab of the site changes the database; this one reads it."""


def package(name: str) -> Any:
    """Return the module ``name`` of a package that the app must require."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        raise DatabaseError(
            f"rx.Model and rx.session need the package {error.name}, which the app does not have. "
            "`wasmrx add sqlmodel` adds it."
        ).at(caller_place()) from None


def database_url() -> str:
    """Return where the database is: the environment's word, else that of ``rxconfig.py``.

    Raises DatabaseError in the browser for a database that only a server reaches.
    """
    told = [os.environ.get(name) for name in _URL_VARIABLES]
    url = next(filter(None, told), None) or _option("db_url") or DEFAULT_URL
    return _reachable(str(url))


def async_url() -> str | None:
    """Return the address that ``rxconfig.py`` gives for asynchronous drivers, on a server only."""
    url = None if IN_BROWSER else _option("async_db_url")
    return None if url is None else str(url)


def _option(name: str) -> Any:
    try:
        module = importlib.import_module("rxconfig")
    except ModuleNotFoundError as error:
        if error.name != "rxconfig":
            raise
        return None
    return getattr(getattr(module, "config", None), name, None)


def _reachable(url: str) -> str:
    if IN_BROWSER and not url.startswith("sqlite:"):
        kind = url.partition(":")[0]
        raise DatabaseError(
            f"The database of rxconfig.py ({kind}) needs a server. In the browser it is SQLite: "
            'db_url="sqlite:///reflex.db". What works on the other one is a handler with '
            "@rx.server."
        )
    return url


_engines: dict[str, Any] = {}


def get_engine(url: str | None = None) -> Any:
    """Return the engine of a database, whose tables are there and up to date."""
    url = database_url() if url is None else _reachable(url)
    engine = _engines.get(url)
    if engine is None:
        engine = _made(url)
        if engine.dialect.name == "sqlite":
            importlib.import_module(f"{__package__}.migrations").bring_up_to_date(engine)
        _engines[url] = engine
    return engine


def _made(url: str) -> Any:
    sqlalchemy = package("sqlalchemy")
    options: dict[str, Any] = {"echo": bool(os.environ.get("SQLALCHEMY_ECHO"))}
    if url.startswith("sqlite:"):
        # In the browser nobody could free a lock while this waits.
        more: dict[str, Any] = {"timeout": 0} if IN_BROWSER else {}
        options["connect_args"] = {"check_same_thread": False, **more}
    if IN_BROWSER:
        pools = package("sqlalchemy.pool")
        in_memory = sqlalchemy.make_url(url).database in (None, "", ":memory:")
        options["poolclass"] = pools.StaticPool if in_memory else pools.NullPool
    engine = sqlalchemy.create_engine(url, **options)
    if IN_BROWSER:
        sqlalchemy.event.listen(engine, "handle_error", _explain)
    return engine


def _explain(context: Any) -> None:
    """Say in words what a database in the browser refuses."""
    words = str(context.original_exception)
    if _READ_ONLY in words:
        raise DatabaseReadOnlyError(
            "Another tab of this site has the database open: here it can be read only. Close the "
            "other tab, or go on there."
        ) from None
    if _FULL in words:
        raise DatabaseError("There is no room left for the database.") from None


async def settled() -> None:
    """Wait until the browser has stored what was written. Raises NotKeptError where it cannot."""
    await importlib.import_module(f"{__package__}.kept_files").settled()
