"""The linker: joins compiled modules with the library units they need, and names the files.

A *node* is a unit of the library (by number) or a compiled module (by name). Modules that no
other module imports are entries: ``main`` and the pages. Each node is written exactly once, as
``const $u7=(()=>{…;return{…}})()``, in the chunk of the set of entries that need it:

- ``core`` holds what ``main`` needs or what every page needs, and some small shared code,
- a ``shared`` chunk holds what the same two or more entries need,
- an entry's own chunk holds the rest, with the entry's code after it.

Units that are loaded by a dynamic import are entries of their own (``lazy``).

Chunks of packages come from the bundler as they are. They take React from entries of their own
(``site:``), so what needs a package never lies in ``core``, which those entries import.

Invariant: a chunk imports only from chunks of larger sets, so static imports form no circle. A
file's name is the hash of its text and of all texts it can reach, so a name never refers to two
contents, and two builds of one source are the same, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .link_graph import FOREIGN, ForeignChunk, Graph, Node, bindings, no_chunks, node_text
from .link_graph import ModuleCode as ModuleCode
from .units import DRAWINGS, NAMED_ICON, LinkError, library

MAIN = "main"
SCRIPTS = "scripts"
ICONS = "icons"
CORE = "core"
_LAZY = "lazy:"
_SHARED = "shared:"
_PAGE = "page:"
SITE = "site:"
"""How the names of the modules begin from which packages take what the site has."""

# Bytes: what counts as a small chunk, and how much of such code a page may get without using it.
_SMALL = 6_000
_FOLDED = 24_000

CHUNK_NAME = re.compile(r'CHUNK\("([^"\\]+)"\)')
FILE_NAME = re.compile(r'FILE\("([^"\\]+)"\)')
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
    others = (MAIN, SCRIPTS, ICONS)
    pages = [n for n in entries if n not in others and not n.startswith((SITE, DRAWINGS))]
    homes: dict[Node, str] = {}
    users: dict[str, int] = {}
    for node in order:
        using = sorted(name for name, nodes in reach.items() if node in nodes)
        if node in graph.foreign:
            homes[node] = str(node)
        elif graph.needs_foreign(node):
            homes[node] = using[0] if len(using) == 1 else _SHARED + " ".join(using)
        elif MAIN in using or (pages and set(using).issuperset(pages)):
            homes[node] = CORE
        else:
            homes[node] = using[0] if len(using) == 1 else _SHARED + " ".join(using)
            users[homes[node]] = sum(name in pages for name in using)
    _fold_small(graph, order, homes, users)
    return homes, order


def _fold_small(
    graph: Graph, order: Sequence[Node], homes: dict[Node, str], users: Mapping[str, int]
) -> None:
    """Move small shared chunks to ``core``, the most used first: a request costs more than they do.

    ``users`` counts the entries that start with a chunk; those that may load it later do not count.
    Only what imports nothing outside ``core`` moves, so that ``core`` still imports nothing. What
    fetches icons stays where it is: the list of their files grows with Lucide.
    """
    groups: dict[str, list[Node]] = {}
    for node in order:
        if homes[node].startswith(_SHARED):
            groups.setdefault(homes[node], []).append(node)
    left = _FOLDED
    for name in sorted(groups, key=lambda name: (-users.get(name, 0), name)):
        if NAMED_ICON.module in groups[name]:
            continue
        size = sum(graph.size(node) for node in groups[name])
        around = {homes[need] for node in groups[name] for need in graph.needs(node)}
        if users.get(name, 0) > 1 and size <= min(left, _SMALL) and around <= {CORE, name}:
            left -= size
            homes.update(dict.fromkeys(groups[name], CORE))


def _chunk_import(chunk: str, names: Iterable[str]) -> str:
    if chunk.startswith(FOREIGN):
        return "".join(f"import*as {name} from{_chunk(chunk)};\n" for name in names)
    return f"import{{{','.join(sorted(names))}}}from{_chunk(chunk)};\n"


def _chunk(name: str) -> str:
    return f'CHUNK("{name}")'


def lazy_chunk(number: int) -> str:
    """Return the code of the address from which a unit is imported dynamically."""
    return _chunk(f"{_LAZY}{number}")


class _Writer:
    """Writes the chunks' texts, with each other's names still as ``CHUNK("…")``."""

    def __init__(
        self,
        graph: Graph,
        entries: Sequence[str],
        lazies: Sequence[int],
        foreign: Mapping[str, ForeignChunk],
    ) -> None:
        self.graph = graph
        self.entries = entries
        self.homes, self.order = _place(graph, entries, lazies)
        self.lazy = {number: f"import({_chunk(f'{_LAZY}{number}')})" for number in lazies}
        self.foreign = foreign
        names = [*self.homes.values(), *entries, *self._lazy_names()]
        self.names = [name for name in dict.fromkeys(names) if name not in foreign]
        self.wanted: dict[str, set[str]] = {name: set() for name in (*self.names, *foreign)}

    def _lazy_names(self) -> list[str]:
        return [f"{_LAZY}{number}" for number in self.lazy]

    def write(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return for each chunk its text and the chunks that it imports."""
        parts = {name: self._body(name) for name in self.names}
        sources = {name: self._sources(name) for name in self.names}
        own = {
            name: (
                "".join(_chunk_import(src, names) for src, names in sources[name].items())
                + parts[name]
                + self._exports(name),
                tuple(sources[name]),
            )
            for name in self.names
        }
        return own | {name: (chunk.text, chunk.imports) for name, chunk in self.foreign.items()}

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
    if chunk.startswith(FOREIGN):
        return _SLUG.sub("-", chunk).strip("-")
    return _SLUG.sub("-", chunk.split(":")[0].split("~")[0]).strip("-")


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
    edges = {name: sorted(set(CHUNK_NAME.findall(text))) for name, text in texts.items()}
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

    return replace(module, body=FILE_NAME.sub(url, module.body))


def link(
    modules: Sequence[ModuleCode],
    files: Mapping[str, str],
    foreign: Mapping[str, ForeignChunk] | None = None,
) -> LinkResult:
    """Return the files of a site: ``modules`` hold ``main`` and the pages, ``files`` the URLs.

    ``foreign`` are the chunks of packages, by name. URLs between chunks are relative to the chunk
    itself, so the folder can lie anywhere.
    """
    foreign = no_chunks() if foreign is None else foreign
    named = [_with_files(module, files) for module in modules]
    graph = Graph(named, library(), render=False, foreign=_nodes(foreign))
    if MAIN not in graph.modules:
        raise LinkError(f"there is no module {MAIN!r}")
    entries = graph.entries()
    lazies = graph.lazy_units(graph.closure(entries))
    written = _Writer(graph, entries, lazies, foreign).write()
    texts = {name: text for name, (text, _) in written.items()}
    paths = _file_names(texts)
    sources = {name: imported for name, (_, imported) in written.items()}

    chunks = {
        name: Chunk(
            path=paths[name],
            text=CHUNK_NAME.sub(lambda found: f'"./{paths[found[1]]}"', text),
            preload=tuple(paths[other] for other in _reachable(name, sources)),
        )
        for name, text in texts.items()
    }
    pages = {name: (chunks[name].path, chunks[name].preload) for name in entries if name != MAIN}
    ordered = tuple(sorted(chunks.values(), key=lambda chunk: chunk.path))
    return LinkResult(ordered, chunks[MAIN].path, chunks[MAIN].preload, pages)


def _nodes(foreign: Mapping[str, ForeignChunk]) -> list[str]:
    return [name for name in foreign if name.startswith(FOREIGN)]
