"""What the author's modules say, read as text: the names and the texts in them."""

from __future__ import annotations

import ast
import sys
from pathlib import Path


def author_sources(root: Path) -> list[Path]:
    """Return the files of all imported modules that lie in the project's folder."""
    found: set[Path] = set()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py"):
            path = Path(file)
            if path.is_relative_to(root) and "site-packages" not in path.parts:
                found.add(path)
    return sorted(found)


def names_and_texts(root: Path) -> tuple[set[str], set[str]]:
    """Return the names and the texts in the author's modules."""
    words: set[str] = set()
    texts: set[str] = set()
    for source in author_sources(root):
        for node in ast.walk(ast.parse(source.read_bytes())):
            match node:
                case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                    words.add(name.rpartition(".")[2])
                case ast.Constant(value=str(text)):
                    texts.add(text)
                case _:
                    pass
    return words, texts
