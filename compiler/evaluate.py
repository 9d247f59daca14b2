"""Phase 1, ``evaluate``: the author's module is imported, its page functions are called.

This runs the author's code, so one process evaluates one app.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wasmrx import alias
from wasmrx.app import App, Page
from wasmrx.errors import PageValueError, WasmrxError

from .component import Component, Fragment, as_children
from .diagnostics import Place, place_of
from .missing_page import missing_page

NOT_FOUND = "/404"


@dataclass(frozen=True)
class EvaluatedPage:
    """A page with the component that its function returned."""

    page: Page
    component: Component

    @property
    def route(self) -> str:
        """Return the route, ``"/post/[id]"``."""
        return self.page.route


@dataclass(frozen=True)
class Evaluated:
    """An author's app: ``pages`` in order of their routes, and the page for unknown addresses."""

    app: App
    pages: tuple[EvaluatedPage, ...]
    not_found: EvaluatedPage

    @property
    def all_pages(self) -> tuple[EvaluatedPage, ...]:
        """Return the pages, the one for unknown addresses last."""
        return (*self.pages, self.not_found)


def evaluate(app_module: str, root: Path) -> Evaluated:
    """Import the app and return its pages as component trees."""
    _import_from(root)
    with contextlib.chdir(root):
        alias.install()
        module = importlib.import_module(app_module)
        app = getattr(module, "app", None)
        if not isinstance(app, App):
            raise PageValueError(
                f"The module {app_module} defines no `app`. It needs a line: app = rx.App()"
            )
        app.add_decorated_pages(app_module)
        if not app.pages:
            raise PageValueError(
                f"The app of {app_module} has no page. Add one: app.add_page(index), or put "
                '@rx.page("/") above a function that returns a component.'
            )
        pages = [evaluated_page(page) for page in app.pages.values()]
    shown = [page for page in pages if page.route != NOT_FOUND]
    missing = [page for page in pages if page.route == NOT_FOUND]
    missing.append(evaluated_page(missing_page(NOT_FOUND)))
    shown.sort(key=lambda page: page.route)
    return Evaluated(app, tuple(shown), missing[0])


def _import_from(root: Path) -> None:
    """Let imports find the project's folder first, as the author's code expects."""
    path = str(root)
    if path not in sys.path:
        sys.path.insert(0, path)


def evaluated_page(page: Page) -> EvaluatedPage:
    """Call the function of ``page``; raise, with its place, where it gives no component."""
    built = page.component
    try:
        if not isinstance(built, Component) and callable(built):
            function: Callable[[], Any] = built
            built = function()
        if built is None:
            raise PageValueError(
                f"The page function of {page.route!r} returns nothing. It must return a component."
            )
        only = list(as_children([built]))
    except WasmrxError as error:
        raise error.at(place_of(error) or _place(page)) from error.__cause__
    only += [tag for tag in page.script_tags if isinstance(tag, Component)]
    return EvaluatedPage(page, only[0] if len(only) == 1 else Fragment.create(*only))


def _place(page: Page) -> Place | None:
    """Return where the page's function is written, else where the page was added."""
    code = getattr(page.component, "__code__", None)
    return page.place if code is None else (code.co_filename, code.co_firstlineno)
