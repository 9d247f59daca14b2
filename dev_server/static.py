"""The files of a site over HTTP, found and typed as GitHub Pages does it.

``/about`` leads to ``/about/``, a folder shows its ``index.html``, and what is not there shows
``404.html`` with status 404. Files with a hash in their name never change, so they are kept for
good; everything else is asked for again each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_HASHED = re.compile(r"[.-][0-9a-f]{8,}\.[^/]+$")


@dataclass(frozen=True)
class Found:
    """What a path leads to: a file with its status, or the path to go to instead."""

    file: Path | None = None
    status: int = 200
    redirect: str | None = None


def look_up(root: Path, path: str) -> Found:
    """What ``path`` (decoded, starting with ``/``) leads to in the site at ``root``."""
    parts = PurePosixPath(path.lstrip("/")).parts
    if "\0" in path or "\\" in path or ".." in parts:
        return Found(status=404)
    target = root.joinpath(*parts)
    if target.is_dir():
        if not path.endswith("/"):
            return Found(status=301, redirect=path.rpartition("/")[2] + "/")
        target /= "index.html"
    elif not path.endswith("/") and not target.is_file():
        target = target.with_name(target.name + ".html")
    if target.is_file() and (not path.endswith("/") or target.name == "index.html"):
        return Found(target)
    not_found = root / "404.html"
    return Found(not_found if not_found.is_file() else None, 404)


def media_type(path: Path) -> str:
    """The Content-Type; the same on every machine, whatever its own tables say."""
    return MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")


def caching(path: Path) -> str:
    """The Cache-Control of a file."""
    hashed = _HASHED.search(path.name) and "wasmrx" in path.parts
    return FOREVER if hashed else ASK_AGAIN


def respond(request: Request, root: Path, page: Callable[[str], str]) -> Response:
    """The answer to a request; the text of each HTML file goes through ``page`` first."""
    if request.method not in ("GET", "HEAD"):
        return PlainTextResponse("Only GET and HEAD are answered here.", 405)
    found = look_up(root, request.url.path)
    if found.redirect is not None:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(request.url.path + "/" + query, found.status)
    if found.file is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"Cache-Control": caching(found.file), "X-Content-Type-Options": "nosniff"}
    if found.file.suffix == ".html":
        text = page(found.file.read_text(encoding="utf-8"))
        return Response(text, found.status, headers, media_type(found.file))
    return _file(request, found, headers)


def _file(request: Request, found: Found, headers: dict[str, str]) -> Response:
    assert found.file is not None
    stat = found.file.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers["ETag"] = tag
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return FileResponse(found.file, found.status, headers, media_type(found.file), stat_result=stat)
