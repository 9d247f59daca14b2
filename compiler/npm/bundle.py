"""Packages and files that an app wraps, as chunks for the linker: made by esbuild, kept in a cache.

Everything is bundled in one go, so that what two packages share exists once. Invariant: the same
lock, files and imports give the same bytes, and a bundle that is in the cache needs no Node.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from wasmrx.assets import shared_files
from wasmrx.compiler.diagnostics import place_text
from wasmrx.compiler.link_graph import ALL, FOREIGN
from wasmrx.compiler.units import library
from wasmrx.errors import WasmrxError

from .folder import ESBUILD, FOLDER, NpmError, NpmFolder
from .wanted import LOCAL, Asker, Wanted, shared

SCRIPT = Path(__file__).with_name("bundle.mjs")
FILE_MARK = "wasmrx-file:"
"""How addresses of bundled files begin in rendered HTML, until the page's depth is known."""
_KEPT = 8
_UNRESOLVED = "Could not resolve"


@dataclass(frozen=True)
class Bundle:
    """What esbuild made: ``chunks``, ``styles`` by chunk, ``files`` of the site.

    A chunk is its text, in which ``CHUNK("…")`` stands for the address of another one, and the
    names of those that it imports at once.
    ``render`` is the script for the engine that renders pages; ``render_error`` says why there is
    none.
    """

    chunks: Mapping[str, tuple[str, Sequence[str]]]
    styles: Mapping[str, Sequence[str]]
    files: Mapping[str, bytes]
    render: str
    render_error: str


@dataclass(frozen=True)
class _Entry:
    """One module that pages import, with the names that they use of it."""

    module: str
    names: tuple[str, ...]
    path: Path | None
    asker: Asker


def bundle(root: Path, wanted: Wanted, rendered: frozenset[str]) -> Bundle | None:
    """Return the bundle of the app in ``root``; None where it wraps nothing.

    ``rendered`` are the modules that pages need while they are rendered to HTML.
    """
    entries = _entries(root, wanted)
    if not entries:
        return None
    folder = NpmFolder(root, wanted.packages)
    request = {
        "entries": [_described(entry) for entry in entries],
        "rendered": [i for i, entry in enumerate(entries) if entry.module in rendered],
        "shared": shared()["modules"],
        "parts": _parts(),
        "versions": shared()["versions"],
        "all": ALL,
        "fileMark": FILE_MARK,
    }
    answer = _cached(folder, request) if folder.is_locked() else None
    if answer is None:
        answer = _bundled(folder, request, entries)
        _keep(folder, request, answer)
    _warn_of_misfits(answer["misfits"], wanted)
    return Bundle(
        chunks={name: (made["text"], made["imports"]) for name, made in answer["chunks"].items()},
        styles=answer["styles"],
        files={name: base64.b64decode(text) for name, text in answer["files"].items()},
        render=answer["render"],
        render_error=answer["renderError"],
    )


def _parts() -> dict[str, list[str]]:
    """Return the names of each part of the library that a shared module passes on as a whole."""
    tables = cast("Mapping[str, Mapping[str, Sequence[str]]]", shared()["modules"])
    aliases = {alias for table in tables.values() for alias, name in table.values() if name == "*"}
    known = library()
    return {alias: sorted(known.unit(known.aliases[alias]).names) for alias in sorted(aliases)}


def _entries(root: Path, wanted: Wanted) -> list[_Entry]:
    names: dict[str, dict[str, None]] = {}
    askers: dict[str, Asker] = {}
    for imported, asker in sorted(wanted.imports.items(), key=lambda item: item[0]):
        name = imported.name.split(".")[0]
        names.setdefault(imported.module, {})[name] = None
        askers.setdefault(imported.module, asker)
    return [
        _Entry(module, tuple(used), _local_file(root, module, askers[module]), askers[module])
        for module, used in names.items()
    ]


def _local_file(root: Path, module: str, asker: Asker) -> Path | None:
    if not module.startswith(LOCAL):
        return None
    path = Path(shared_files().get(module) or root / "assets" / module.lstrip("/"))
    if not path.is_file():
        raise NpmError(
            f"{asker.name} names the file {module!r}, which is not in assets/. A file beside the "
            'Python module is named by rx.asset("name.jsx", shared=True).importable_path.'
        ).at(asker.place)
    return path


def _described(entry: _Entry) -> dict[str, Any]:
    return {
        "chunk": f"{FOREIGN}{entry.module}",
        "module": entry.module,
        "path": None if entry.path is None else str(entry.path),
        "names": entry.names,
    }


