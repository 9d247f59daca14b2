"""VarData: what JavaScript in a Var needs around it, imports and hook lines."""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from .expr import Expr, Raw, StateVar, walk
from .imports import ImportVar
from .var_literal import raw


class VarData:
    """What JavaScript in a Var needs around it: imports, hook lines.

    ``imports`` maps a module to a name, an ``ImportVar``-like object with ``tag``, or a list of
    these; ``hooks`` are lines, or a dict whose keys are lines.
    """

    __slots__ = ("deps", "field_name", "hooks", "imports", "state")

    def __init__(
        self,
        state: str = "",
        field_name: str = "",
        imports: Any = None,
        hooks: Any = None,
        deps: Any = (),
        **_: object,
    ) -> None:
        """Keep the imports and the hook lines, those that a hook line itself needs first."""
        self.state, self.field_name, self.deps = state, field_name, tuple(deps or ())
        self.imports: dict[str, list[Any]] = {}
        lines = [hooks] if isinstance(hooks, str) else list(hooks or ())
        inner = cast("Mapping[str, Any]", hooks).values() if isinstance(hooks, Mapping) else ()
        needed = [data for data in inner if isinstance(data, VarData)]
        self.hooks: tuple[str, ...] = tuple(
            dict.fromkeys([line for data in needed for line in data.hooks] + lines)
        )
        for found in (*(data.imports for data in needed), imports or {}):
            self._add(found)

    def _add(self, imports: Mapping[str, Any]) -> None:
        for module, names in imports.items():
            listed = cast("list[Any]", names) if isinstance(names, (list, tuple)) else [names]
            kept = self.imports.setdefault(module, [])
            kept.extend(name for name in listed if name not in kept)

    @staticmethod
    def merge(*all_data: VarData | None) -> VarData | None:
        """Return one VarData with what all of them need; None where there is none."""
        found = [data for data in all_data if data]
        if not found:
            return None
        merged = VarData(
            state=next((data.state for data in found if data.state), ""),
            field_name=next((data.field_name for data in found if data.state), ""),
            hooks=dict.fromkeys(line for data in found for line in data.hooks),
            deps=[dep for data in found for dep in data.deps],
        )
        for data in found:
            merged._add(data.imports)
        return merged

    def old_school_imports(self) -> dict[str, list[Any]]:
        """Return the imports by module."""
        return {module: list(names) for module, names in self.imports.items()}

    def around(self, expr: Expr) -> Expr:
        """Return ``expr`` with these imports and hooks."""
        if not self.imports and not self.hooks:
            return expr
        needs = raw("", self.imports, self.hooks)
        return Raw((expr,), needs.imports, needs.hooks)

    def __bool__(self) -> bool:
        """Tell whether anything is needed."""
        return bool(self.imports or self.hooks or self.state or self.deps)

    def __eq__(self, other: object) -> bool:
        """Compare by what is needed."""
        return isinstance(other, VarData) and (
            (self.state, self.hooks, self.imports) == (other.state, other.hooks, other.imports)
        )

    def __hash__(self) -> int:
        """Hash consistent with ``__eq__``."""
        return hash((self.state, self.hooks, tuple(self.imports)))


def data_of(expr: Expr) -> VarData | None:
    """Return what the JavaScript inside ``expr`` needs, and the first state var that it reads."""
    needs = [_of_node(node) for node in walk(expr)]
    return VarData.merge(*needs)


def _of_node(node: Expr) -> VarData | None:
    if isinstance(node, StateVar):
        return VarData(state=node.state, field_name=node.name)
    if isinstance(node, Raw):
        return VarData(imports=_by_module(node), hooks=node.hooks)
    return None


def _by_module(node: Raw) -> dict[str, Iterable[ImportVar]]:
    found: dict[str, list[ImportVar]] = {}
    for alias, imported in node.imports:
        default = imported.name == "default"
        tag = alias if default else imported.name
        shown = ImportVar(tag, default, None if alias == tag else alias)
        found.setdefault(imported.module, []).append(shown)
    return dict(found)
