"""The worker's entries: ``start`` once, then ``receive`` for each message of the page.

``attach`` gives the app a place to keep its state. This is the only module of the runtime that may
touch ``js`` or ``pyodide``.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

from . import _door, adapted, alias, kept_files, sleep, threads
from .app import App
from .component_state import make_copies
from .dispatch import Dispatch
from .errors import ServerCallError, StateValueError, UploadValueError
from .registry import all_handlers

_current: list[Dispatch] = []


def start(app_module: str, manifest: str, post: Callable[[str | int], Any]) -> None:
    """Import the author's module and get ready for messages; updates go to ``post``.

    ``manifest`` is JSON: ``{"app", "routes", "initial", "dev"}``, and ``"held"`` where vars hold
    components: what computed components read. An exception of the author's module goes on to the
    caller, which shows it.
    """
    alias.install()
    if _door.IN_WORKER:
        adapted.install()
        sleep.install()
        threads.install()
    told: dict[str, Any] = json.loads(manifest)
    held: dict[str, Any] = told.get("held") or {}
    _door.offer(bool(held))
    module = importlib.import_module(app_module)
    app = getattr(module, "app", None)
    if not isinstance(app, App):
        raise StateValueError(
            f"The module {app_module!r} has no 'app': it must say 'app = rx.App()'."
        )
    app.add_decorated_pages()
    initial: dict[str, dict[str, Any]] = told.get("initial") or {}
    make_copies(initial)
    _door.open_for_building(app)
    _current[:] = [Dispatch(app, initial, post, bool(told.get("dev")))]
    _current[0].updates.built = held.get("reads") or {}
    if any(handler.server is not None for handler in all_handlers()):
        _current[0].background.prepare_calls()
    if _door.IN_WORKER:
        signal.signal(signal.SIGINT, _current[0].running.interrupt)


def offer_files(files: Any) -> None:
    """Note who keeps the files of the working folder."""
    kept_files.found[:] = [files]


parts: list[Any] = []
"""What this worker was started from, for others like it."""


def offer_parts(given: Any) -> None:
    """Note what other workers of this app can start from."""
    parts[:] = [given]


def receive(message: str, files: Any = None) -> None:
    """Take one message of the page, and the files that come with it. Never raises."""
    if not _current:
        print("A message came before the app was started.", file=sys.stderr)
        return
    _current[0].receive(message, [_BrowserFile(file) for file in files or ()])


class _BrowserFile:
    """A ``File`` of the browser: a handle, whose bytes come when they are read."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.name = str(file.name)
        self.size = int(file.size)
        self.type = str(file.type)

    async def read(self, start: int, end: int) -> bytes:
        try:
            return (await self._file.slice(start, end).arrayBuffer()).to_bytes()
        except Exception as error:
            raise self._unreadable(error) from None

    def read_now(self, start: int, end: int) -> bytes:
        reader = importlib.import_module("js").FileReaderSync.new()
        try:
            return reader.readAsArrayBuffer(self._file.slice(start, end)).to_bytes()
        except Exception as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: Exception) -> UploadValueError:
        return UploadValueError(
            f"The file {self.name!r} cannot be read ({error}). It was changed or removed after it "
            "was chosen, or the browser has no room for it: choose it again."
        )


def address_of(data: bytes, mime: str) -> str:
    """Return an address that the page can show ``data`` by, as long as this worker lives."""
    js = importlib.import_module("js")
    to_js: Callable[[Any], Any] = importlib.import_module("pyodide.ffi").to_js
    options = js.Object.fromEntries(to_js([["type", mime]]))
    return str(js.URL.createObjectURL(js.Blob.new(to_js([data]), options)))


def forget_address(address: str) -> None:
    """Let go of the data behind an address."""
    importlib.import_module("js").URL.revokeObjectURL(address)


def attach(records: Any, life: str, write: Callable[[Any], Any]) -> str:
    """Keep state from now on, starting with ``records``, pairs of name and bytes.

    ``write`` gets such pairs, without bytes where the record is to go. ``life`` names the page
    load. Returns as JSON what is known of its events: ``{"begun", "open"}``.
    """
    to_js: Callable[[Any], Any] = importlib.import_module("pyodide.ffi").to_js

    def put(changes: list[tuple[str, bytes | None]]) -> None:
        write(to_js(changes))

    read = [(str(name), bytes(data)) for name, data in records.to_py()]
    kept = _current[0].updates.commits.attach(read, life, put)
    return json.dumps(kept._asdict())


def written(ok: bool) -> None:
    """Note what became of the oldest write that is not yet answered."""
    _current[0].updates.commits.written(ok)


def lost() -> None:
    """Note that what was written is gone: the browser's data was cleared."""
    _current[0].updates.commits.lost()


def flush() -> None:
    """Write what is not yet written: the page may be about to go."""
    _current[0].updates.commits.flush()


def idle() -> bool:
    """Tell whether a new worker would go on with the saved state as this one does."""
    return _current[0].is_idle()


def is_online() -> bool:
    """Tell whether the browser believes that it has a network."""
    return bool(importlib.import_module("js").navigator.onLine)


async def post_call(address: str, headers: dict[str, str], body: str, seconds: float) -> _Answer:
    """Send a call to the backend; its answer may go on for a while.

    Raises ServerCallError where the backend is not reached, or silent for ``seconds``. A call that
    is cancelled is ended on its way.
    """
    answer = _Answer(seconds)
    await answer.open(address, headers, body)
    return answer


class _Answer:
    """What a backend answers, line by line as it comes."""

    def __init__(self, seconds: float) -> None:
        self._js: Any = importlib.import_module("js")
        self._abort = self._js.AbortController.new()
        self._seconds = seconds
        self._reader: Any = None
        self.status = 0
        self.retry_after = 0.0

    async def open(self, address: str, headers: dict[str, str], body: str) -> None:
        to_js: Callable[..., Any] = importlib.import_module("pyodide.ffi").to_js
        given = {"method": "POST", "headers": headers, "body": body, "cache": "no-store"}
        given |= {"signal": self._abort.signal, "credentials": "include", "redirect": "error"}
        options = to_js(given, dict_converter=self._js.Object.fromEntries)
        url = self._js.URL.new(address or "./", self._js.URL.new("../_wasmrx/", self._js.location))
        found = await self._in_time(self._js.fetch(url, options))
        self.status = int(found.status)
        after = str(found.headers.get("Retry-After") or "")
        self.retry_after = float(after) if after.isdigit() else 0.0
        self._reader = found.body.getReader()

    async def lines(self) -> AsyncIterator[str]:
        rest = b""
        while True:
            part = await self._in_time(self._reader.read())
            if part.done:
                break
            *whole, rest = (rest + part.value.to_bytes()).split(b"\n")
            for line in whole:
                yield line.decode()
        if rest.strip():
            yield rest.decode()

    async def _in_time(self, promise: Any) -> Any:
        try:
            return await asyncio.wait_for(promise, self._seconds)
        except asyncio.CancelledError:
            self.close()
            raise
        except Exception as failure:
            self.close()
            error = ServerCallError("The server cannot be reached.")
            if "(CORS)" in str(failure):
                error = ServerCallError(
                    f"The server gave no answer that pages of {self._js.location.origin} may read. "
                    "wasmrx backend --origin names the pages that may."
                )
            error.code = "unreachable"
            raise error from None

    def close(self) -> None:
        self._abort.abort()
