"""``wasmrx serve`` and the backend beside it: a process for each build, behind the pages' address.

The author's modules live in that process only, so each build's backend has them fresh. It listens
on loopback, and gets what passes the guard of the development server: same host, same origin.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import httpx
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from .project import Project

STARTING = 30.0


class BackendFailedError(Exception):
    """The backend could not start; the text says why."""


class DevBackend:
    """The backend of the last build that has one."""

    def __init__(self, project: Project, data: Path) -> None:
        """Run nothing yet; sessions lie in the file ``data``, which outlives each build."""
        self._project = project
        self._data = data
        self._process: Process | None = None
        self._port = 0
        self._client = httpx.AsyncClient(timeout=None, trust_env=False, follow_redirects=False)

    async def restart(self) -> None:
        """Run the backend of the sources as they are; the one before ends once it is there."""
        command = (sys.executable, "-m", "wasmrx.dev_server.backend_job")
        process = await asyncio.create_subprocess_exec(
            *(*command, str(self._project.root), str(self._data)),
            cwd=self._project.root,
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
        )
        assert process.stdout is not None
        line = b""
        with contextlib.suppress(TimeoutError):
            line = await asyncio.wait_for(process.stdout.readline(), STARTING)
        text = line.decode().strip()
        if not text.isdigit():
            process.kill()
            rest = (await process.stdout.read()).decode()
            raise BackendFailedError(f"{text}\n{rest}".strip() or "The backend did not start.")
        await self.stop()
        self._process, self._port = process, int(text)

    async def stop(self) -> None:
        """End the backend that runs, if any."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 3)
            except TimeoutError:
                process.kill()

    async def close(self) -> None:
        """End the backend, and let go of connections."""
        await self.stop()
        await self._client.aclose()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a call on, and its answer back as it comes; a page that goes away ends both."""
        if self._process is None:
            await _refuse(send, b"There is no backend.")
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        passing = asyncio.ensure_future(self._pass(scope, body, send))
        leaving = asyncio.ensure_future(_until_away(receive))
        await asyncio.wait((passing, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not passing.done():
            passing.cancel()
        with contextlib.suppress(asyncio.CancelledError, httpx.HTTPError):
            await passing

    async def _pass(self, scope: Scope, body: bytes, send: Send) -> None:
        url = f"http://127.0.0.1:{self._port}{scope['path']}"
        given = [(k, v) for k, v in Headers(scope=scope).items() if k != "content-length"]
        request = self._client.build_request(scope["method"], url, content=body, headers=given)
        response = await self._client.send(request, stream=True)
        try:
            head = [(k.lower(), v) for k, v in response.headers.raw if k.lower() not in _OWN]
            start = {"type": "http.response.start", "status": response.status_code, "headers": head}
            await send(start)
            async for part in response.aiter_raw():
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await response.aclose()


_OWN = (b"transfer-encoding", b"connection", b"date", b"server")


async def _until_away(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, words: bytes) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": words, "more_body": False})
