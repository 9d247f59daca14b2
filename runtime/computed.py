"""Computed vars: ``@rx.var``.

The value is kept until something that it read changes. What it reads is recorded while it runs,
in this state, in parents, and in states that it gets with ``get_state``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from .deps import checked, resolved
from .errors import (
    ComputedVarCycleError,
    ComputedVarSignatureError,
    SetUndefinedStateVarError,
    StateTypeError,
    UntypedComputedVarError,
    VarDependencyError,
    caller_place,
)
from .expr import StateVar
from .fields import MISSING, short
from .graph import Recording, reads
from .handlers import parameter_names
from .hints import describe, infer, matches, resolve
from .proxy import is_proxy
from .var import Var

if TYPE_CHECKING:
    from datetime import timedelta

    from .state import State

T = TypeVar("T")

_COROUTINE, _GENERATOR, _ASYNC_GENERATOR = 0x80, 0x20, 0x200
_CONTAINERS = frozenset((list, dict, set))


class ComputedVar(Generic[T]):
    """One computed var of one state class."""

    owner: type[State] | None = None

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
        return_type: Any = MISSING,
    ) -> None:
        """Wrap ``fget``; see ``var`` for the options."""
        self.fget = fget
        self.name: str = fget.__name__
        self.initial_value = initial_value
        self.cache = cache
        self.deps = checked(deps, self)
        self.auto_deps = auto_deps
        self.seconds = _seconds(interval)
        self.backend = self.name.startswith("_") if backend is None else backend
        self.is_async = bool(_flags(fget) & _COROUTINE)
        self._return = getattr(fget, "__annotations__", {}).get("return", return_type)
        self._hint: Any = MISSING
        self._simple: type | None = None
        self.__doc__ = fget.__doc__
        self._check_signature()
        if not cache and interval is not None:
            raise ValueError(
                f"@rx.var(interval=...) of {self.name!r} needs the cache: leave cache=False out."
            )
        if not cache and (deps is not None or not auto_deps):
            raise VarDependencyError(
                f"@rx.var(cache=False) of {self.name!r} is computed at every update and has no use "
                "for deps and auto_deps: leave them out, or cache=False."
            ).at(self.place)

    def _check_signature(self) -> None:
        shown = self.fget.__qualname__
        params = parameter_names(self.fget)
        if len(params) != 1:
            count = f"{len(params)} parameters" if params else "no parameter"
            raise ComputedVarSignatureError(
                f"The computed var {shown!r} takes {count}; it must take self and nothing else."
            ).at(self.place)
        if _flags(self.fget) & (_GENERATOR | _ASYNC_GENERATOR):
            raise ComputedVarSignatureError(
                f"The computed var {shown!r} yields; it must return its value. To make a list of "
                "what it yields, collect it: return [... for ... in ...]."
            ).at(self.place)
        if self._return is MISSING:
            raise UntypedComputedVarError(
                f"The computed var {shown!r} has no return annotation: write "
                f"'def {self.name}(self) -> str:' with the type that it returns."
            ).at(self.place)

    @property
    def place(self) -> tuple[str, int] | None:
        """Return the file and line of the function."""
        code = getattr(self.fget, "__code__", None)
        return None if code is None else (code.co_filename, code.co_firstlineno)

    @property
    def full_name(self) -> str:
        """Return the name as messages give it, ``"shop.Cart.total"``."""
        return self.name if self.owner is None else f"{self.owner.get_full_name()}.{self.name}"

    def bound(self, owner: type[State], name: str) -> ComputedVar[T]:
        """Return a copy that belongs to ``owner``."""
        made: ComputedVar[T] = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.owner = owner
        made.name = name
        return made

    @property
    def home(self) -> type[State]:
        """Return the state class that the var belongs to; a mixin's belongs to none."""
        if self.owner is None:
            raise AttributeError(
                f"The computed var {self.name!r} belongs to a mixin: take it from a state that "
                "uses the mixin."
            )
        return self.owner

    @property
    def hint(self) -> Any:
        """Return the resolved return annotation."""
        if self._hint is MISSING:
            self._hint = resolve(self._return, self.home)
            if isinstance(self._hint, type):
                self._simple = self._hint
        return self._hint

    @overload
    def __get__(self, instance: None, owner: type[object]) -> Var[T]: ...
    @overload
    def __get__(self, instance: State, owner: type[object]) -> T: ...
    def __get__(self, instance: State | None, owner: type[object]) -> Any:
        """Return the Var on the class, the value on an instance (async: something to await)."""
        if instance is None:
            made: Var[Any] = Var(StateVar(self.home.get_full_name(), self.name), self.hint)
            return made
        if self.owner is None:  # A mixin's, by super(): part of what overrides it.
            return self.fget(instance)
        seen = reads.get()
        if seen is not None:
            seen.add(self)
        state = instance.__wx_home__(self.owner)
        if self.is_async:
            return self.awaited(state)
        value = self.kept(state)
        if value is MISSING:
            value = self.compute(state)
        if type(value) in _CONTAINERS and self.cache:
            return self._lend(value, instance if seen is None else seen)
        return value

    def _lend(self, value: Any, borrower: State | Recording) -> Any:
        """Return a copy for who may mutate it; it gets the same one as long as the value holds."""
        lent = borrower.lent if isinstance(borrower, Recording) else borrower.__wx_session__.lent
        known = lent.get(self)
        if known is None or known[0] is not value:
            known = lent[self] = (value, _copied(value))
        return known[1]

    def __set__(self, instance: State, value: object) -> None:
        """Refuse: the value is computed."""
        raise SetUndefinedStateVarError(
            f"{self.full_name} is a computed var and cannot be assigned; change what it is "
            "computed from."
        ).at(caller_place())

    def kept(self, state: State) -> Any:
        """Return the value that still holds, or MISSING."""
        if not self.cache:
            return MISSING
        entry = state.__wx_computed__.get(self.name)
        if entry is None or (self.seconds is not None and self.expired(state)):
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
        recording = self._begin(state)
        session = state.__wx_session__
        token = reads.set(recording)
        session.computing += 1
        try:
            value = self.fget(state)
        except Exception as error:
            _blame(error, self)
            raise
        finally:
            session.computing -= 1
            reads.reset(token)
            session.graph.record(self, self._dependencies(recording))
        self._keep(state, value)
        return value

    async def awaited(self, state: State) -> Any:
        """Do the same for an async function."""
        value = self.kept(state)
        if value is not MISSING:
            return value
        recording = self._begin(state)
        session = state.__wx_session__
        session.graph.begin(recording)
        token = reads.set(recording)
        session.computing += 1
        try:
            work: Coroutine[Any, Any, Any] = self.fget(state)  # type: ignore[assignment]
            value = await work
        except Exception as error:
            _blame(error, self)
            raise
        finally:
            session.computing -= 1
            reads.reset(token)
            session.graph.end(recording)
            if recording.spoiled:
                session.stale[self] = None
            else:
                session.graph.record(self, self._dependencies(recording))
        if not recording.spoiled:
            self._keep(state, value)
        return value

    def _begin(self, state: State) -> Recording:
        """Return a new recording; raise where this evaluation waits for itself."""
        recording = Recording(self, state, reads.get())
        if recording.above is not None:
            cycle = recording.cycle()
            if cycle:
                raise _cycle_error(cycle)
        return recording

    def _keep(self, state: State, value: Any) -> None:
        state.__wx_computed__[self.name] = (value, 0.0 if self.seconds is None else time.time())
        if type(value) is not self._simple:
            self._check(state, value)

    def _check(self, state: State, value: Any) -> None:
        """Report a value that does not fit the annotation; the value still holds."""
        hint = self.hint
        if type(value) is self._simple or matches(value, hint):
            return
        if is_proxy(value):
            value = value.__wx_target__
        state.__wx_session__.warn(
            StateTypeError(
                f"The computed var {self.full_name} is declared {describe(hint)} but returns "
                f"{short(value)} ({describe(infer(value))}). Convert what it returns, or "
                "correct its annotation."
            ).at(self.place)
        )

    def _dependencies(self, recording: Recording) -> set[Any]:
        seen: set[Any] = recording if self.auto_deps else set()
        for dep in self.deps:
            seen |= resolved(dep, self.home, self.full_name)
        return seen

    def check(self) -> None:
        """Raise VarDependencyError where a listed dependency does not exist."""
        for dep in self.deps:
            resolved(dep, self.home, self.full_name)

    def setter(self, fset: Callable[..., Any]) -> Any:
        """Refuse: computed vars have no setter."""
        raise AttributeError(f"The computed var {self.name!r} cannot have a setter.")


