"""Renders pages to HTML at build time, with React inside the QuickJS engine.

One engine context serves all pages of a site: loading React costs more than rendering a page.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

from wasmrx.errors import WasmrxError

# What React and the component libraries touch while they load or render, and QuickJS lacks.
_ENVIRONMENT = """
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


class _Context(Protocol):
    def eval(self, code: str) -> object: ...

    def set_memory_limit(self, limit: int) -> None: ...


def _new_context() -> _Context | None:
    try:
        engine = import_module("quickjs")
    except ImportError:
        return None
    return cast(_Context, engine.Context())


def render(script: str, requests: Sequence[RenderRequest]) -> list[str] | None:
    """Return the HTML of each request's page, or None where there is no JavaScript engine.

    ``script`` comes from ``link_for_render``. Without an engine the pages start empty and are
    drawn by the browser; a warning says so once.
    """
    context = _new_context()
    if context is None:
        warnings.warn(
            "pages are not prerendered: the package quickjs-ng is not installed. Visitors see "
            "an empty page until its script has run. `pip install quickjs-ng` changes that.",
            stacklevel=2,
        )
        return None
    context.set_memory_limit(_MEMORY_LIMIT)
    try:
        context.eval(_ENVIRONMENT)
        context.eval(script)
    except Exception as error:
        raise RenderError(f"the pages cannot be loaded for rendering: {error}") from error
    initial_texts: dict[int, str] = {}
    return [_render_one(context, request, initial_texts) for request in requests]


def _render_one(context: _Context, request: RenderRequest, texts: dict[int, str]) -> str:
    initial = texts.setdefault(id(request.initial), json.dumps(request.initial))
    params = json.dumps(dict(request.params))
    values = (request.page, initial, request.route, params, request.color_mode)
    arguments = ",".join(json.dumps(value) for value in values)
    try:
        html = context.eval(f"wasmrxRender({arguments})")
    except Exception as error:
        raise RenderError(
            f"the page {request.route!r} fails while it is rendered to HTML: {_short(error)}"
        ) from error
    return cast(str, json.loads(cast(str, html)))


def _short(error: Exception) -> str:
    """Return the engine's message with the first lines of its stack."""
    return "\n".join(str(error).strip().splitlines()[:4])
