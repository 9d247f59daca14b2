"""Computed vars: ``@rx.var``.

The value is kept until something that it read changes. What it reads is recorded while it runs,
in this state, in parents, and in states that it gets with ``get_state``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from .errors import (
    ComputedVarSignatureError,
    UntypedComputedVarError,
    VarDependencyError,
)
from .expr import StateVar
from .fields import MISSING
from .graph import Node, reads
from .handlers import parameter_names
from .hints import resolve
from .var import Var, to_expr

if TYPE_CHECKING:
    from datetime import timedelta

    from .state import State

T = TypeVar("T")

_COROUTINE = 0x80


class ComputedVar(Generic[T]):
    """One computed var of one state class."""

    owner: type[State]

    def __init__(
        self,
        fget: Callable[[Any], T],
        *,
        initial_value: Any = MISSING,
        cache: bool = True,
        deps: Iterable[Any] | None = None,
        auto_deps: bool = True,
        interval: int | timedelta | None = None,
        backend: bool | None = None,
    ) -> None:
        """Wrap ``fget``; see ``var`` for the options."""
        self.fget = fget
        self.name: str = fget.__name__
        self.initial_value = initial_value
        self.cache = cache
        self.deps: tuple[Any, ...] = _checked(deps, self.name)
        self.auto_deps = auto_deps
        self.seconds = _seconds(interval)
        self.backend = self.name.startswith("_") if backend is None else backend
        self.is_async = bool(
            getattr(fget, "__code__", None) and fget.__code__.co_flags & _COROUTINE
        )
        self._hint: Any = MISSING
        self.__doc__ = fget.__doc__
        self._check_signature()

    def _check_signature(self) -> None:
        params = parameter_names(self.fget)
        if len(params) > 1:
            raise ComputedVarSignatureError(
                f"The computed var {self.fget.__qualname__!r} takes {len(params)} parameters; it "
                "may only take self."
            )
        if "return" not in getattr(self.fget, "__annotations__", {}):
            raise UntypedComputedVarError(
                f"The computed var {self.fget.__qualname__!r} has no return annotation: write "
                f"'def {self.name}(self) -> str:' with the type that it returns."
            )

    def bound(self, owner: type[State], name: str) -> ComputedVar[T]:
        """Return a copy that belongs to ``owner``."""
        made: ComputedVar[T] = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.owner = owner
        made.name = name
        return made

    @property
    def hint(self) -> Any:
        """Return the resolved return annotation."""
        if self._hint is MISSING:
            self._hint = resolve(self.fget.__annotations__["return"], self.owner)
        return self._hint

    @overload
    def __get__(self, instance: None, owner: type[object]) -> Var[T]: ...
    @overload
    def __get__(self, instance: State, owner: type[object]) -> T: ...
    def __get__(self, instance: State | None, owner: type[object]) -> Any:
        """Return the Var on the class, the value on an instance (async: something to await)."""
        if instance is None:
            made: Var[Any] = Var(StateVar(self.owner.get_full_name(), self.name), self.hint)
            return made
        seen = reads.get()
        if seen is not None:
            seen.add(self)
        state = instance.__wx_home__(self.owner)
        if self.is_async:
            return self.awaited(state)
        kept = self.kept(state)
        return self.compute(state) if kept is MISSING else kept

    def __set__(self, instance: State, value: object) -> None:
        """Refuse: the value is computed."""
        raise AttributeError(
            f"{self.owner.get_full_name()}.{self.name} is a computed var and cannot be assigned; "
            "change what it is computed from."
        )

    def kept(self, state: State) -> Any:
        """Return the value that still holds, or MISSING."""
        if not self.cache:
            return MISSING
        entry = state.__wx_computed__.get(self.name)
        if entry is None or self.expired(state):
            return MISSING
        return entry[0]

    def expired(self, state: State) -> bool:
        """Tell whether the value is older than the interval."""
        entry = state.__wx_computed__.get(self.name)
        if self.seconds is None or entry is None:
            return False
        return time.time() - entry[1] >= self.seconds

    def compute(self, state: State) -> Any:
        """Run the function, record its reads, keep the value."""
        token = reads.set(set())
        try:
            value = self.fget(state)
        finally:
            self._record(state, reads.get() or set())
            reads.reset(token)
        state.__wx_computed__[self.name] = (value, time.time() if self.seconds else 0.0)
        return value

    async def awaited(self, state: State) -> Any:
        """Do the same for an async function."""
        kept = self.kept(state)
        if kept is not MISSING:
            return kept
        token = reads.set(set())
        try:
            work: Coroutine[Any, Any, Any] = self.fget(state)  # type: ignore[assignment]
            value = await work
        finally:
            self._record(state, reads.get() or set())
            reads.reset(token)
        state.__wx_computed__[self.name] = (value, time.time() if self.seconds else 0.0)
        return value

    def _record(self, state: State, seen: set[Node]) -> None:
        if not self.auto_deps:
            seen = set()
        for dep in self.deps:
            seen.add(self._dependency(dep))
        state.__wx_session__.graph.record(self, seen)

    def check(self) -> None:
        """Raise VarDependencyError where a listed dependency does not exist."""
        for dep in self.deps:
            self._dependency(dep)

    def _dependency(self, dep: Any) -> Node:
        if isinstance(dep, Var):
            expr = to_expr(cast("Var[Any]", dep))
            if isinstance(expr, StateVar):
                found = self.owner.__wx_find_var__(expr.state, expr.name)
                if found is not None:
                    return found
        elif isinstance(dep, ComputedVar):
            return cast("Node", dep)
        else:
            found = self.owner.__wx_var_named__(str(dep))
            if found is not None:
                return found
        raise VarDependencyError(
            f"The computed var {self.owner.get_full_name()}.{self.name} lists the dependency "
            f"{dep!r}, which is no var of the state."
        )

    def setter(self, fset: Callable[..., Any]) -> Any:
        """Refuse: computed vars have no setter."""
        raise AttributeError(f"The computed var {self.name!r} cannot have a setter.")


def _checked(deps: Iterable[Any] | None, name: str) -> tuple[Any, ...]:
    if isinstance(deps, str):
        raise TypeError(f"@rx.var(deps=...) of {name!r} takes a list of names, not text.")
    return tuple(deps or ())


def _seconds(interval: int | timedelta | None) -> float | None:
    if interval is None:
        return None
    total = getattr(interval, "total_seconds", None)
    return total() if total is not None else float(interval)  # type: ignore[arg-type]


@overload
def var(fget: Callable[[Any], T], /) -> ComputedVar[T]: ...
@overload
def var(
    fget: None = None,
    *,
    initial_value: Any = MISSING,
    cache: bool = True,
    deps: Iterable[Any] | None = None,
    auto_deps: bool = True,
    interval: int | timedelta | None = None,
    backend: bool | None = None,
    **_: Any,
) -> Callable[[Callable[[Any], T]], ComputedVar[T]]: ...
def var(fget: Callable[[Any], Any] | None = None, **options: Any) -> Any:
    """Make a method of a state a computed var.

    ``cache=False`` computes it at every update. ``deps`` adds dependencies by name or Var;
    ``auto_deps=False`` keeps to these. ``interval`` (seconds or timedelta) limits how long a
    value holds. ``backend=True`` keeps it in Python. ``initial_value`` stands in the prerendered
    page until Python runs.
    """

    def make(function: Callable[[Any], Any]) -> ComputedVar[Any]:
        return ComputedVar(function, **options)

    return make if fget is None else make(fget)
