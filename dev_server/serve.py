"""``wasmrx serve``: a site on loopback that follows the author's edits."""

from __future__ import annotations

import asyncio
import errno
import importlib
import socket
import time
from collections.abc import Callable, Collection
from contextlib import aclosing
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send
from watchfiles import (  # awatch names an optional type
    Change,
    DefaultFilter,
    awatch,  # pyright: ignore[reportUnknownVariableType]
)

from wasmrx.wasm.bundle import is_secret

from .backend_cli import MISSING
from .builder import Builder
from .guard import LoopbackOnly
from .live import Live, LiveMessage
from .project import Project
from .static import MEDIA_TYPES, respond

DEFAULT_PORT = 8000
PORTS_TRIED = 20
LIVE_SCRIPT = Path(__file__).parent / "templates" / "live.js"
WAITING_PAGE = (Path(__file__).parent / "templates" / "waiting.html").read_text(encoding="utf-8")

Say = Callable[[str], None]


class PortTakenError(Exception):
    """The port is in use; the text says which and what to do."""


def listen(port: int | None) -> list[socket.socket]:
    """Sockets on loopback at ``port``; without one, at the first free port from 8000 on."""
    if port is not None:
        try:
            return _bind(port)
        except OSError as error:
            raise PortTakenError(_port_message(port, error)) from error
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        try:
            return _bind(candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PortTakenError(_port_message(candidate, error)) from error
    last = DEFAULT_PORT + PORTS_TRIED - 1
    raise PortTakenError(f"Ports {DEFAULT_PORT} to {last} are all in use. Name one with --port.")


def _port_message(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program. "
            "Choose another with --port, or leave --port out to take the next free one."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs administrator rights. Choose one above 1023 with --port."
    return f"Cannot listen on port {port}: {error.strerror or error}."


def _bind(port: int) -> list[socket.socket]:
    """A listening socket on 127.0.0.1, and one on ::1 where the machine has it."""
    first = _listening(socket.AF_INET, "127.0.0.1", port)
    try:
        return [first, _listening(socket.AF_INET6, "::1", first.getsockname()[1])]
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            first.close()
            raise
        return [first]


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen()
    except OSError:
        made.close()
        raise
    return made


class DevServer:
    """The site of one project: built, served, watched."""

    def __init__(self, project: Project, say: Say, complain: Say) -> None:
        """Serve ``project``; ``say`` prints progress, ``complain`` prints what went wrong."""
        self.live = Live()
        self._project = project
        self._say = say
        self._complain = complain
        self._builder = Builder(project)
        self._outside: list[str] = []
        self._backend: Any = None

    def asgi(self) -> LoopbackOnly:
        """The ASGI application."""
        routes = [
            Route("/wasmrx/live.js", self._live_script),
            Route("/wasmrx/live", self._live_stream),
            Mount("/_wasmrx", app=self._call),
            Route("/{path:path}", self._file, methods=["GET", "HEAD"]),
        ]
        return LoopbackOnly(Starlette(routes=routes))

    async def run(self, sockets: list[socket.socket]) -> None:
        """Build, then serve and watch until the process is told to stop."""
        try:
            await self.rebuild()
            port = sockets[0].getsockname()[1]
            self._say(f"\n  http://localhost:{port}/\n\nCtrl-C stops it.")
            config = uvicorn.Config(self.asgi(), log_level="warning", lifespan="off")
            server = _Server(config, self.live)
            watching = asyncio.create_task(self._watch())
            try:
                await server.serve(sockets)
            finally:
                watching.cancel()
        finally:
            if self._backend is not None:
                await self._backend.close()
            await self._builder.close()

    async def rebuild(self, changed: str = "") -> None:
        """Build and tell the open pages what came of it."""
        started = time.perf_counter()
        result = await self._builder.build()
        self._outside = result["read"] if result["ok"] else [*self._outside, *result["read"]]
        if not result["ok"]:
            self._complain(result["text"])
            last = LiveMessage(kind="error", build=self.live.last["build"], text=result["text"])
            await self.live.tell(last)
            return
        if result["server"]:
            await self._run_backend()
        for warning in result["warnings"]:
            self._complain(f"Warning: {warning}")
        pages = len(result["routes"])
        what = f"{changed} → rebuilt" if changed else f"Built {pages} page{'s'[: pages != 1]}"
        self._say(f"{what} in {time.perf_counter() - started:.2f} s")
        await self.live.tell(LiveMessage(kind="build", build=result["build"], text=""))

    async def _run_backend(self) -> None:
        """Run the server handlers of the sources as they are."""
        try:
            proxy: Any = importlib.import_module(f"{__package__}.rpc_proxy")
        except ModuleNotFoundError as error:
            self._complain(MISSING.format(name=error.name))
            return
        if self._backend is None:
            self._backend = proxy.DevBackend(self._project, self._builder.work / "backend.sqlite")
        try:
            await self._backend.restart()
        except proxy.BackendFailedError as error:
            self._complain(str(error))

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._backend is None:
            await PlainTextResponse("The app has no server handlers.", 404)(scope, receive, send)
        else:
            await self._backend(scope, receive, send)

    async def _watch(self) -> None:
        while True:
            await self._follow([path for path in self._outside if Path(path).is_file()])

    async def _follow(self, outside: Collection[str]) -> None:
        """Rebuild at each change of the app's folder and of the files ``outside`` of it.

        Returns when these have to be looked up anew: an editor may put a new file in the place of
        one, and a build may read others than the one before.
        """
        sources = _Sources(self._project, outside)
        watching = awatch(self._project.root, *outside, watch_filter=sources, debounce=60, step=20)
        async with aclosing(watching):
            async for changes in watching:
                paths = {path for _, path in changes}
                names = sorted({Path(path).name for path in paths})
                await self.rebuild(", ".join(names[:3]) + (", …" if names[3:] else ""))
                if paths.intersection(outside) or set(self._outside) != set(outside):
                    return

    async def _live_script(self, _: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return FileResponse(LIVE_SCRIPT, headers=headers, media_type=MEDIA_TYPES[".js"])

    async def _live_stream(self, _: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self.live.stream(), 200, headers, "text/event-stream")

    async def _file(self, request: Request) -> Response:
        folder = self._builder.folder_with(request.url.path.lstrip("/"))
        if folder is None:
            return HTMLResponse(self._with_live(WAITING_PAGE), 503)
        return respond(request, folder, self._with_live)

    def _with_live(self, page: str) -> str:
        build = self.live.last["build"]
        tag = f'<script src="/wasmrx/live.js?build={build}" defer></script>'
        return page.replace("</head>", f"{tag}</head>", 1)


class _Server(uvicorn.Server):
    """Ends the event streams when told to stop; they would hold the server open otherwise."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._live.close()
        await super().shutdown(sockets)


class _Sources(DefaultFilter):
    """What a build reads: everything in the app's folder but caches, hidden files and sites."""

    def __init__(self, project: Project, outside: Collection[str]) -> None:
        super().__init__()
        self._root = project.root
        self._outside = frozenset(outside)

    def __call__(self, change: Change, path: str) -> bool:
        if path in self._outside or not Path(path).is_relative_to(self._root):
            return path in self._outside
        parts = Path(path).relative_to(self._root).parts
        if any(part.startswith(".") for part in parts) or parts[0] == "dist":
            return False
        if is_secret(Path(path)):  # A database that server handlers write to, say.
            return False
        return super().__call__(change, path)
