"""Whether a form has the fields that its handler declares, asked when the form is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_type_hints, is_typeddict

from wasmrx.binding import handler_named
from wasmrx.coerce import hints_of
from wasmrx.coercers import kind_of_field
from wasmrx.compiler.component import Bare, Component, Fragment, spec_of
from wasmrx.compiler.control import Cond, Match
from wasmrx.compiler.memo import MemoUse
from wasmrx.errors import EventHandlerValueError
from wasmrx.expr import Chain, Raw
from wasmrx.handlers import unwrapped


class FormComponent(Component):
    """A form. A handler with a ``TypedDict`` is checked against the names of the fields."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the form; EventHandlerValueError names the fields that it lacks."""
        made = cls._create(children, **props)
        chain = made.event_triggers.get("on_submit")
        if chain is not None and made.id is None:
            _check(made, chain)
        return made


def _check(form: Component, chain: Chain) -> None:
    names = set(_names(form))
    if None in names:
        return
    for handler, hint in _declared(chain):
        fields: Mapping[str, Any] = get_type_hints(hint)
        missing = [
            name
            for name in sorted(hint.__required_keys__)
            if name not in names
            and not (kind_of_field(fields[name]) == "list" and f"{name}[]" in names)
        ]
        if missing:
            has = ", ".join(sorted(map(str, names))) or "none"
            raise EventHandlerValueError(
                f"{handler} takes a form with {', '.join(missing)}, as {hint.__name__} declares, "
                f"but this form has no field of that name. Its fields: {has}. Give the field "
                f'name="{missing[0]}", or mark it NotRequired in {hint.__name__}.'
            ).at(form.place)


def _declared(chain: Chain) -> Iterator[tuple[str, Any]]:
    """Yield handler and ``TypedDict`` of each call that gets the whole form."""
    for _, call in chain.calls:
        handler = handler_named(call.target) if call.kind == "event" else None
        if handler is None:
            continue
        for name, expr in call.args:
            if isinstance(expr, Raw) and any(alias == "formPairs" for alias, _ in expr.imports):
                hint = hints_of(unwrapped(handler.fn)).get(name)
                if is_typeddict(hint):
                    yield call.target, hint


_KNOWN = (Bare, Cond, Fragment, Match)


def _names(component: Component) -> Iterator[str | None]:
    """Yield the names of the fields inside ``component``, None for one that is not known now."""
    for child in component.children:
        if isinstance(child, MemoUse):
            yield None
        elif not isinstance(child, _KNOWN):
            yield from _own_names(child)
        yield from _names(child)


def _own_names(component: Component) -> Iterator[str | None]:
    spec = spec_of(type(component))
    if "name" not in spec.props:
        if not spec.name.startswith("rx."):
            yield None  # a component of the author's may hold any field
        return
    for given in (component.__dict__.get("name"), component.id):
        if given is not None:
            yield given if isinstance(given, str) else None
