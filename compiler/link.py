"""The linker: joins compiled modules with the library units they need, and names the files.

A *node* is a unit of the library (by number) or a compiled module (by name). Modules that no
other module imports are entries: ``main`` and the pages. Each node is written exactly once, as
``const $u7=(()=>{…;return{…}})()``, in the chunk of the set of entries that need it:

- ``core`` holds what ``main`` needs or what every page needs, and some small shared code,
- a ``shared`` chunk holds what the same two or more entries need,
- an entry's own chunk holds the rest, with the entry's code after it.

Units that are loaded by a dynamic import are entries of their own (``lazy``).

Invariant: a chunk imports only from chunks of larger sets, so static imports form no circle. A
file's name is the hash of its text and of all texts it can reach, so a name never refers to two
contents, and two builds of one source are the same, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .link_graph import Graph, Node, bindings, node_text
from .link_graph import ModuleCode as ModuleCode
from .units import LinkError, library

MAIN = "main"
CORE = "core"
_LAZY = "lazy:"
_SHARED = "shared:"
_PAGE = "page:"

# Bytes: what counts as a small chunk, and how much of such code a page may get without using it.
_SMALL = 6_000
_FOLDED = 24_000

_CHUNK = re.compile(r'CHUNK\("([^"\\]+)"\)')
_FILE = re.compile(r'FILE\("([^"\\]+)"\)')
_SLUG = re.compile(r"[^a-zA-Z0-9]+")


@dataclass(frozen=True)
class Chunk:
    """A JavaScript file: ``path`` is relative to the folder that holds all chunks.

    ``preload`` lists the chunks that it imports at once, directly and indirectly.
    """

    path: str
    text: str
    preload: tuple[str, ...]


@dataclass(frozen=True)
class LinkResult:
    """All chunks; the path of ``main``; for each other entry its path and preloads."""

    chunks: tuple[Chunk, ...]
    entry: str
    entry_preload: tuple[str, ...]
    pages: Mapping[str, tuple[str, tuple[str, ...]]]


def _place(
    graph: Graph, entries: Sequence[str], lazies: Sequence[int]
) -> tuple[dict[Node, str], list[Node]]:
    """Return each node's chunk, and all nodes in the order in which they have to run."""
    reach: dict[str, set[Node]] = {name: set(graph.closure([name])) - {name} for name in entries}
    reach |= {f"{_LAZY}{number}": set(graph.closure([number])) for number in lazies}
    order = [n for n in graph.closure([*entries, *lazies]) if n not in set(entries)]
    pages = [name for name in entries if name != MAIN]
    homes: dict[Node, str] = {}
    users: dict[str, int] = {}
    for node in order:
        using = sorted(name for name, nodes in reach.items() if node in nodes)
        if MAIN in using or (pages and set(using).issuperset(pages)):
            homes[node] = CORE
        else:
            homes[node] = using[0] if len(using) == 1 else _SHARED + " ".join(using)
            users[homes[node]] = len(using)
    _fold_small(graph, order, homes, users)
    return homes, order


def _fold_small(
    graph: Graph, order: Sequence[Node], homes: dict[Node, str], users: Mapping[str, int]
) -> None:
    """Move small shared chunks to ``core``, the most used first: a request costs more than they do.

    Only what imports nothing outside ``core`` moves, so that ``core`` still imports nothing.
    """
    groups: dict[str, list[Node]] = {}
    for node in order:
        if homes[node].startswith(_SHARED):
            groups.setdefault(homes[node], []).append(node)
    left = _FOLDED
    for name in sorted(groups, key=lambda name: (-users[name], name)):
        size = sum(graph.size(node) for node in groups[name])
        around = {homes[need] for node in groups[name] for need in graph.needs(node)}
        if size <= min(left, _SMALL) and around <= {CORE, name}:
            left -= size
            homes.update(dict.fromkeys(groups[name], CORE))


