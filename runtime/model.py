"""``rx.Model``, ``rx.session`` and ``rx.asession``: SQLModel on the app's database.

Imported when an app names one of these. Which database it is, and how its tables come to be, is in
``database`` and ``migrations``.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Any

from .database import IN_BROWSER, async_url, get_engine, package, settled
from .registered_models import ModelRegistry as ModelRegistry
from .registered_models import metadata

_sqlmodel: Any = package("sqlmodel")
_SQLModel: Any = _sqlmodel.SQLModel
_Meta: Any = _SQLModel.__class__


def _is_key(field: Any) -> bool:
    column = getattr(field, "sa_column", None)
    return True in (getattr(field, "primary_key", None), getattr(column, "primary_key", None))


class _ModelMeta(_Meta):
    """Makes classes of models; one that declares a key of its own gets no ``id`` beside it."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], given: dict[str, Any], **options: Any
    ) -> Any:
        own = any(_is_key(field) for each, field in given.items() if each != "id")
        if own and "Model" in globals():
            bases = tuple(_WithoutId if base is Model else base for base in bases)
        parent: Any = super()
        return parent.__new__(cls, name, bases, given, **options)


class _WithoutId(_SQLModel, metaclass=_ModelMeta):
    """What every model of an app can do."""

    def dict(self, **options: Any) -> dict[str, Any]:
        """Return the fields by their names."""
        return self.model_dump(**options)

    @classmethod
    def select(cls) -> Any:
        """Return a query of all rows: ``session.exec(User.select())``."""
        return _sqlmodel.select(cls)

    @staticmethod
    def create_all() -> None:
        """Make the tables that the database lacks; SQLite's come by themselves at first use."""
        for each in metadata():
            each.create_all(get_engine())

    @staticmethod
    def get_db_engine() -> Any:
        """Return SQLAlchemy's engine of the database."""
        return get_engine()


class Model(_WithoutId):
    """A row of a table, as SQLModel has it, with a number as its ``id`` unless it has another key.

    >>> class User(rx.Model, table=True):
    ...     name: str
    """

    id: int | None = _sqlmodel.Field(default=None, primary_key=True)


def session(url: str | None = None) -> Any:
    """Return a session of SQLModel on the app's database, or on the one at ``url``.

    >>> with rx.session() as session:
    ...     session.add(User(name="Ada"))
    ...     session.commit()
    """
    return _sqlmodel.Session(get_engine(url))


def asession(url: str | None = None) -> Any:
    """Return a session whose work is awaited: ``async with rx.asession() as session``.

    In the browser ``await session.commit()`` waits until the database is stored, and raises
    ``NotKeptError`` where it cannot be. A server uses ``async_db_url`` of ``rxconfig.py`` where
    that is given.
    """
    found = url or async_url()
    if found is None or IN_BROWSER:
        return AsyncSession(session(url))
    engines = package("sqlalchemy.ext.asyncio")
    return package("sqlmodel.ext.asyncio.session").AsyncSession(engines.create_async_engine(found))


_AWAITED = frozenset(
    "close commit delete exec execute flush get get_one merge refresh rollback scalar "
    "scalars".split()
)


class AsyncSession:
    """A session whose calls are awaited; on a server they run in a thread."""

    def __init__(self, inner: Any) -> None:
        """Work with an ordinary session."""
        self.sync_session = inner

    def __getattr__(self, name: str) -> Any:
        """Return what the session has, to be awaited where it works on the database."""
        found = getattr(self.sync_session, name)
        if name not in _AWAITED:
            return found

        async def call(*given: Any, **options: Any) -> Any:
            return await self._run(lambda: found(*given, **options), name == "commit")

        return call

    async def run_sync(self, fn: Callable[..., Any], *given: Any, **options: Any) -> Any:
        """Return what ``fn`` makes of the ordinary session."""
        return await self._run(lambda: fn(self.sync_session, *given, **options))

    @contextlib.asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession]:
        """Commit at the end of the block; undo it where that raises."""
        try:
            yield self
        except BaseException:
            await self._run(self.sync_session.rollback)
            raise
        await self._run(self.sync_session.commit, True)

    async def _run(self, work: Callable[[], Any], is_commit: bool = False) -> Any:
        if not IN_BROWSER:
            return await asyncio.to_thread(work)
        result = work()
        if is_commit:
            await settled()
        return result

    async def __aenter__(self) -> AsyncSession:
        """Return the session."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it; what was not committed is undone."""
        await self._run(self.sync_session.close)
