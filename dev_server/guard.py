"""Who may talk to the development server: pages that it served itself, on this machine.

The server shows the author's unpublished source, so a website open in the same browser must not
read it: neither by its own requests (Origin, Sec-Fetch-Site) nor by pointing a name of its own
at the loopback address (Host).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class LoopbackOnly:
    """ASGI middleware that answers 403 to everything that does not come from a page of ours."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            return
        refusal = refused(Headers(scope=scope))
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse(refusal, 403)(scope, receive, send)


def refused(headers: Headers) -> str | None:
    """Why a request with these headers is refused, or None."""
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in LOOPBACK_NAMES:
        return f"This server answers to localhost only, not to {host!r}."
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return f"This server answers its own pages only, not {origin!r}."
    opens_page = headers.get("sec-fetch-mode") == "navigate"
    framed = headers.get("sec-fetch-dest") not in (None, "document")
    if headers.get("sec-fetch-site") in ("cross-site", "same-site") and (framed or not opens_page):
        return "This server answers its own pages only, not another site."
    return None
