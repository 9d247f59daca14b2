"""From what an author gives a trigger to the chain that the page runs.

``bind`` accepts a handler, a spec, a lambda, a list of these, or ``rx.cond`` of these, checks
that the arguments fit what the trigger gives, and returns one ``expr.Chain``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast, is_typeddict

from .arg_specs import ArgsSpec, BrowserValue, no_args_event_spec
from .coerce import hints_of
from .errors import (
    EventFnArgMismatchError,
    EventHandlerArgTypeMismatchError,
    EventHandlerTypeError,
)
from .expr import Call, Chain, Conditional, Expr, Literal, Local, Op, StateVar, Template
from .handlers import (
    EventHandler,
    EventSpec,
    Modifiable,
    Modifiers,
    describe_params,
    is_partial,
    merge_modifiers,
    optional_names,
    parameter_names,
    positional_names,
    takes_any_number,
    unwrapped,
)
from .trigger_types import may_fit, with_whole_forms
from .var import Var, to_expr, type_of
from .var_ops import describe
from .var_types import hint_name, kind_of

_FOR_THE_EVENT = ("stopPropagation", "preventDefault")
"""Modifiers of the browser's event itself; the others are about the one call that has them."""

Guarded = tuple[Expr | None, Call]


class EventChain(Modifiable):
    """What a trigger does, bound to the trigger's arguments."""

    def __init__(self, chain: Chain) -> None:
        """Wrap ``chain``."""
        self.chain = chain
        self.modifiers = chain.modifiers

    @classmethod
    def create(
        cls,
        value: Any,
        args_spec: ArgsSpec | Sequence[ArgsSpec] = no_args_event_spec,
        key: str | None = None,
        event_actions: dict[str, object] | None = None,
        **_: object,
    ) -> EventChain:
        """Return the chain of ``value`` for a trigger that gives ``args_spec``."""
        chain = bind(value, args_spec, trigger=key or "event")
        extra = tuple((event_actions or {}).items())
        return cls(Chain(chain.params, chain.calls, merge_modifiers(chain.modifiers, extra)))

    def with_modifiers(self, modifiers: Modifiers) -> EventChain:
        """Return a copy with ``modifiers`` added."""
        merged = merge_modifiers(self.modifiers, modifiers)
        return EventChain(Chain(self.chain.params, self.chain.calls, merged))

    def _as_expr(self) -> Expr:
        return self.chain


def bind(
    value: Any,
    spec: ArgsSpec | Sequence[ArgsSpec] = no_args_event_spec,
    *,
    trigger: str = "event",
) -> Chain:
    """Return the chain that runs ``value`` with the arguments that ``spec`` gives.

    ``trigger`` is the prop's name, for messages. Raises EventFnArgMismatchError where a handler
    needs more than the trigger gives, EventHandlerTypeError where ``value`` is no event.
    """
    if isinstance(value, EventChain):
        return value.chain
    if isinstance(value, Chain):
        return value
    binding = _Binding(_first(spec), trigger)
    calls = binding.calls(value, None)
    real: list[Guarded] = []
    modifiers: Modifiers = ()
    for when, call in calls:
        if call.kind == "action" and call.target == "noop":
            now = tuple((k, v) for k, v in call.modifiers if k in _FOR_THE_EVENT)
            if when is None:
                modifiers = merge_modifiers(modifiers, now)
            elif now:
                real.append((when, call))
        else:
            real.append((when, call))
    return Chain(binding.params, tuple(real), modifiers)


def _first(spec: ArgsSpec | Sequence[ArgsSpec]) -> ArgsSpec:
    return spec if callable(spec) else spec[0]


def spec_params(spec: ArgsSpec) -> tuple[str, ...]:
    """Return names for the arguments of the callback that ``spec`` reads."""
    given: tuple[str, ...] | None = getattr(spec, "__wasmrx_params__", None)
    if given is not None:
        return given
    return tuple(f"_{name.lstrip('_')}" for name in parameter_names(spec))


