"""Who may call at all: the app's own pages, by JSON and a header that other sites cannot send.

A page on another site can make a browser send forms and simple requests with the visitor's cookies.
It can neither set a header of its own nor forge Origin. Without an Origin nothing is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from .guard import LOOPBACK_NAMES
from .rpc_errors import CallRefused

HEADER = "wasmrx-call"
ALLOWED_HEADERS = "Content-Type, Wasmrx-Call, Idempotency-Key"


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; what came more than once is joined, as HTTP says."""
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        if key in found:
            text = f"{found[key]}{'; ' if key == 'cookie' else ', '}{text}"
        found[key] = text
    return found


@lru_cache(maxsize=1000)
def own_origins(host: str) -> frozenset[str]:
    """Return the origins of pages that the host itself serves; plain HTTP on loopback only."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return frozenset()
    plain = (f"http://{host}",) if name in LOOPBACK_NAMES else ()
    return frozenset((f"https://{host}", *plain))


@lru_cache(maxsize=1000)
def is_plain(origin: str) -> bool:
    """Tell whether an Origin is one of plain HTTP on loopback."""
    parts = urlsplit(origin)
    return parts.scheme == "http" and parts.hostname in LOOPBACK_NAMES


def allowed_origin(headers: Mapping[str, str], configured: Collection[str]) -> str | None:
    """Return the Origin of a request that is ``configured``, or without that the host's own."""
    given = headers.get("origin", "null")
    allowed = configured or own_origins(headers.get("host", ""))
    return given if given in allowed and given != "null" else None


def check_request(
    method: str, headers: Mapping[str, str], origin: str | None, configured: Collection[str]
) -> None:
    """Raise CallRefused unless a request is a call of one of the app's own pages."""
    if origin is None:
        raise CallRefused("origin")
    if headers.get("sec-fetch-site") == "cross-site" and not configured:
        raise CallRefused("origin")
    if method != "POST":
        raise CallRefused("method")
    if not headers.get(HEADER):
        raise CallRefused("header")
    kind, _, parameters = headers.get("content-type", "").partition(";")
    if kind.strip().lower() != "application/json":
        raise CallRefused("type")
    if parameters and parameters.strip().lower().replace('"', "") not in ("", "charset=utf-8"):
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
