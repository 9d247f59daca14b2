"""Which files outside of its folder an app reads while it is built, so that ``serve`` follows them.

An app may import a module that lies beside it, or make pages of documents elsewhere. Python tells
of every file that is opened; what belongs to Python, to its packages or to wasmrx is left out.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from wasmrx.errors import is_own_file

_OF_PYTHON = tuple(
    os.path.realpath(path) + os.sep
    for path in {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
)
_OF_SYSTEM = ("/dev/", "/proc/", "/sys/", "/etc/")


class Reads:
    """The files that this process has opened since ``start``."""

    def __init__(self) -> None:
        """Start with none; ``start`` begins to note them."""
        self._opened: set[str] = set()

    def start(self) -> None:
        """Note every file that is opened from now on, until the process ends."""
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
            self._opened.add(os.path.abspath(arguments[0]))

    def outside(self, *folders: Path) -> list[str]:
        """Return the author's files among them that lie in none of ``folders``."""
        modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        opened = self._opened | {os.path.abspath(file) for file in modules if file}
        inside = tuple(str(folder.resolve()) + os.sep for folder in folders)
        real = {os.path.realpath(path) for path in opened}
        return sorted(path for path in real if _is_authors(path) and not path.startswith(inside))


def _is_authors(path: str) -> bool:
    known = path.startswith((*_OF_PYTHON, *_OF_SYSTEM)) or is_own_file(path)
    return not known and "__pycache__" not in path and os.path.isfile(path)