class _Binding:
    """One trigger: its parameters and the Vars that it gives."""

    def __init__(self, spec: ArgsSpec, trigger: str) -> None:
        self.trigger = trigger
        self.params = spec_params(spec)
        given = spec(*(BrowserValue(Local(name)) for name in self.params))
        many = isinstance(given, (list, tuple))
        self.given = tuple(cast("Sequence[Any]", given)) if many else (given,)

    def calls(self, value: Any, when: Expr | None) -> list[Guarded]:
        """Return the guarded calls of ``value``, in order."""
        if value is None:
            return []
        if isinstance(value, EventHandler):
            return [(when, self._complete(value()).call())]
        if isinstance(value, EventSpec):
            return [(when, self._complete(value).call())]
        if isinstance(value, (EventChain, Chain)):
            chain = value.chain if isinstance(value, EventChain) else value
            return [(_both(when, guard), call) for guard, call in chain.calls]
        if isinstance(value, Var):
            expr = to_expr(cast("object", value))
            if isinstance(expr, Op) and kind_of(type_of(cast("Any", value))) in (
                "number",
                "bool",
                "str",
            ):
                raise self._no_event(f"a value, `{describe(expr)}`")
            return self._of_expr(expr, when)
        if isinstance(value, (list, tuple)):
            found: list[Guarded] = []
            for item in cast("Sequence[Any]", value):
                found.extend(self.calls(item, when))
            return found
        as_spec = getattr(value, "as_event_spec", None)
        if as_spec is not None:
            return self.calls(as_spec(), when)
        if is_partial(value):
            return self.calls(value(), when)
        if callable(value):
            return self.calls(self._call(value), when)
        raise self._no_event(f"{value!r} (a {type(value).__name__})")

    def _no_event(self, got: str) -> EventHandlerTypeError:
        return EventHandlerTypeError(
            f"{self.trigger} got {got}. It takes an event handler "
            "(State.handler), a call of one (State.handler(1)), an action such as "
            "rx.redirect(...), a lambda that returns one of these, or a list of these."
        )

    def _call(self, fn: Callable[..., Any]) -> Any:
        if takes_any_number(fn):
            return fn(*self.given)
        params = positional_names(fn)
        if getattr(fn, "__self__", None) is not None:
            params = params[1:]
        defaults = [name for name in optional_names(fn) if name in params]
        required = len(params) - len(defaults)
        if required > len(self.given):
            raise self._mismatch(getattr(fn, "__name__", repr(fn)), params, required)
        return fn(*self.given[: len(params)] if not defaults else self.given[:required])

    def _complete(self, spec: EventSpec) -> EventSpec:
        handler = spec.handler
        if handler is None:
            return spec
        missing = spec.missing
        optional = handler.optional
        required = [name for name in missing if name not in optional]
        if len(required) > len(self.given):
            raise self._mismatch(handler.name, handler.params, len(required), len(spec.values))
        return with_whole_forms(spec.add_args(*self._fitting(handler, missing, optional)))

    def _fitting(
        self, handler: EventHandler, missing: Sequence[str], optional: Sequence[str]
    ) -> Sequence[Any]:
        """Return the values for ``missing``.

        What a click tells ends before an optional parameter that it does not fit. Raises
        EventHandlerArgTypeMismatchError for a value that can never be what the handler declares.
        """
        pairs = list(zip(missing, self.given, strict=False))
        hints = hints_of(unwrapped(handler.fn)) if pairs else {}
        for index, (name, value) in enumerate(pairs):
            given, wanted = type_of(value), hints.get(name, Any)
            if may_fit(given, wanted):
                continue
            if is_typeddict(given) and name in optional:
                return self.given[:index]
            short = handler.name.rpartition(".")[2]
            raise EventHandlerArgTypeMismatchError(
                f"{self.trigger} gives {hint_name(given)}, but {handler.name} takes "
                f"{name}: {hint_name(wanted)}. Give the value in the call, {short}(...)."
            )
        return self.given

    def _mismatch(
        self, name: str, params: tuple[str, ...], needed: int, bound: int = 0
    ) -> EventFnArgMismatchError:
        given = len(self.given)
        gives = "no arguments" if given == 0 else f"{given} argument{'s'[: given != 1]}"
        have = f", of which {bound} are already given" if bound else ""
        return EventFnArgMismatchError(
            f"{self.trigger} gives {gives}, but {name} needs {needed}: it takes "
            f"{describe_params(params)}{have}. Give the rest in the call, "
            f"{name.rpartition('.')[2]}(...), or give the parameters default values."
        )

    def _of_expr(self, expr: Expr, when: Expr | None) -> list[Guarded]:
        if isinstance(expr, Conditional):
            negated = Conditional(expr.test, Literal(False), Literal(True))
            return [
                *self._of_expr(expr.then, _both(when, expr.test)),
                *self._of_expr(expr.orelse, _both(when, negated)),
            ]
        if isinstance(expr, Chain):
            return [(_both(when, guard), self._refill(call)) for guard, call in expr.calls]
        if isinstance(expr, Literal) and expr.value is None:
            return []
        if isinstance(expr, (StateVar, Template, Literal)):
            raise self._no_event(f"a value, `{describe(expr)}`")
        run = Call("action", "run", (("value", expr), *self._numbered()))
        return [(when, run)]

    def _numbered(self) -> tuple[tuple[str, Expr], ...]:
        return tuple((str(i), to_expr(value)) for i, value in enumerate(self.given))

    def _refill(self, call: Call) -> Call:
        handler = handler_named(call.target) if call.kind == "event" else None
        if handler is None:
            return call
        spec = EventSpec(
            call.target,
            tuple((name, cast("object", Var(value))) for name, value in call.args),
            kind="event",
            handler=handler,
            modifiers=call.modifiers,
        )
        return self._complete(spec).call()


_lookup: list[Callable[[str], EventHandler | None]] = []


def handler_named(name: str) -> EventHandler | None:
    """Return the event handler with this wire name, None where there is none."""
    return _lookup[0](name) if _lookup else None


def set_handler_lookup(lookup: Callable[[str], EventHandler | None]) -> None:
    """Tell how handlers are found by wire name; the state module does it when imported."""
    _lookup[:] = [lookup]


def _both(first: Expr | None, second: Expr | None) -> Expr | None:
    if first is None:
        return second
    return first if second is None else Conditional(first, second, Literal(False))
