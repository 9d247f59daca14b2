"""An app's own memory image, so that its visitors need not import it.

It is made by Node, which runs the very interpreter that browsers run: the base image, the app
imported, and what is different then. An app whose import gives another result in each visit, or
keeps what memory cannot hold, has none; the base image serves it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cache import cache_folder, keep
from .files import ASSETS, runtime_is_current

SCRIPT = ASSETS / "app_image.mjs"
PATIENCE = 120
_KEPT = 24
_NO_NODE = 'there is no Node 24 or newer: put one on PATH, or run pip install "wasmrx[npm]"'


@dataclass(frozen=True)
class Node:
    """How to call Node."""

    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class AppImage:
    """The image, or in ``why`` the reason that there is none. ``seconds`` is what it took.

    ``is_refused`` says that the app is the reason, not the machine.
    """

    data: bytes | None
    why: str = ""
    seconds: float = 0.0
    is_refused: bool = False


def app_image(app: bytes, module: str, find_node: Callable[[], Node | None]) -> AppImage:
    """Return the image of the bundle ``app`` whose module ``module`` was imported.

    What was made once is kept for the user of this machine; only without that a Node is looked for.
    """
    if not runtime_is_current():
        return AppImage(None, "the runtime of this checkout was edited since its assets were built")
    kept = _cache_file(app, module)
    found = _read(kept)
    if found is not None:
        return found
    started = time.perf_counter()
    node = find_node()
    if node is None:
        return AppImage(None, _NO_NODE)
    made = _make(app, module, node)
    made = AppImage(made.data, made.why, time.perf_counter() - started, made.is_refused)
    if made.data is not None or made.is_refused:
        _write(kept, made)
    return made


def _make(app: bytes, module: str, node: Node) -> AppImage:
    with tempfile.TemporaryDirectory(prefix="wasmrx-") as folder:
        archive, out = Path(folder, "app.zip"), Path(folder, "image.bin")
        archive.write_bytes(app)
        command = [*node.command, str(SCRIPT), str(ASSETS), str(archive), module, str(out)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=dict(node.environment),
                timeout=PATIENCE,
                check=False,
            )
            answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
            return AppImage(None, f"Node did not make it: {type(error).__name__}: {error}")
        if answer["ok"]:
            return AppImage(out.read_bytes())
        return AppImage(None, answer["why"], is_refused=bool(answer.get("refused")))


def _cache_file(app: bytes, module: str) -> Path:
    digest = hashlib.sha256()
    for part in (app, module.encode(), (ASSETS / "index.json").read_bytes(), SCRIPT.read_bytes()):
        digest.update(hashlib.sha256(part).digest())
    return cache_folder("images") / digest.hexdigest()[:32]


def _read(path: Path) -> AppImage | None:
    try:
        return AppImage(path.with_suffix(".bin").read_bytes())
    except OSError:
        pass
    try:
        return AppImage(None, path.with_suffix(".txt").read_text("utf-8"), is_refused=True)
    except (OSError, ValueError):
        return None


def _write(path: Path, image: AppImage) -> None:
    """Keep what was made; the oldest go. A full disk keeps nothing."""
    try:
        if image.data is None:
            keep(path.with_suffix(".txt"), image.why.encode())
        else:
            keep(path.with_suffix(".bin"), image.data)
        newest = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime)
        for each in newest[:-_KEPT]:
            each.unlink(missing_ok=True)
    except OSError:
        pass
