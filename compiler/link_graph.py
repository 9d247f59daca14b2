"""The nodes of a link, units of the library and compiled modules, and how each is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wasmrx.expr import Import

from .units import (
    ICON_FACTORY,
    ICON_MODULE,
    Library,
    LinkError,
    icon_data,
    library,
    replace_lazy,
)

Node = int | str


@dataclass(frozen=True)
class ModuleCode:
    """A compiled module: JavaScript without import and export statements.

    ``imports`` gives for each import the identifier that ``body`` uses. The module of an import
    is an alias of the library, ``"lucide-react/icons"`` with the icon's kebab-case name, or the
    ``name`` of another compiled module. The name ``"*"`` stands for the whole module.

    In ``body``, ``CHUNK("page:/about")`` stands for the URL of another module's chunk, to be used
    as ``import(CHUNK("page:/about"))``, and ``FILE("worker")`` for an entry of ``link``'s files.
    ``later`` are units that the module imports dynamically, by ``lazy_chunk``.
    """

    name: str
    body: str
    imports: Mapping[Import, str]
    exports: tuple[str, ...]
    later: tuple[int, ...] = ()


FOREIGN = "npm:"
"""How the names of nodes begin that are modules of npm or of the app's own JavaScript."""
ALL = "$all"
"""The export of a foreign chunk that is its module as a whole."""


@dataclass(frozen=True)
class ForeignChunk:
    """A file of the bundler: its text, and the chunks that it imports at once."""

    text: str
    imports: tuple[str, ...] = ()


def no_chunks() -> Mapping[str, ForeignChunk]:
    """Return what an app has that wraps nothing."""
    return {}


class Graph:
    """The nodes that a set of modules reaches."""

    def __init__(
        self,
        modules: Sequence[ModuleCode],
        units: Library,
        *,
        render: bool,
        foreign: Iterable[str] = (),
    ) -> None:
        """Look at ``modules``; with ``render``, for an engine without a DOM.

        ``foreign`` are the nodes that the bundler has written.
        """
        self.units = units
        self.foreign = {name: index for index, name in enumerate(sorted(foreign))}
        self.replaced: Mapping[int, int] = units.render if render else dict[int, int]()
        self.modules = {module.name: module for module in modules}
        self._order = {name: index for index, name in enumerate(self.modules)}
        if len(self.modules) != len(modules):
            raise LinkError("two compiled modules have the same name")

    def identifier(self, node: Node) -> str:
        """Return the name that ``node`` has in a chunk."""
        if isinstance(node, int):
            return f"$u{node}"
        return f"$p{self.foreign[node]}" if node in self.foreign else f"$m{self._order[node]}"

    def number(self, number: int) -> int:
        """Return the unit to take for ``number``; another one when rendering."""
        return self.replaced.get(number, number)

    def target(self, wanted: Import) -> Node:
        """Return the node that an import of a compiled module refers to."""
        if wanted.module in self.modules:
            if wanted.name not in {"*", *self.modules[wanted.module].exports}:
                raise LinkError(f"the module {wanted.module!r} exports no {wanted.name!r}")
            return wanted.module
        if wanted.module == ICON_MODULE:
            return self.number(self.units.find(ICON_FACTORY, "createLucideIcon"))
        if (foreign := f"{FOREIGN}{wanted.module}") in self.foreign:
            return foreign
        return self.number(self.units.find(wanted.module, wanted.name))

    def needs(self, node: Node) -> list[Node]:
        """Return what ``node`` imports, in a fixed order."""
        if isinstance(node, int):
            return [self.number(dep) for dep, _ in self.units.unit(node).deps]
        if node in self.foreign:
            return []
        return [self.target(wanted) for wanted in sorted(self.modules[node].imports)]

    def size(self, node: Node) -> int:
        """Return how long the code of ``node`` is."""
        if isinstance(node, int):
            return self.units.unit(node).size
        return 0 if node in self.foreign else len(self.modules[node].body)

    def needs_foreign(self, node: Node) -> bool:
        """Tell whether ``node`` or anything that it needs is foreign."""
        return any(need in self.foreign for need in self.closure([node]))

    def entries(self) -> list[str]:
        """Return the modules that no other module imports, in their given order."""
        imported = {i.module for module in self.modules.values() for i in module.imports}
        return [name for name in self.modules if name not in imported]

    def closure(self, roots: Iterable[Node]) -> list[Node]:
        """Return ``roots`` and all they need, each node after what it imports."""
        order: list[Node] = []
        seen: set[Node] = set()
        stack: list[tuple[Node, bool]] = [(node, False) for node in reversed(list(roots))]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((need, False) for need in reversed(self.needs(node)))
        return order

    def lazy_units(self, nodes: Iterable[Node]) -> list[int]:
        """Return the units that ``nodes``, or what they load, import dynamically."""
        found: dict[int, None] = {}
        pending = list(nodes)
        while pending:
            node = pending.pop()
            for number in self._lazy(node):
                if number not in found:
                    found[number] = None
                    pending.extend(self.closure([number]))
        return sorted(found)

    def _lazy(self, node: Node) -> tuple[int, ...]:
        if isinstance(node, int):
            return self.units.unit(node).lazy
        return () if node in self.foreign else self.modules[node].later


