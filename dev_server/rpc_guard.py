"""Who may call at all: the app's own pages, by JSON and a header that other sites cannot send.

A page on another site can make a browser send forms and simple requests with the visitor's cookies.
It can neither set a header of its own nor forge Origin. Without an Origin nothing is answered.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from .guard import LOOPBACK_NAMES
from .rpc_errors import CallRefused

HEADER = "wasmrx-call"
ALLOWED_HEADERS = "Content-Type, Wasmrx-Call, Idempotency-Key"


def own_origins(host: str) -> set[str]:
    """Return the origins of pages that the host itself serves; plain HTTP on loopback only."""
    found = {f"https://{host}"}
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return set()
    if name in LOOPBACK_NAMES:
        found.add(f"http://{host}")
    return found


def allowed_origin(headers: Headers, configured: Collection[str]) -> str | None:
    """Return the Origin of a request that is ``configured``, or without that the host's own."""
    given = headers.getlist("origin")
    if len(given) != 1:
        return None
    allowed = set(configured) or own_origins(headers.get("host", ""))
    return given[0] if given[0] in allowed and given[0] != "null" else None


def check_request(method: str, headers: Headers, configured: Collection[str]) -> None:
    """Raise CallRefused unless a request is a call of one of the app's own pages."""
    if allowed_origin(headers, configured) is None:
        raise CallRefused("origin")
    if headers.get("sec-fetch-site") == "cross-site" and not configured:
        raise CallRefused("origin")
    if method != "POST":
        raise CallRefused("method")
    if not headers.get(HEADER):
        raise CallRefused("header")
    kinds = headers.getlist("content-type")
    kind, _, parameters = (kinds[0] if len(kinds) == 1 else "").partition(";")
    if kind.strip().lower() != "application/json":
        raise CallRefused("type")
    if parameters.strip().lower().replace('"', "") not in ("", "charset=utf-8"):
        raise CallRefused("type")
    if headers.get("content-encoding", "identity") != "identity":
        raise CallRefused("type")


def cors_headers(origin: str) -> list[tuple[bytes, bytes]]:
    """Return what lets a page of another host read the answer."""
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-expose-headers", b"Retry-After"),
        (b"vary", b"Origin"),
    ]


PREFLIGHT = [
    (b"access-control-allow-methods", b"POST"),
    (b"access-control-allow-headers", ALLOWED_HEADERS.encode()),
    (b"access-control-max-age", b"600"),
]
