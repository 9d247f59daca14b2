"""``rx._x.client_state``: a value that only the page holds, read and set there without Python.

It lies in the page's own pseudo-state, so whatever shows it follows it. For handlers there are
events: ``push`` sends a value there, ``retrieve`` asks for the value.
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, TypeVar

from .callbacks import Callback
from .errors import VarTypeError
from .expr import Literal, Op, StateVar
from .handlers import EventSpec
from .var import Var

T = TypeVar("T")
NO_VALUE: Any = object()
_numbers = itertools.count(1)


class ClientStateVar(Var[T]):
    """A value of the page. The object itself shows nothing; ``value`` is what to show."""

    __slots__ = ("_default", "_name", "_shared")

    _name: str
    _default: object
    _shared: bool

    @classmethod
    def create(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, var_name: str | None = None, default: object = NO_VALUE, global_ref: bool = True
    ) -> ClientStateVar[Any]:
        """Return the value named ``var_name``, which starts as ``default`` with every page load.

        Two of one name are the same value, unless ``global_ref=False``, which keeps it apart from
        all others and from handlers.
        """
        if var_name is not None and not isinstance(var_name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise VarTypeError(f"The name of a client state is text, not {var_name!r}.")
        made = cls(Literal(None), type(None))
        own = f"${next(_numbers)}" if var_name is None or not global_ref else ""
        made._name = f"var.{var_name or ''}{own}"
        made._default = None if default is NO_VALUE else default
        made._shared = global_ref
        return made

    @property
    def value(self) -> Var[T]:
        """The value, for the page to show."""
        default = Var.create(self._default)
        hint = Any if default._kind == "none" else default._type
        return Var(Op("unless_unset", (StateVar("client", self._name), default._expr)), hint)

    @property
    def set(self) -> Callable[[object], EventSpec]:
        """An event handler that sets the value to what its trigger gives: ``on_change=it.set``."""
        return lambda value: self.set_value(value)

    def set_value(self, value: object = NO_VALUE) -> Any:
        """Return the event that sets the value; it runs in the page, without Python."""
        if value is NO_VALUE:
            return self.set
        return EventSpec("set_client", (("name", self._name), ("value", value)))

    def push(self, value: object) -> EventSpec:
        """Return the event by which a handler sets the value."""
        self._reachable("push")
        return EventSpec("set_client", (("name", self._name), ("value", value)))

    def retrieve(self, callback: Any = None) -> EventSpec:
        """Return the event that sends the value to the handler ``callback``."""
        self._reachable("retrieve")
        answer = None if callback is None else Callback(callback, "callback")
        values = (("default", self._default), ("callback", answer))
        return EventSpec("get_client", (("name", self._name), *values))

    def _reachable(self, doing: str) -> None:
        if not self._shared:
            raise VarTypeError(
                f"`.{doing}()` needs a client state that handlers can reach: leave out "
                "global_ref=False."
            )


client_state = ClientStateVar.create


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(
        f"rx._x has no {name!r}, only client_state. What Reflex tries out there is often part of "
        "rx itself: rx.memo, rx.code_block, rx.run_in_thread."
    )