def bindings(graph: Graph, module: ModuleCode) -> str:
    """Return the declarations of the names that a module imports."""
    parts: list[str] = []
    for wanted, local in sorted(module.imports.items()):
        target = graph.target(wanted)
        source = graph.identifier(target)
        if target in graph.foreign:
            parts += [f"{local}={source}.{ALL if wanted.name == '*' else wanted.name}"] * bool(
                wanted.name
            )
        elif wanted.module == ICON_MODULE:
            parts.append(f"{local}={source}.createLucideIcon({icon_data(wanted.name)})")
        elif wanted.name == "*":
            parts.append(f"{local}={source}")
        else:
            parts.append(f"{local}={source}.{wanted.name}")
    return f"const {','.join(parts)};\n" if parts else ""


def _unit_text(graph: Graph, number: int, lazy: Mapping[int, str]) -> str:
    unit = graph.units.unit(number)
    taken = [
        "{"
        + ",".join(name if name == local else f"{name}:{local}" for name, local in names)
        + "}="
        + graph.identifier(graph.number(dep))
        for dep, names in unit.deps
        if names
    ]
    head = f"const {','.join(taken)};" if taken else ""
    given = ",".join(local if local == name else f"{name}:{local}" for local, name in unit.exports)
    body = replace_lazy(graph.units.body(number), lazy)
    return f"const $u{number}=(()=>{{{head}{body};return{{{given}}}}})();\n"


def node_text(graph: Graph, node: Node, lazy: Mapping[int, str]) -> str:
    """Return the definition of ``node``; ``lazy`` has the dynamic imports of units."""
    if isinstance(node, int):
        return _unit_text(graph, node, lazy)
    return module_text(graph, graph.modules[node])


def module_text(graph: Graph, module: ModuleCode) -> str:
    """Return the definition of a compiled module."""
    pairs = [export.partition(" as ") for export in module.exports]
    given = ",".join(f"{name}:{local}" if name else local for local, _, name in pairs)
    return (
        f"const {graph.identifier(module.name)}=(()=>{{{bindings(graph, module)}{module.body}\n"
        f"return{{{given}}}}})();\n"
    )


def required_units(imports: Iterable[Import]) -> frozenset[int]:
    """Return the library units that ``imports`` lead to, dynamic imports included."""
    units = library()
    graph = Graph((), units, render=False)
    found = {graph.target(wanted) for wanted in imports if wanted.module in _modules(units)}
    closure = graph.closure(sorted(found, key=str))
    closure += graph.closure(graph.lazy_units(closure))
    return frozenset(node for node in closure if isinstance(node, int))


def _modules(units: Library) -> set[str]:
    return {ICON_MODULE, *units.aliases}
