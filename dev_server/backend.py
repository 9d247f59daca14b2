"""The backend of an app: its server handlers, and where asked the built site beside them.

``create`` makes the ASGI application of an app's folder. ``asgi`` does it from environment
variables, for servers that start their own processes:
``WASMRX_APP=my_app uvicorn --factory wasmrx.dev_server.backend:asgi``.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from wasmrx.compiler.evaluate import evaluate
from wasmrx.remote import server
from wasmrx.wasm.server_table import server_table

from .draining import Draining
from .operations import Operations
from .project import Project, find_project
from .rpc import CALLS, Endpoint, Rules, path_of
from .rpc_sqlite import SqliteStore
from .rpc_store import Store
from .static import respond

DATA = ".wasmrx/backend.sqlite"

logger = logging.getLogger("wasmrx.backend")


@dataclass(frozen=True)
class Settings:
    """How a backend runs. ``site`` is a built site to serve, ``data`` the file for what is kept.

    ``origins`` are the origins of pages on other hosts that may call; without any, pages of the
    backend's own host may. With ``redis``, a URL, that is kept there. ``drain`` is how many seconds
    calls are refused at least before the end.
    """

    project: Project
    data: Path | str
    site: Path | None = None
    origins: tuple[str, ...] = ()
    redis: str = ""
    drain: float = 0.0


class NoServerHandlersError(Exception):
    """The app has nothing to run on a server."""


def settings_of(folder: Path) -> Settings:
    """Return the settings for the app of a folder, with what the environment says."""
    project = find_project(folder)
    env = os.environ
    origins = tuple(filter(None, env.get("WASMRX_ORIGINS", "").split(",")))
    site = env.get("WASMRX_SITE")
    data: Path | str = Path(env["WASMRX_DATA"]) if "WASMRX_DATA" in env else project.root / DATA
    drain = float(env.get("WASMRX_DRAIN", "0"))
    folder_of_site = Path(site) if site else None
    return Settings(project, data, folder_of_site, origins, env.get("WASMRX_REDIS", ""), drain)


class MissingRedisError(Exception):
    """The package for Redis is not installed."""


class Backend:
    """The ASGI application: calls, and what is asked beside them."""

    def __init__(self, endpoint: Endpoint, beside: ASGIApp) -> None:
        """Answer calls by ``endpoint``."""
        self._endpoint = endpoint
        self._beside = beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; calls go no way round."""
        is_call = scope["type"] != "lifespan" and path_of(scope).startswith(CALLS)
        await (self._endpoint if is_call else self._beside)(scope, receive, send)


def asgi() -> Backend:
    """Return the ASGI application that the environment asks for."""
    return create(settings_of(Path(os.environ.get("WASMRX_APP", "."))))


def create(settings: Settings) -> Backend:
    """Return the ASGI application of an app: the author's modules are imported here."""
    project = settings.project
    evaluate(project.module, project.root)
    table = server_table()
    if not table.handlers:
        raise NoServerHandlersError(
            f"{project.name} has no server handler. Mark one with @rx.event(server=True)."
        )
    endpoint = Endpoint(table, _store(settings), _rules(settings))
    names = ", ".join(found.handler.name for found in table.handlers.values())
    logger.info("backend of %s: %s", project.name, names)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        gc.collect()
        gc.freeze()  # What is there now stays: it is not looked through again with each collection.
        Draining(endpoint, settings.drain).stand_before()
        yield
        endpoint.is_draining = True
        await endpoint.close()

    routes: list[BaseRoute] = [*Operations(endpoint).routes()]
    if settings.site is not None:
        routes.append(Route("/{path:path}", _Site(settings.site.resolve())))
    return Backend(endpoint, Starlette(routes=routes, lifespan=lifespan))


def _rules(settings: Settings) -> Rules:
    """Return the rules that the app itself gives, and the origins of the settings."""
    given = dict(server.rules)
    origins = frozenset((*given.pop("origins", ()), *settings.origins))
    return replace(Rules(), origins=origins, **given)


def _store(settings: Settings) -> Store:
    if not settings.redis:
        return SqliteStore(settings.data)
    try:
        from .rpc_redis import RedisStore  # noqa: PLC0415 - its package is an extra
    except ModuleNotFoundError as error:
        raise MissingRedisError(
            "Redis needs the package of an extra: pip install 'wasmrx[redis]'."
        ) from error
    return RedisStore(settings.redis, f"wasmrx:{settings.project.name}")


class _Site:
    """The files of a built site."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = respond(Request(scope, receive), self._root, lambda page: page)
        await response(scope, receive, send)
