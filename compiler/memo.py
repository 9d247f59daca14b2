"""``rx.memo``: a function of Vars that is compiled once and used many times, itself included."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ClassVar, get_type_hints

from wasmrx.binding import bind
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Local
from wasmrx.var import local
from wasmrx.var_kinds import RestProp

from .component import Component, Fragment, as_children
from .diagnostics import author_line, did_you_mean
from .spec import ComponentSpec, trigger_spec, var_hint


class Rest(Component):
    """Holds the props that a use gives beside the declared ones."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.memo", "div")


class Memo:
    """A memoised function; its body runs when the site is compiled."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        """Read the parameters of ``fn``."""
        self.fn = fn
        self.name = "".join(part.title() for part in fn.__name__.split("_"))
        self.parameters = inspect.signature(fn).parameters
        self.params = tuple(self.parameters)
        functools.update_wrapper(self, fn)

    @functools.cached_property
    def hints(self) -> dict[str, Any]:
        """Return the annotations of the parameters."""
        try:
            return get_type_hints(self.fn, include_extras=True)
        except NameError:
            return {}

    def __call__(self, *children: Any, **props: Any) -> MemoUse:
        """Return one use of the component, with these props."""
        made = MemoUse.create(*children, key=props.pop("key", None))
        others = {name: value for name, value in props.items() if name not in self.params}
        if others and self.rest is None:
            name = next(iter(others))
            raise ComponentTypeError(
                f"{self.name} has no prop `{name}`.{did_you_mean(name, self.params)} "
                f"It takes: {', '.join(self.params)}."
            ).at(author_line())
        made.memo = self
        made.given = {
            name: self._bound(name, props.get(name, parameter.default))
            for name, parameter in self.parameters.items()
            if name in props or parameter.default is not parameter.empty
        }
        made.rest = Rest.create(**others)
        return made

    @functools.cached_property
    def rest(self) -> str | None:
        """Return the name of the parameter that takes all other props.

        The function hands them on by giving it as a child: ``rx.box(rest, "text")``.
        """
        hints = self.hints.items()
        found = [name for name, hint in hints if getattr(hint, "__origin__", hint) is RestProp]
        return found[0] if found else None

    def _bound(self, name: str, value: Any) -> Any:
        spec = trigger_spec(self.hints.get(name))
        if spec is None:
            return value
        return bind(value, spec, trigger=name)

    def body(self) -> Component:
        """Return what the function makes of its parameters as Vars."""
        given = {name: self._param(name) for name in self.params}
        return Fragment.create(*as_children([self.fn(**given)]))

    def _param(self, name: str) -> Any:
        hint = self.hints.get(name, Any)
        if name == self.rest:
            return RestProp[Any](Local(f"${name}"))
        inner = var_hint(hint)
        if trigger_spec(hint) is not None:
            return local(f"${name}", Callable[..., Any])
        return local(f"${name}", inner)


class MemoUse(Component):
    """One use of a memoised function."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.memo", None)
    memo: Memo
    given: dict[str, Any]
    rest: Rest


def memo(fn: Callable[..., Any]) -> Memo:
    """Return ``fn`` as a component that is compiled once; its parameters are its props."""
    return Memo(fn)
