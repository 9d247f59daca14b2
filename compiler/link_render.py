"""Links a site as one script for the engine that renders pages to HTML.

Packages may need what only a browser has. One that fails while it loads becomes *nothing*, an
object that takes every call and every name, and is noted as failed; so does one that the pages do
not need for their HTML, without being loaded. A page whose code at module level fails is noted,
too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wasmrx.expr import Import

from .link import CHUNK_NAME, FILE_NAME, MAIN, SITE
from .link_graph import FOREIGN, Graph, ModuleCode, Node, module_text, node_text
from .named_icons import for_render
from .units import LinkError, library

_NOTHING = (
    "const $nothing=new Proxy(function(){},{get:(t,k)=>k===Symbol.toPrimitive?()=>'':"
    "k===Symbol.iterator?function*(){for(;;)yield $nothing}:k==='prototype'?t.prototype:$nothing,"
    "apply:()=>$nothing,construct:()=>$nothing,set:()=>true});\n"
)
_LOAD = (
    "const $load=name=>{try{return $npm.load[name]()}"
    "catch(error){$failed[name]=String(error?.message??error);return $nothing}};\n"
)


@dataclass(frozen=True)
class RenderPackages:
    """The packages of a site: the bundler's script, all nodes, and those that HTML is made with.

    ``switched`` are components that ``wasmrxOff`` can leave out, to find one that fails.
    """

    script: str
    nodes: frozenset[str]
    needed: frozenset[str]
    switched: frozenset[Import] = field(default_factory=frozenset[Import])


def _no_packages() -> RenderPackages:
    return RenderPackages("", frozenset(), frozenset())


def link_for_render(modules: Sequence[ModuleCode], packages: RenderPackages | None = None) -> str:
    """Return one script that defines ``wasmrxRender`` for ``wasmrx.compiler.prerender``.

    ``main`` is left out, for it starts the page. One of the other modules exports ``Root``, and
    each page exports ``Page``.
    """
    packages = packages or _no_packages()
    noting, kept = for_render(module for module in modules if module.name != MAIN)
    units = library()
    graph = Graph(kept, units, render=True, foreign=packages.nodes)
    server = graph.number(units.find("wasmrx/server", "render"))
    roots = [module.name for module in kept if "Root" in module.exports]
    if len(roots) != 1:
        raise LinkError(f"one module has to export Root, found {roots}")
    site = [module.name for module in kept if module.name.startswith(SITE)]
    order = graph.closure([server, *site, *graph.modules])
    lazy = dict.fromkeys(graph.lazy_units(order), "new Promise(()=>{})")
    before = graph.closure([server, *site])
    body = "".join(_text(graph, node, lazy, packages) for node in before)
    if packages.nodes:
        body += _package_text(graph, packages, site)
    rest = order[len(before) :]
    body += "".join(_text(graph, node, lazy, packages) for node in rest)
    body = CHUNK_NAME.sub(_in_quotes, FILE_NAME.sub(_in_quotes, body))
    pages = ",".join(
        f"{json.dumps(module.name)}:{graph.identifier(module.name)}.Page"
        for module in kept
        if "Page" in module.exports
    )
    return (
        f'"use strict";(()=>{{const $failed={{}},$off=new Set;{noting}{body}'
        f"const pages={{{pages}}};\n"
        "globalThis.wasmrxFailed=()=>JSON.stringify($failed);"
        "globalThis.wasmrxDrawn=()=>JSON.stringify($drawings);"
        "globalThis.wasmrxOff=names=>{$off.clear();JSON.parse(names).forEach(n=>$off.add(n))};"
        "globalThis.wasmrxRender=(page,initial,path,params,mode)=>JSON.stringify("
        f"$u{server}.render({graph.identifier(roots[0])}.Root,pages[page],JSON.parse(initial),"
        "path,JSON.parse(params),mode));})();\n"
    )


def _package_text(graph: Graph, packages: RenderPackages, site: Sequence[str]) -> str:
    """Return what loads packages: the bundler's script, with what they take from the site."""
    given = ",".join(
        f"{json.dumps('wasmrx:' + name.removeprefix(SITE))}:"
        f"{{__esModule:true,...{graph.identifier(name)}}}"
        for name in site
    )
    script = packages.script or "exports.load={}"
    jsx = graph.identifier(graph.target(Import("react/jsx-runtime", "jsx")))
    return (
        f"{_NOTHING}const $given={{{given}}};const $npm=((module,require)=>{{"
        f"const exports=module.exports;{script}\nreturn module.exports}})({{exports:{{}}}},"
        f"name=>$given[name]);\n{_LOAD}"
        f"const $switch=(name,real)=>props=>$off.has(name)?null:{jsx}.jsx(real,props);\n"
    )


def _text(graph: Graph, node: Node, lazy: Mapping[int, str], packages: RenderPackages) -> str:
    if not isinstance(node, str):  # Only modules have their own address; boot alone reads it.
        return node_text(graph, node, lazy).replace("import.meta.url", '""')
    if node in graph.foreign:
        loaded = f"$load({json.dumps(node)})" if node in packages.needed else "$nothing"
        return f"const {graph.identifier(node)}={loaded};\n"
    module = graph.modules[node]
    text = module_text(graph, _switched(graph, module, packages.switched))
    head, _, rest = text.partition("=(()=>{")
    inner = rest.removesuffix("})();\n")
    failed = f"$failed[{json.dumps(node)}]=String(error?.message??error)"
    return f"{head}=(()=>{{try{{{inner}}}catch(error){{{failed};return{{}}}}}})();\n"


def _switched(graph: Graph, module: ModuleCode, switched: Collection[Import]) -> ModuleCode:
    """Return ``module`` with its uses of components that can be left out."""
    found = [(wanted, local) for wanted, local in module.imports.items() if wanted in switched]
    if not found:
        return module
    imports = dict(module.imports) | {wanted: f"{local}$real" for wanted, local in found}
    lines = [
        f"const {local}=$switch({json.dumps(switch_name(w))},{local}$real);" for w, local in found
    ]
    return ModuleCode(module.name, "".join(lines) + module.body, imports, module.exports)


def switch_name(wanted: Import) -> str:
    """Return how ``wasmrxOff`` calls a component."""
    return f"{FOREIGN}{wanted.module}#{wanted.name}"


def _in_quotes(found: re.Match[str]) -> str:
    return json.dumps(found[1])
