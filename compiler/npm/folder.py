"""``wasmrx-npm/`` of an app: ``package.json`` and npm's lock, which the author commits.

wasmrx writes what the components ask for into ``package.json`` and leaves the rest of it alone;
npm resolves, locks and installs. Invariant: where the lock fits, nothing is resolved anew.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from wasmrx.errors import WasmrxError

from .node import OLDEST, Node, find_node
from .wanted import Package, shared
from .words import failure

FOLDER = "wasmrx-npm"
ESBUILD = "0.28.2"
_IGNORED = "node_modules/\n.cache/\n"
_QUIET = (
    *("--ignore-scripts", "--no-audit", "--no-fund", "--json", "--loglevel=error"),
    *("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
)


class NpmError(WasmrxError):
    """What an app wraps cannot be fetched or bundled."""


class NpmFolder:
    """The folder ``wasmrx-npm`` of one app."""

    def __init__(self, root: Path, packages: Mapping[str, Package]) -> None:
        """Look at the folder of the app in ``root`` that asks for ``packages``."""
        self.path = root / FOLDER
        self.packages = packages

    @property
    def modules(self) -> Path:
        """Where npm installs."""
        return self.path / "node_modules"

    @property
    def cache(self) -> Path:
        """Where bundles are kept."""
        return self.path / ".cache"

    @property
    def _manifest(self) -> Path:
        return self.path / "package.json"

    @property
    def _lock(self) -> Path:
        return self.path / "package-lock.json"

    def is_locked(self) -> bool:
        """Tell whether the lock was made for what the components ask for."""
        locked = cast("Mapping[str, Any]", _read(self._lock).get("packages", {})).get("", {})
        asked = self._asked()
        return all(locked.get(key) == asked[key] for key in asked)

    def digest(self) -> str:
        """Return a hash of ``package.json`` and the lock."""
        texts = [path.read_bytes() for path in (self._manifest, self._lock) if path.is_file()]
        return hashlib.sha256(b"\0".join(texts)).hexdigest()

    def install(self) -> Node:
        """Bring ``node_modules`` in line with the lock, and that with what is asked for."""
        node = find_node()
        if node is None:
            raise NpmError(self._no_node()).at(self._first_place())
        stamp = self.modules / ".wasmrx"
        if not self.is_locked():
            self._resolve(node)
        elif not stamp.is_file() or stamp.read_text(encoding="utf-8") != self.digest():
            _say(f"npm installs what {FOLDER}/package-lock.json names")
            self._run(node, "ci")
        else:
            return node
        stamp.write_text(self.digest(), encoding="utf-8")
        return node

    def _no_node(self) -> str:
        names = ", ".join(sorted(self.packages)) or "a JavaScript file"
        return (
            f"The app wraps {names}, which npm has to fetch and bundle, and there is no Node "
            f'{OLDEST} or newer with npm. `pip install "wasmrx[npm]"` brings one; a Node on PATH '
            "will do as well."
        )

    def _first_place(self) -> Any:
        return next((package.asker.place for package in self.packages.values()), None)

    def _asked(self) -> dict[str, dict[str, str]]:
        versions = cast("Mapping[str, str]", shared()["versions"])
        given = {name: package.version or "*" for name, package in self.packages.items()}
        given |= {name: versions[name] for name in ("react", "react-dom")}
        return {
            "dependencies": dict(sorted(given.items())),
            "devDependencies": {"esbuild": ESBUILD},
        }

    def _resolve(self, node: Node) -> None:
        """Let npm make the lock anew; on failure ``package.json`` is as it was."""
        self.path.mkdir(exist_ok=True)
        before = self._manifest.read_bytes() if self._manifest.is_file() else None
        self._write_manifest()
        _say(f"npm resolves {', '.join(sorted(self.packages)) or 'esbuild'}")
        try:
            self._run(node, "install")
        except NpmError:
            if before is None:
                self._manifest.unlink()
            else:
                self._manifest.write_bytes(before)
            raise
        _say(f"{FOLDER}/package-lock.json is new: commit it with {FOLDER}/package.json")

    def _write_manifest(self) -> None:
        asked = self._asked()
        kept = _read(self._manifest)
        about = "Written by wasmrx: what the app's components ask for. `overrides` are yours."
        shown = {"private": True, "description": about, **kept, **asked}
        own = {name: f"${name}" for name in ("react", "react-dom")}
        shown["overrides"] = {**kept.get("overrides", {}), **own}
        self._manifest.write_text(json.dumps(shown, indent=2) + "\n", encoding="utf-8")
        ignored = self.path / ".gitignore"
        if not ignored.is_file():
            ignored.write_text(_IGNORED, encoding="utf-8")

    def _run(self, node: Node, command: str) -> None:
        done = subprocess.run(
            (*node.npm, command, *_QUIET),
            cwd=self.path,
            env=node.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            text, name = failure(command, done.stdout, done.stderr, self.packages)
            asked = self.packages.get(name)
            raise NpmError(text).at(asked.asker.place if asked else None)


def _read(path: Path) -> dict[str, Any]:
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise NpmError(f"{FOLDER}/{path.name} is no JSON: {error}. Mend or delete it.") from error
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _say(text: str) -> None:
    print(f"wasmrx: {text} …", file=sys.stderr, flush=True)