def _chunk_import(chunk: str, names: Iterable[str]) -> str:
    return f"import{{{','.join(sorted(names))}}}from{_chunk(chunk)};\n"


def _chunk(name: str) -> str:
    return f'CHUNK("{name}")'


class _Writer:
    """Writes the chunks' texts, with each other's names still as ``CHUNK("…")``."""

    def __init__(self, graph: Graph, entries: Sequence[str], lazies: Sequence[int]) -> None:
        self.graph = graph
        self.entries = entries
        self.homes, self.order = _place(graph, entries, lazies)
        self.lazy = {number: f"import({_chunk(f'{_LAZY}{number}')})" for number in lazies}
        self.names = list(dict.fromkeys([*self.homes.values(), *entries, *self._lazy_names()]))
        self.wanted: dict[str, set[str]] = {name: set() for name in self.names}

    def _lazy_names(self) -> list[str]:
        return [f"{_LAZY}{number}" for number in self.lazy]

    def write(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return for each chunk its text and the chunks that it imports."""
        parts = {name: self._body(name) for name in self.names}
        sources = {name: self._sources(name) for name in self.names}
        return {
            name: (
                "".join(_chunk_import(src, names) for src, names in sources[name].items())
                + parts[name]
                + self._exports(name),
                tuple(sources[name]),
            )
            for name in self.names
        }

    def _body(self, chunk: str) -> str:
        own = [node for node in self.order if self.homes[node] == chunk]
        text = "".join(node_text(self.graph, node, self.lazy) for node in own)
        if chunk in self.entries:
            module = self.graph.modules[chunk]
            text += f"{bindings(self.graph, module)}{module.body}\n"
        return text

    def _sources(self, chunk: str) -> dict[str, set[str]]:
        """Return what ``chunk`` takes from which other chunk, and note it there as wanted."""
        own: list[Node] = [node for node in self.order if self.homes[node] == chunk]
        needed = {need for node in own for need in self.graph.needs(node)}
        if chunk in self.entries:
            needed |= set(self.graph.needs(chunk))
        elif chunk.startswith(_LAZY):
            needed.add(int(chunk.removeprefix(_LAZY)))
        sources: dict[str, set[str]] = {}
        for node in needed:
            home = self.homes[node]
            if home != chunk:
                sources.setdefault(home, set()).add(self.graph.identifier(node))
                self.wanted[home].add(self.graph.identifier(node))
        return dict(sorted(sources.items()))

    def _exports(self, chunk: str) -> str:
        names = sorted(self.wanted[chunk])
        if chunk in self.entries:
            names += self.graph.modules[chunk].exports
        text = ""
        if chunk.startswith(_LAZY):
            number = int(chunk.removeprefix(_LAZY))
            exported = [name for _, name in self.graph.units.unit(number).exports]
            locals_ = [f"{name}:$e{index}" for index, name in enumerate(exported)]
            text = f"const{{{','.join(locals_)}}}=$u{number};\n"
            names += [f"$e{index} as {name}" for index, name in enumerate(exported)]
        return text + (f"export{{{','.join(names)}}};\n" if names else "")


def _slug(chunk: str) -> str:
    """Return the readable part of a chunk's file name."""
    if chunk.startswith(_PAGE):
        return "page-" + (_SLUG.sub("-", chunk.removeprefix(_PAGE)).strip("-") or "index")
    return _SLUG.sub("-", chunk.split(":")[0]).strip("-")


def _reachable(start: str, edges: Mapping[str, Iterable[str]]) -> list[str]:
    seen = {start}
    pending = [start]
    while pending:
        for target in edges[pending.pop()]:
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return sorted(seen - {start})


def _file_names(texts: Mapping[str, str]) -> dict[str, str]:
    """Return each chunk's file name, made from all the text that it can reach."""
    edges = {name: sorted(set(_CHUNK.findall(text))) for name, text in texts.items()}
    for name, targets in edges.items():
        for target in targets:
            if target not in texts:
                raise LinkError(f"the module {name!r} loads {target!r}, which does not exist")
    digests = {name: hashlib.sha256(text.encode()).digest() for name, text in texts.items()}
    paths: dict[str, str] = {}
    for name in texts:
        reached = [digests[other] for other in _reachable(name, edges)]
        digest = hashlib.sha256(digests[name] + b"".join(sorted(reached))).hexdigest()
        paths[name] = f"{_slug(name)}-{digest[:10]}.js"
    return paths


def _with_files(module: ModuleCode, files: Mapping[str, str]) -> ModuleCode:
    def url(found: re.Match[str]) -> str:
        if found[1] not in files:
            raise LinkError(f"the module {module.name!r} names the unknown file {found[1]!r}")
        return json.dumps(files[found[1]])

    return ModuleCode(module.name, _FILE.sub(url, module.body), module.imports, module.exports)


def link(modules: Sequence[ModuleCode], files: Mapping[str, str]) -> LinkResult:
    """Return the files of a site: ``modules`` hold ``main`` and the pages, ``files`` the URLs.

    URLs between chunks are relative to the chunk itself, so the folder can lie anywhere.
    """
    graph = Graph([_with_files(module, files) for module in modules], library(), render=False)
    if MAIN not in graph.modules:
        raise LinkError(f"there is no module {MAIN!r}")
    entries = graph.entries()
    lazies = graph.lazy_units(graph.closure(entries))
    written = _Writer(graph, entries, lazies).write()
    texts = {name: text for name, (text, _) in written.items()}
    paths = _file_names(texts)
    sources = {name: imported for name, (_, imported) in written.items()}

    chunks = {
        name: Chunk(
            path=paths[name],
            text=_CHUNK.sub(lambda found: f'"./{paths[found[1]]}"', text),
            preload=tuple(paths[other] for other in _reachable(name, sources)),
        )
        for name, text in texts.items()
    }
    pages = {name: (chunks[name].path, chunks[name].preload) for name in entries if name != MAIN}
    ordered = tuple(sorted(chunks.values(), key=lambda chunk: chunk.path))
    return LinkResult(ordered, chunks[MAIN].path, chunks[MAIN].preload, pages)


def _in_quotes(found: re.Match[str]) -> str:
    return json.dumps(found[1])


def link_for_render(modules: Sequence[ModuleCode]) -> str:
    """Return one script that defines ``wasmrxRender`` for ``wasmrx.compiler.prerender``.

    ``main`` is left out, for it starts the page. One of the other modules exports ``Root``, and
    each page exports ``Page``.
    """
    kept = [module for module in modules if module.name != MAIN]
    units = library()
    graph = Graph(kept, units, render=True)
    server = graph.number(units.find("wasmrx/server", "render"))
    roots = [module.name for module in kept if "Root" in module.exports]
    if len(roots) != 1:
        raise LinkError(f"one module has to export Root, found {roots}")
    order = graph.closure([server, *graph.modules])
    lazy = dict.fromkeys(graph.lazy_units(order), "new Promise(()=>{})")
    body = "".join(node_text(graph, node, lazy) for node in order)
    body = _CHUNK.sub(_in_quotes, _FILE.sub(_in_quotes, body))
    body = body.replace("import.meta.url", '""')  # only modules have it; boot alone reads it
    pages = ",".join(
        f"{json.dumps(module.name)}:{graph.identifier(module.name)}.Page"
        for module in kept
        if "Page" in module.exports
    )
    return (
        f'"use strict";(()=>{{{body}'
        f"const pages={{{pages}}};\n"
        "globalThis.wasmrxRender=(page,initial,path,params,mode)=>JSON.stringify("
        f"$u{server}.render({graph.identifier(roots[0])}.Root,pages[page],JSON.parse(initial),"
        "path,JSON.parse(params),mode));})();\n"
    )
