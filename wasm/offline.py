"""What browsers keep of a site, so that it opens without a network.

The service worker lies at the site's root, as it may only answer for what lies below it. It reads
``wasmrx/offline.json``: the build's name, and the SHA-256 and the size of each file that it keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from .files import ASSETS, SITE_FOLDER

SCRIPT = "sw.js"
LIST = f"{SITE_FOLDER}/offline.json"

LARGEST = 25_000_000
"""Bytes; a larger file of the author's, such as a film, is only there with a network."""

_REMOVED = b"""self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const own = `wasmrx ${new URL("./", self.location.href).pathname}`;
  const isOwn = (name) => name === own || name.startsWith(`${own} `);
  const drop = async () => {
    for (const name of await caches.keys()) if (isOwn(name)) await caches.delete(name);
    await self.registration.unregister();
  };
  event.waitUntil(drop());
});
"""


Files = Mapping[str, bytes | Path]


def offline_files(files: Files, *, wanted: bool) -> dict[str, bytes]:
    """Return the service worker and its list of ``files``.

    Where a site is not ``wanted`` offline, the worker removes what an earlier build has kept.
    """
    if not wanted:
        return {SCRIPT: _REMOVED}
    kept = {p: (_hash(c), _size(c)) for p, c in sorted(_kept(files).items())}
    build = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]
    text = json.dumps({"build": build, "files": kept}, separators=(",", ":"))
    return {SCRIPT: (ASSETS / SCRIPT).read_bytes(), LIST: text.encode()}


def kept_bytes(files: Files) -> int:
    """Return how much a browser keeps."""
    return sum(map(_size, _kept(files).values()))


def _kept(files: Files) -> Files:
    return {p: c for p, c in files.items() if _is_kept(p) and _size(c) <= LARGEST}


def _is_kept(path: str) -> bool:
    name = path.rpartition("/")[2]
    return not name.startswith(".") and path not in (SCRIPT, LIST, f"{SITE_FOLDER}/build.json")


def _size(content: bytes | Path) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _hash(content: bytes | Path) -> str:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha256(data).hexdigest()
