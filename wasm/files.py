"""Where the files lie that a site's worker boots from, and what the page tells the worker.

The release build writes them to ``_assets/`` with an index. In a site every file is named after
its content (``pyodide-0123456789abcdef.wasm``): names never collide between builds, caches may
keep them for ever, and the worker checks what it received against the name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from wasmrx import errors

ASSETS = Path(__file__).parent / "_assets"
RUNTIME = Path(errors.__file__).parent
SITE_FOLDER = "wasmrx"

_HASH_DIGITS = 16


WASM_AT_PYODIDE = "pyodide.asm.wasm"
"""What Pyodide itself calls the interpreter."""

WHOLE = "whole"
"""The interpreter as Pyodide ships it: for the author's Node and for shared copies, in no site."""

_OWN_FILES = {"app": "app.zip", "components": "components.zip", "image": "image.bin"}


class Shared(TypedDict):
    """Where the interpreter is loaded from first, and the hash that it must have."""

    wasm: str
    sha256: str


class WorkerConfig(TypedDict):
    """What a page's ``boot({worker})`` needs; names are relative to the ``wasmrx/`` folder."""

    script: str
    files: dict[str, str]
    sizes: dict[str, int]
    stopAfter: NotRequired[float]
    memoryLimit: NotRequired[float]
    shared: NotRequired[Shared]


@dataclass(frozen=True)
class CoreFile:
    """One file of the index: ``key`` is the worker's name for it, ``name`` the site's."""

    key: str
    name: str
    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class WorkerSite:
    """The worker's part of a site: ``files`` by path under the site's root, and ``config``."""

    files: Mapping[str, bytes]
    config: WorkerConfig


@dataclass(frozen=True)
class PackageFiles:
    """The Python packages of a site: ``index`` tells the worker of all.

    ``first`` are the archives that it needs at once: the worker's key → name and size.
    """

    index: bytes
    first: Mapping[str, tuple[str, int]]


class AssetsMissing(errors.WasmrxError):
    """The worker's files were not built."""


class _IndexEntry(TypedDict):
    file: str
    sha256: str
    size: int


class Interpreter(TypedDict):
    """The interpreter of every site, as Pyodide's own index names it."""

    pyodide: str
    python: str
    abi: str


class _Index(Interpreter):
    runtime: str
    files: dict[str, _IndexEntry]


def interpreter() -> Interpreter:
    """The interpreter that the worker runs: ``{"pyodide": "314.0.7", "python": "3.14.2", …}``."""
    return _index()


def core_files() -> dict[str, CoreFile]:
    """The files of every site by the worker's key for them."""
    return {
        key: CoreFile(
            key=key,
            name=hashed_name(entry["file"], entry["sha256"]),
            path=ASSETS / entry["file"],
            sha256=entry["sha256"],
            size=entry["size"],
        )
        for key, entry in _index()["files"].items()
    }


def worker_files() -> dict[str, Path]:
    """Each published file's path on disk by its name in the site's ``wasmrx/`` folder."""
    return {file.name: file.path for key, file in core_files().items() if key != WHOLE}


def worker_site(
    app: bytes,
    components: bytes | None = None,
    packages: PackageFiles | None = None,
    *,
    image: bytes | None = None,
    shared: str = "",
) -> WorkerSite:
    """All that a site needs so that its worker runs the app bundle ``app``.

    ``components`` is the archive of component code, for an app whose vars hold components.
    ``packages`` are the archives of Python packages.
    ``image`` is the app's own memory image. ``shared`` is the address of a folder with Pyodide's
    files, which the interpreter is loaded from instead of from the site.

    >>> site = worker_site(app_bundle(Path("examples/counter")))
    >>> site.config["files"]["app"]
    'app-5d2f0b1c9e7a4833.zip'
    """
    core = core_files()
    script, whole = core.pop("worker"), core.pop(WHOLE)
    own = {"app": app}
    if components is not None:
        own["components"] = components
    if image is not None:
        own["image"] = image
    names = {
        key: hashed_name(_OWN_FILES[key], hashlib.sha256(data).hexdigest())
        for key, data in own.items()
    }
    sizes = {key: f.size for key, f in core.items()} | {"app": len(app)}
    if image is not None:
        sizes["image"] = len(image)
    files = {f"{SITE_FOLDER}/{f.name}": f.path.read_bytes() for f in (script, *core.values())}
    files |= {f"{SITE_FOLDER}/{names[key]}": data for key, data in own.items()}
    if packages is not None:
        index = hashed_name("packages.json", hashlib.sha256(packages.index).hexdigest())
        files[f"{SITE_FOLDER}/{index}"] = packages.index
        first = {"packages": (index, len(packages.index)), **packages.first}
        names |= {key: name for key, (name, _) in first.items()}
        sizes |= {key: size for key, (_, size) in first.items()}
    config: WorkerConfig = {
        "script": script.name,
        "files": {key: f.name for key, f in core.items()} | names,
        "sizes": sizes,
    }
    if shared:
        url = f"{shared.rstrip('/')}/{WASM_AT_PYODIDE}"
        config["shared"] = {"wasm": url, "sha256": whole.sha256}
    return WorkerSite(files, config)


def shared_folder() -> str:
    """The address of a public folder with the files of the very Pyodide that is used here."""
    return f"https://cdn.jsdelivr.net/npm/pyodide@{_index()['pyodide']}"


def hashed_name(file: str, sha256: str) -> str:
    """A site's name for ``file``: ``app.zip`` → ``app-<16 hex digits>.zip``."""
    stem, dot, suffix = file.rpartition(".")
    return f"{stem}-{sha256[:_HASH_DIGITS]}{dot}{suffix}"


def runtime_sources() -> dict[str, Path]:
    """The modules of ``wasmrx`` that run in the worker, by file name, sorted."""
    return {path.name: path for path in sorted(RUNTIME.glob("*.py"))}


def runtime_digest(sources: Mapping[str, Path]) -> str:
    """A hash over names and contents; the release build computes the same one."""
    digest = hashlib.sha256()
    for name, path in sources.items():
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def runtime_is_current() -> bool:
    """Whether the built files hold this very ``runtime/``; False in a checkout edited since."""
    return runtime_digest(runtime_sources()) == _index()["runtime"]


@cache
def _read_index(path: Path, modified: int) -> _Index:
    return json.loads(path.read_text(encoding="utf-8"))


def _index() -> _Index:
    path = ASSETS / "index.json"
    try:
        return _read_index(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise AssetsMissing(
            f"The files that run Python in the browser are missing: {path} does not exist. "
            "An installed wasmrx brings them along; in a checkout, `make assets` builds them."
        ) from None
