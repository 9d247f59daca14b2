"""The live examples as modules: the worker imports them, as their states run there.

They are written into the package ``live``, which is not kept in the repository: the Markdown is
their only source.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .document import Document

SITE = Path(__file__).resolve().parents[1]
FOLDER = SITE / "live"
SHOWN = "index"
"""The function of an example that returns what is shown."""


def write_examples(documents: Iterable[Document]) -> None:
    """Write one module for each live example, and remove those of examples that are gone."""
    files = {"__init__.py": '"""The live examples, written by `manual.examples`."""\n'}
    for document in documents:
        for example in document.examples:
            file = f"{example.name}.py"
            if file in files:
                place = f"{document.path}:{example.line}"
                raise ValueError(f"{place}: another live example is named {example.name} too.")
            files[file] = example.code
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.py"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        write_if_changed(FOLDER / name, text)


def write_if_changed(path: Path, text: str) -> None:
    """Write a file as a whole, and not at all where it holds ``text`` already."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def shown(name: str) -> Any:
    """Return the component that a live example shows."""
    return getattr(importlib.import_module(f"live.{name}"), SHOWN)()
