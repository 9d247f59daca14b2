"""The worker's two entries: ``start`` once, then ``receive`` for each message of the page.

This is the only module of the runtime that may touch ``js`` or ``pyodide``.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

from . import alias
from .app import App
from .component_state import make_copies
from .dispatch import Dispatch
from .errors import StateValueError

_current: list[Dispatch] = []


def start(app_module: str, manifest: str, post: Callable[[str], Any]) -> None:
    """Import the author's module and get ready for messages; updates go to ``post``.

    ``manifest`` is JSON: ``{"app", "routes", "initial", "dev"}``. An exception of the author's
    module goes on to the caller, which shows it.
    """
    alias.install()
    told: dict[str, Any] = json.loads(manifest)
    module = importlib.import_module(app_module)
    app = getattr(module, "app", None)
    if not isinstance(app, App):
        raise StateValueError(
            f"The module {app_module!r} has no 'app': it must say 'app = rx.App()'."
        )
    app.add_decorated_pages()
    initial: dict[str, dict[str, Any]] = told.get("initial") or {}
    make_copies(initial)
    _current[:] = [Dispatch(app, initial, post, bool(told.get("dev")))]


def receive(message: str) -> None:
    """Take one message of the page. Never raises."""
    if not _current:
        print("A message came before the app was started.", file=sys.stderr)
        return
    _current[0].receive(message)
