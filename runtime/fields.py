"""The vars of a state: descriptors that are a Var on the class and a value on an instance.

A field keeps its value in the instance's ``_values``. Reading it notes the read for the computed
var that is running; writing it tells the session what changed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from .containers import wrap
from .errors import BackendVarFormatError, ImmutableStateError, StateTypeError, caller_place
from .expr import StateVar
from .graph import reads
from .hints import default_for, describe, infer, matches, resolve
from .proxy import unwrap
from .storage import ClientStorage
from .var import Var

if TYPE_CHECKING:
    from .state import State

T = TypeVar("T")

ATOMIC: frozenset[type] = frozenset((str, int, float, bool, type(None), bytes, complex))
"""Types whose values never change; reading them needs no proxy."""

MISSING: Any = object()


class Field(Generic[T]):
    """One declared var of one state class."""

    __slots__ = (
        "_annotation",
        "_hint",
        "_simple",
        "_storage",
        "backend",
        "default",
        "default_factory",
        "explicit",
        "name",
        "owner",
    )
    __wasmrx_field__ = True
    owner: type[State]

    def __init__(
        self,
        default: Any = MISSING,
        *,
        default_factory: Callable[[], Any] | None = None,
        annotation: Any = MISSING,
        is_var: bool = True,
    ) -> None:
        """Declare a var; the state class completes it with its name and annotation."""
        self.default = default
        self.default_factory = default_factory
        self.explicit = is_var
        self.name = ""
        self.backend = False
        self._annotation = annotation
        self._hint: Any = MISSING
        self._simple: type | None = None
        self._storage: Any = MISSING

    def bound(self, owner: type[State], name: str, annotation: Any) -> Field[T]:
        """Return a copy that belongs to ``owner``."""
        made = type(self)(
            self.default,
            default_factory=self.default_factory,
            annotation=self._annotation if annotation is MISSING else annotation,
            is_var=self.explicit,
        )
        made.owner = owner
        made.name = name
        made.backend = name.startswith("_") or not self.explicit
        return made

    @property
    def hint(self) -> Any:
        """Return the resolved type hint; for a var without annotation, that of its default."""
        if self._hint is MISSING:
            hint: Any
            if self._annotation is MISSING:
                hint = infer(self.initial())
            else:
                hint = resolve(self._annotation, self.owner)
            if hasattr(hint, "storage_kind"):
                hint = str  # What the browser keeps is text; the class says where.
            self._hint = hint
            if isinstance(hint, type) and hint in ATOMIC:
                self._simple = hint
        return self._hint

    @property
    def annotation(self) -> Any:
        """Return the annotation as it was written, MISSING where there is none."""
        return self._annotation

    @property
    def type_(self) -> Any:
        """Return the type hint."""
        return self.hint

    @property
    def annotated_text(self) -> str:
        """Return the annotation as text, for the hash of the state's schema."""
        if self._annotation is MISSING:
            return type(self.default).__qualname__
        return self._annotation if isinstance(self._annotation, str) else describe(self.hint)

    @property
    def storage(self) -> ClientStorage | None:
        """Return the default where it says that the browser keeps the var, else None."""
        if self._storage is MISSING:
            self._storage = self._find_storage()
        return self._storage

    def _find_storage(self) -> ClientStorage | None:
        if self.default is MISSING and self._annotation is not MISSING:
            hint = resolve(self._annotation, self.owner)
            if isinstance(hint, type) and issubclass(hint, ClientStorage):
                self.default = hint()
        return self.default if isinstance(self.default, ClientStorage) else None

    @property
    def storage_key(self) -> str:
        """Return the key under which the browser keeps the var."""
        kept = self.storage
        return (kept and kept.name) or f"{self.owner.get_full_name()}.{self.name}"

    def initial(self) -> Any:
        """Return a new initial value."""
        if self.default_factory is not None:
            return unwrap(self.default_factory())
        if self.default is MISSING:
            return default_for(self.hint)
        if isinstance(self.default, ClientStorage):
            return str(self.default)
        if type(self.default) in ATOMIC:
            return self.default
        try:
            return copy.deepcopy(self.default)
        except TypeError:  # A lock, a client, a module: shared, as it cannot be copied.
            return self.default

    def default_value(self) -> Any:
        """Return a new initial value."""
        return self.initial()

    def set_default(
        self, default: Any = MISSING, *, default_factory: Callable[[], Any] | None = None
    ) -> None:
        """Replace the default, for values that no session holds yet; a mutable one is copied.

        Raises TypeError where both or neither are given.
        """
        if (default is MISSING) is (default_factory is None):
            raise TypeError("set_default takes either a default or default_factory=.")
        self.default = default if isinstance(default, ClientStorage) else copy.deepcopy(default)
        self.default_factory = default_factory
        self._storage = MISSING

    @overload
    def __get__(self, instance: None, owner: type[object]) -> Var[T]: ...
    @overload
    def __get__(self, instance: State, owner: type[object]) -> T: ...
    def __get__(self, instance: State | None, owner: type[object]) -> Any:
        """Return the Var on the class, the value on an instance."""
        if instance is None:
            return self.on_class()
        seen = reads.get()
        if seen is not None:
            seen.add(self)
        state = instance if type(instance) is self.owner else instance.__wx_home__(self.owner)
        value = state.__wx_values__[self.name]
        return value if type(value) in ATOMIC else wrap(value, state, self, instance.__wx_guard__)

    def on_class(self) -> Any:
        """Return what the class attribute is: the Var; where there is none, this field."""
        if self.backend or self.owner.__wx_mixin__:
            return self
        made: Var[Any] = Var(StateVar(self.owner.get_full_name(), self.name), self.hint)
        return made

    def __set__(self, instance: State, value: T) -> None:
        """Assign, and note the change."""
        guard = instance.__wx_guard__
        if guard is not None and not guard.held:
            raise immutable(self)
        state = instance if type(instance) is self.owner else instance.__wx_home__(self.owner)
        if type(value) not in ATOMIC:
            with suppress(RecursionError):  # It holds itself: what sends it says so, by name.
                value = unwrap(value)
        self.put(state, value)

    def put(self, state: State, value: object) -> None:
        """Assign ``value`` on the instance that owns this field, and note the change."""
        old = state.__wx_values__.get(self.name, MISSING)
        kind = type(value)
        is_same = kind in ATOMIC and (old is value or (type(old) is kind and old == value))
        if is_same and self.storage is None:
            return
        if kind is not self._simple:
            self.check(state, value)
        state.__wx_session__.assigned(self, old)
        state.__wx_values__[self.name] = value

    def _as_expr(self) -> Any:
        """Refuse to be shown by a page: only a Var has a value there."""
        owner, name = self.owner.__qualname__, self.name
        raise BackendVarFormatError(
            f"{owner}.{name} is a var of a mixin. Use it through a state that derives from {owner}."
            if self.owner.__wx_mixin__
            else f"{owner}.{name} is a backend var: it stays in Python, and a page cannot show it. "
            f"Name it {name.lstrip('_')!r}, without the underscore, to send it to the page; a "
            "constant is declared ClassVar[...]."
        ).at(caller_place())

    def __format__(self, spec: str) -> str:
        """Refuse to be part of an f-string of a page."""
        return self._as_expr()

    def check(self, state: State, value: Any) -> None:
        """Report a value that does not fit the annotation; the assignment still holds."""
        hint = self.hint
        if self._annotation is MISSING or self.backend or matches(value, hint):
            return
        error = StateTypeError(
            f"{self.owner.get_full_name()}.{self.name} is declared {describe(hint)} but is "
            f"assigned {short(value)} ({describe(infer(value))}). Convert the value, or widen "
            "the annotation."
        )
        state.__wx_session__.warn(error.at(caller_place()))


def short(value: Any) -> str:
    """Return a value for a message, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def immutable(field: Field[Any]) -> ImmutableStateError:
    """Return the error of a background handler that assigns outside of ``async with self``."""
    error = ImmutableStateError(
        f"{field.owner.get_full_name()}.{field.name} is changed by a background handler outside "
        "of 'async with self'. Put the change inside such a block: it waits for the events that "
        "are being handled, and sends the change when the block ends."
    )
    error.at(caller_place())
    return error


def field(
    default: Any = MISSING,
    *,
    is_var: bool = True,
    default_factory: Callable[[], Any] | None = None,
) -> Any:
    """Declare a var with options: ``items: rx.Field[list[int]] = rx.field(default_factory=list)``.

    ``is_var=False`` keeps it in Python, as a leading underscore does.
    """
    if default is not MISSING and default_factory is not None:
        raise ValueError("rx.field takes either a default or default_factory=, not both.")
    made: Field[Any] = Field(default, default_factory=default_factory, is_var=is_var)
    return made
