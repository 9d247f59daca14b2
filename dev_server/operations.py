"""What a backend tells those who run it: whether it lives, whether it takes calls, its figures."""

from __future__ import annotations

import asyncio
import hmac
import os

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import rpc_metrics
from .guard import LOOPBACK_NAMES
from .rpc import PREFIX, Endpoint
from .rpc_store import StoreError

READY_SECONDS = 3.0
TOKEN = "WASMRX_METRICS_TOKEN"

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_HEADERS = {"Cache-Control": "no-store"}


class Operations:
    """The pages beside the calls."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Tell of ``endpoint``."""
        self._endpoint = endpoint

    def routes(self) -> list[Route]:
        """Return where they are."""
        return [
            Route(f"{PREFIX}/health", self._health),
            Route(f"{PREFIX}/ready", self._ready),
            Route(f"{PREFIX}/metrics", self._metrics),
        ]

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"ok": True}, headers=_HEADERS)

    async def _ready(self, _: Request) -> Response:
        why = await self._why_not()
        if why:
            body = {"ready": False, "why": why}
            return JSONResponse(body, 503, {**_HEADERS, "Retry-After": "1"})
        return JSONResponse({"ready": True}, headers=_HEADERS)

    async def _why_not(self) -> str:
        if self._endpoint.is_draining:
            return "stopping"
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._endpoint.store.ping()
        except (StoreError, TimeoutError):
            return "store"
        return ""

    async def _metrics(self, request: Request) -> Response:
        if not _may_read(request):
            return Response("Not found.\n", 404)
        text = await asyncio.to_thread(rpc_metrics.written)
        return Response(text, headers={**_HEADERS, "Content-Type": rpc_metrics.CONTENT_TYPE})


def _may_read(request: Request) -> bool:
    """Tell whether someone who asks for figures has the token, or without one sits beside us."""
    token = os.environ.get(TOKEN)
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    address = request.client.host if request.client is not None else ""
    is_forwarded = any(name in request.headers for name in _FORWARDED)
    return address in LOOPBACK_NAMES and not is_forwarded
