"""Renders pages to HTML at build time, with React inside the QuickJS engine.

One engine context serves all pages of a site: loading React costs more than rendering a page.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

from wasmrx.errors import WasmrxError

# What React and the component libraries touch while they load or render, and QuickJS lacks.
ENVIRONMENT = """
globalThis.process={env:{NODE_ENV:"production"}};
globalThis.console??={log(){},info(){},warn(){},error(){},debug(){}};
globalThis.queueMicrotask??=callback=>Promise.resolve().then(callback);
globalThis.performance??={now:()=>Date.now()};
globalThis.setTimeout??=()=>0;
globalThis.clearTimeout??=()=>{};
globalThis.setInterval??=()=>0;
globalThis.clearInterval??=()=>{};
globalThis.MessageChannel??=class{port1={};port2={postMessage(){}}};
globalThis.TextEncoder??=class{encode(){return new Uint8Array()}};
globalThis.AbortController??=class{signal={aborted:false,addEventListener(){}};abort(){}};
"""
_MEMORY_LIMIT = 512 * 1024 * 1024


class RenderError(WasmrxError):
    """A page cannot be rendered to HTML."""


@dataclass(frozen=True)
class RenderRequest:
    """One page to render.

    ``page`` is the name of its compiled module, ``route`` the path that the author and the
    visitor see, ``initial`` the initial state, ``params`` the parts of a dynamic route,
    ``color_mode`` the mode that the app starts in: ``"light"``, ``"dark"`` or ``"system"``.
    """

    page: str
    route: str
    initial: Mapping[str, object]
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    color_mode: str = "system"


class Context(Protocol):
    """What is used of an engine's context."""

    def eval(self, code: str) -> object:
        """Return what ``code`` evaluates to."""
        ...

    def set_memory_limit(self, limit: int) -> None:
        """Let the engine take ``limit`` bytes."""
        ...


def new_context() -> Context | None:
    """Return a JavaScript engine's context, None where no engine is installed."""
    try:
        engine = import_module("quickjs")
    except ImportError:
        return None
    return cast(Context, engine.Context())


class Engine:
    """An engine that holds a site's script and renders its pages."""

    def __init__(self, script: str) -> None:
        """Load ``script``, which comes from ``link_for_render``."""
        context = new_context()
        assert context is not None
        context.set_memory_limit(_MEMORY_LIMIT)
        try:
            context.eval(ENVIRONMENT)
            context.eval(script)
        except Exception as error:
            raise RenderError(f"the pages cannot be loaded for rendering: {error}") from error
        self._context = context
        self._initial_texts: dict[int, str] = {}

    def failed(self) -> Mapping[str, str]:
        """Return what could not be loaded, packages and modules of pages, with the reason."""
        return json.loads(cast(str, self._context.eval("wasmrxFailed()")))

    def drawn(self) -> Mapping[str, Sequence[str]]:
        """Return the icons that the rendered pages have shown by name, by the module's name."""
        return json.loads(cast(str, self._context.eval("wasmrxDrawn()")))

    def leave_out(self, names: Collection[str]) -> None:
        """Render these components as nothing from now on, and no others."""
        self._context.eval(f"wasmrxOff({json.dumps(json.dumps(sorted(names)))})")

    def render(self, request: RenderRequest) -> str:
        """Return the HTML of one page; raise RenderError where it fails."""
        initial = self._initial_texts.setdefault(id(request.initial), json.dumps(request.initial))
        params = json.dumps(dict(request.params))
        values = (request.page, initial, request.route, params, request.color_mode)
        arguments = ",".join(json.dumps(value) for value in values)
        try:
            html = self._context.eval(f"wasmrxRender({arguments})")
        except Exception as error:
            raise RenderError(
                f"the page {request.route!r} fails while it is rendered to HTML: {_short(error)}"
            ) from error
        return cast(str, json.loads(cast(str, html)))


def has_engine() -> bool:
    """Tell whether pages can be rendered; warn once where they cannot.

    Without an engine the pages start empty and are drawn by the browser.
    """
    if new_context() is not None:
        return True
    warnings.warn(
        "pages are not prerendered: the package quickjs-ng is not installed. Visitors see "
        "an empty page until its script has run. `pip install quickjs-ng` changes that.",
        stacklevel=2,
    )
    return False


def render(script: str, requests: Sequence[RenderRequest]) -> list[str] | None:
    """Return the HTML of each request's page, or None where there is no JavaScript engine."""
    if not has_engine():
        return None
    engine = Engine(script)
    return [engine.render(request) for request in requests]


def _short(error: Exception) -> str:
    """Return the engine's message with the first lines of its stack."""
    return "\n".join(str(error).strip().splitlines()[:4])
