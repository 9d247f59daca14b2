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
    """What a path leads to: 200 with a file, 301 to the same path with a slash, or 404."""

    status: int
    file: Path | None = None


def look_up(root: Path, path: str) -> Found:
    """What ``path`` (decoded, starting with ``/``) leads to in the site at ``root``."""
    file = _file_at(root, path)
    if file is not None and file.is_dir():
        return Found(301)
    if file is not None and file.is_file():
        return Found(200, file)
    not_found = root / "404.html"
    return Found(404, not_found if not_found.is_file() else None)


def _file_at(root: Path, path: str) -> Path | None:
    """The file that would answer ``path``, whether or not it exists; a folder lacks its slash."""
    parts = PurePosixPath(path.lstrip("/")).parts
    if "\0" in path or "\\" in path or ".." in parts:
        return None
    target = root.joinpath(*parts)
    if path.endswith("/"):
        return target / "index.html" if target.is_dir() else None
    return target if target.exists() else target.with_name(target.name + ".html")


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
    if found.status == 301:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(request.url.path + "/" + query, found.status)
    if found.file is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"Cache-Control": caching(found.file), "X-Content-Type-Options": "nosniff"}
    if found.file.suffix == ".html":
        text = page(found.file.read_text(encoding="utf-8"))
        return Response(text, found.status, headers, media_type(found.file))
    return _file(request, found.file, found.status, headers)


def _file(request: Request, file: Path, status: int, headers: dict[str, str]) -> Response:
    stat = file.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    headers["ETag"] = tag
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return FileResponse(file, status, headers, media_type(file), stat_result=stat)
