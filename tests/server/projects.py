"""Projects with server handlers, written and imported by a test."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from textwrap import dedent

from wasmrx import registry
from wasmrx.app import DECORATED_PAGES
from wasmrx.remote import server
from wasmrx.wasm.server_published import Published, published
from wasmrx.wasm.server_table import ServerTable, server_table

TOP = "import wasmrx as rx\n"
BOTTOM = "app = rx.App()\napp.add_page(lambda: rx.text('page'), route='/')\n"


class Project:
    """A project that this process has imported."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before = set(sys.modules)

    def write(self, **sources: str) -> Project:
        """Write modules by name; ``__`` is a folder."""
        for name, text in sources.items():
            path = self.root / (name.replace("__", "/", 1) + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text))
        sys.path.insert(0, str(self.root))
        importlib.invalidate_caches()
        importlib.import_module("app")
        return self

    def app(self, text: str, **others: str) -> Project:
        """Write the app's module with what every one has around ``text``."""
        return self.write(app=TOP + dedent(text) + BOTTOM, **others)

    def table(self) -> ServerTable:
        return server_table()

    def published(self, address: str | None = "") -> Published:
        return published(self.root, "app", server_table(), address)

    def text(self, path: str = "app.py") -> str:
        return self.published().files[path].decode()

    def forget(self) -> None:
        if str(self.root) in sys.path:
            sys.path.remove(str(self.root))
        for name in set(sys.modules) - self.before:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if file.startswith(str(self.root)):
                registry.forget(name)
                DECORATED_PAGES.pop(name, None)
                del sys.modules[name]
        server.rules.clear()
