"""Lays ``build/links/wasmrx`` so that type checkers and editors see one package.

python compiler/release/links.py

The editable install maps folders with an import hook, which static tools cannot follow. The map
comes from ``[tool.setuptools.package-dir]``, as the wheel's does.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINKS = ROOT / "build" / "links"


def lay_links() -> None:
    """Link ``runtime/`` entry by entry, and each other folder as a whole beneath it."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders: dict[str, str] = config["tool"]["setuptools"]["package-dir"]
    package = LINKS / "wasmrx"
    shutil.rmtree(LINKS, ignore_errors=True)
    package.mkdir(parents=True)
    for name, folder in folders.items():
        if name == "wasmrx":
            for entry in sorted((ROOT / folder).iterdir()):
                if entry.name != "__pycache__":
                    (package / entry.name).symlink_to(entry)
        elif name.count(".") == 1:
            (package / name.removeprefix("wasmrx.")).symlink_to(ROOT / folder)


if __name__ == "__main__":
    lay_links()