def _flags(fget: Callable[..., Any]) -> int:
    code = getattr(fget, "__code__", None)
    return 0 if code is None else code.co_flags


def _copied(value: Any) -> Any:
    """Return a copy of a container and of the plain containers inside it."""
    made = value.copy()
    if type(value) is dict:
        pairs = cast("dict[Any, Any]", made)
        if not _CONTAINERS.isdisjoint(map(type, pairs.values())):
            for key, item in pairs.items():
                if type(item) in _CONTAINERS:
                    pairs[key] = _copied(item)
    elif type(value) is list:
        items = cast("list[Any]", made)
        if not _CONTAINERS.isdisjoint(map(type, items)):
            made[:] = [_copied(item) if type(item) in _CONTAINERS else item for item in items]
    return made


def _blame(error: Exception, var: ComputedVar[Any]) -> None:
    """Note on an exception the computed var that it comes from: the innermost one."""
    if not hasattr(error, "__wx_var__"):
        error.__wx_var__ = var  # type: ignore[attr-defined]


def _cycle_error(cycle: list[ComputedVar[Any]]) -> ComputedVarCycleError:
    """Return the error that names ``cycle``, told from the same var whoever started it."""
    members = cycle[:-1]
    first = min(range(len(members)), key=lambda i: members[i].full_name)
    members = members[first:] + members[:first]
    names = " → ".join(_placed(var) for var in (*members, members[0]))
    words = (
        f"Computed vars read each other in a circle: {names}. Compute one of them from vars that "
        "are assigned, or move what they share into a method that each of them calls."
    )
    if len(members) == 1:
        words = f"A computed var reads itself: {names}. Compute it from other vars."
    error = ComputedVarCycleError(words)
    error.at(members[0].place)
    return error


def _placed(var: ComputedVar[Any]) -> str:
    place = var.place
    return var.full_name if place is None else f"{var.full_name} (line {place[1]})"


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
    return_type: Any = MISSING,
) -> Callable[[Callable[[Any], T]], ComputedVar[T]]: ...
def var(fget: Callable[[Any], Any] | None = None, **options: Any) -> Any:
    """Make a method of a state a computed var.

    ``cache=False`` computes it at every update. ``deps`` adds dependencies by name or Var;
    ``auto_deps=False`` keeps to these. ``interval`` (seconds or timedelta) limits how long a
    value holds; it is looked at when something happens, no timer runs. ``backend=True`` keeps it
    in Python. ``initial_value`` stands in the prerendered page until Python runs.

    Raises UntypedComputedVarError where neither an annotation nor ``return_type`` says what it
    returns, ComputedVarSignatureError where it takes more than ``self``, VarDependencyError where
    ``deps`` names no var.
    """

    def make(function: Callable[[Any], Any]) -> ComputedVar[Any]:
        return ComputedVar(function, **options)

    return make if fget is None else make(fget)