def _cache_file(folder: NpmFolder, request: Mapping[str, Any]) -> Path:
    entries = [{**entry, "path": None} for entry in request["entries"]]
    parts = [
        json.dumps({**request, "entries": entries}, sort_keys=True),
        folder.digest(),
        ESBUILD,
        version("wasmrx"),
        hashlib.sha256(SCRIPT.read_bytes()).hexdigest(),
    ]
    return folder.cache / f"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}.json"


def _cached(folder: NpmFolder, request: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the kept answer, unless one of the app's own files has changed since."""
    try:
        kept: dict[str, Any] = json.loads(_cache_file(folder, request).read_bytes())
    except (OSError, ValueError):
        return None
    current = _digests(folder, kept["inputs"])
    return kept["answer"] if current == kept["inputs"] else None


def _keep(folder: NpmFolder, request: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """Write the answer to the cache, whole or not at all; the oldest ones go."""
    target = _cache_file(folder, request)
    target.parent.mkdir(exist_ok=True)
    root = folder.path.parent
    names = {_named(root, Path(path)): "" for path in answer["inputs"]}
    made = target.with_suffix(".new")
    made.write_text(json.dumps({"inputs": _digests(folder, names), "answer": answer}))
    made.replace(target)
    newest = sorted(target.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in newest[:-_KEPT]:
        path.unlink(missing_ok=True)


def _named(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _digests(folder: NpmFolder, names: Mapping[str, str]) -> dict[str, str]:
    root = folder.path.parent
    return {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest()
        if (root / name).is_file()
        else ""
        for name in names
    }


def _bundled(
    folder: NpmFolder, request: Mapping[str, Any], entries: Sequence[_Entry]
) -> dict[str, Any]:
    node = folder.install()
    given = {**request, "folder": str(folder.path.resolve()), "npm": node.npm[-1]}
    done = subprocess.run(
        (*node.node, str(SCRIPT)),
        input=json.dumps(given),
        env=node.environment(),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        raise NpmError(
            f"esbuild cannot run: {done.stderr.strip()[-800:]}\nDelete {FOLDER}/node_modules and "
            "build again."
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    if "errors" in answer:
        raise _failure(folder, answer["errors"][0], entries)
    return answer


def _failure(folder: NpmFolder, error: Mapping[str, Any], entries: Sequence[_Entry]) -> WasmrxError:
    """Return an error of esbuild with the place of the app's file, or of who asked for it."""
    file = str(error["file"])
    _, mark, number = file.rpartition("wasmrx-entry:")
    if mark:
        entry = entries[int(number)]
        text = _in_words(str(error["text"]), entry)
        return NpmError(f"{entry.asker.name} cannot be shown: {text}").at(entry.asker.place)
    text = _explained(error)
    path = (folder.path / file).resolve()
    if file and "node_modules" not in path.parts:
        return NpmError(text).at((str(path), int(error["line"]) or 1))
    shown = "/".join(path.parts[path.parts.index("node_modules") + 1 :]) if file else "A package"
    return NpmError(f"{shown} cannot be bundled for a browser: {text}")


def _in_words(text: str, entry: _Entry) -> str:
    if text.startswith("No matching export"):
        name = text.rpartition('"')[0].rpartition('"')[2]
        return (
            f"{entry.module} exports no {name!r}. Correct `tag`, or set `is_default = True` for a "
            "module whose default export is meant."
        )
    if text.startswith(_UNRESOLVED):
        return f"there is no module {entry.module!r} in its package. Correct `library`."
    return text


def _explained(error: Mapping[str, Any]) -> str:
    text = str(error["text"])
    if not text.startswith(_UNRESOLVED):
        return text
    name = text.partition('"')[2].partition('"')[0]
    if any("built into node" in note for note in error["notes"]):
        return f"it needs Node's module {name}, which browsers do not have."
    if name.startswith("."):
        return f"there is no file {name}."
    return f'nobody has asked for {name}. Let the component do it: lib_dependencies = ["{name}"].'


def _warn_of_misfits(misfits: Sequence[Mapping[str, str]], wanted: Wanted) -> None:
    for each in misfits:
        package = wanted.packages.get(each["name"])
        place = place_text(package.asker.place) if package else ""
        warnings.warn(
            f"{place}{each['name']} {each['version']} is made for {each['other']} "
            f"{each['range']}; the site has {shared()['versions'][each['other']]}, which it "
            "shares with all packages. It may fail: look for a newer version of it.",
            stacklevel=2,
        )
