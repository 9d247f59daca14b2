"""A function component while it is printed: what it subscribes to, and its hooks in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from wasmrx.expr import Import, StateVar

from .js_expr import js_text
from .module import Module, identifier


@dataclass
class Scope:
    """A function component while it is written: the hooks that its body needs."""

    module: Module
    reads: dict[StateVar, str] = field(default_factory=dict[StateVar, str])
    selected: dict[str, str] = field(default_factory=dict[str, str])
    lines: list[str] = field(default_factory=list[str])
    is_guarded: bool = False

    def read(self, var: StateVar) -> str:
        """Return the local name of a var's value, subscribing the component to it."""
        known = self.reads.get(var)
        if known is None:
            base = identifier(var.name) + "$"
            known = base
            while known in self.reads.values():
                known += "$"
            self.reads[var] = known
        return known

    def select(self, source: str) -> str:
        """Return the local name of what the constant ``source`` gives, subscribing to it."""
        return self.selected.setdefault(source, f"{source}$t")

    def function(self, params: str, body: str) -> str:
        """Return the whole function, hooks first."""
        use_var = Import("wasmrx/page", "useVar")
        hooks = [
            f"const {name} = {self.module.use(use_var)}({js_text(var.state)}, {js_text(var.name)});"
            for var, name in self.reads.items()
        ]
        hooks += [
            f"const {name} = {self.module.use(Import('wasmrx/page', 'useValue'))}({source});"
            for source, name in self.selected.items()
        ]
        lines = [*hooks, *self.lines]
        if not lines:
            return f"({params}) => {body}"
        shown = f"shown ? {body} : null" if self.is_guarded else body
        first = "\n  ".join(lines)
        return f"({params}) => {{\n  {first}\n  return {shown};\n}}"
