"""Server handlers: what the author says of one, and what stands for it in the browser.

On the host a handler that is marked for the server keeps its function and an ``Options``. What the
browser gets has a stub in its place, made by ``stub`` from a ``Contract``: the id that the backend
knows the handler by, and which vars go there and come back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypedDict, TypeVar

from .errors import NeedsServerError, ServerHandlerError, caller_place
from .fields import MISSING, Field
from .handlers import BACKGROUND, SERVER, SUPERSEDES

F = TypeVar("F", bound=Callable[..., Any])

TIMEOUT = 30.0
"""Seconds that a server handler may take unless it says otherwise."""


class ServerOptions(TypedDict, total=False):
    """What ``@rx.event(server=True, …)`` and ``@rx.server(…)`` take."""

    reads: list[Any]
    writes: list[Any]
    timeout: float
    idempotent: bool
    safe: bool
    offline: Literal["fail", "queue"]
    auth: Any
    fallback: Any
    version: int | str
    rate: str


@dataclass(frozen=True)
class Options:
    """What an author says of a server handler.

    ``reads`` and ``writes`` name vars; None lets the build find them in the code. ``timeout`` is in
    seconds. ``idempotent`` allows the page to send a call again of which it has heard nothing;
    ``safe`` does, too, of a handler that only looks: each time it runs again.
    ``offline="queue"`` keeps calls, also over a reload, until there is a network. ``auth`` decides
    who may call: a function of the ``Caller``, True for visitors who are logged in, False for
    everyone. ``fallback`` is the event that runs in builds without a backend. ``version`` is
    changed with the meaning of the handler, so that pages of before no longer call it. ``rate``
    limits each visitor, as in ``"10/minute"``.
    """

    reads: list[Any] | None = None
    writes: list[Any] | None = None
    timeout: float = TIMEOUT
    idempotent: bool = False
    safe: bool = False
    offline: Literal["fail", "queue"] = "fail"
    auth: Any = None
    fallback: Any = None
    version: int | str = 1
    rate: str = ""


class Contract(TypedDict):
    """What the browser knows of a server handler.

    ``address`` is where the backend is: None where there is none, "" for the site's own host.
    ``table`` names the set of all server handlers of the build. ``reads`` and ``writes`` are vars
    by state.
    """

    id: str
    table: str
    address: str | None
    reads: dict[str, list[str]]
    writes: dict[str, list[str]]
    timeout: float
    again: bool
    queue: bool
    supersedes: bool
    fallback: str | None


def mark(fn: F, given: ServerOptions) -> F:
    """Mark ``fn`` as a server handler."""
    options = Options(**given)
    if options.safe:
        options = replace(options, idempotent=True)
    if options.offline == "queue" and not options.idempotent:
        raise ServerHandlerError(
            f"{fn.__qualname__} has offline='queue': a call that waits is sent until an answer is "
            "there, and so may arrive twice. Say idempotent=True, too."
        ).at(caller_place())
    setattr(fn, SERVER, options)
    return fn


def stub(text: str, attach: bool = False) -> Callable[[F], F]:
    """Return the decorator of what stands for a server handler in the browser.

    ``text`` has the contracts by the handlers' names: a method of a mixin is one of each state.
    With ``attach`` it is a function outside of a class.
    """
    contracts: dict[str, Contract] = json.loads(text)

    def decorate(fn: F) -> F:
        setattr(fn, SERVER, contracts)
        setattr(fn, BACKGROUND, True)
        setattr(fn, SUPERSEDES, any(each["supersedes"] for each in contracts.values()))
        if not attach:
            return fn
        from .events import event  # noqa: PLC0415 - events imports this module

        return event(fn)

    return decorate


class ServerVar(Field[Any]):
    """A var that lives on the server, one for each visitor."""

    __slots__ = ()


@dataclass(frozen=True)
class Caller:
    """Who calls a server handler: what a function given as ``auth`` decides by.

    ``user`` is who logged in, None for a visitor who has not. ``headers`` have lower-case names.
    """

    handler: str
    user: str | None
    address: str
    headers: dict[str, str]


class Running(Protocol):
    """A call that the server is answering."""

    @property
    def caller(self) -> Caller:
        """Return who calls."""
        ...

    def change_user(self, user: str | None) -> None:
        """Log a user in or out."""
        ...


running: ContextVar[Running | None] = ContextVar("running", default=None)
"""The call that runs in this context."""


def _running(name: str) -> Running:
    found = running.get()
    if found is None:
        raise NeedsServerError(
            f"rx.server.{name} is there in a server handler only: decorate the handler with "
            "@rx.server."
        ).at(caller_place())
    return found


class ServerNamespace:
    """The type of ``rx.server``: called, it decorates; its attributes are for server handlers."""

    Caller = Caller

    def __init__(self) -> None:
        """Start without rules."""
        self.rules: dict[str, Any] = {}

    def __call__(self, func: Any = None, /, **options: Any) -> Any:
        """Mark a method of a state as a handler that runs on the server.

        The same as ``@rx.event(server=True, …)``; ``Options`` says what the options mean.
        """
        from .events import event  # noqa: PLC0415 - events imports this module

        decorate = event(server=True, **options)
        return decorate if func is None else decorate(func)

    def configure(self, **rules: Any) -> None:
        """Set what holds for all calls, at the top of a module; it stays on the server.

        ``auth`` decides who may call where a handler says nothing itself: with it, everything is
        refused that it does not allow. ``rate`` limits each visitor, ``most`` the calls at a time,
        ``of_one`` those of one visitor; ``origins`` are the pages on other hosts that may call.
        """
        unknown = rules.keys() - {"auth", "rate", "most", "of_one", "origins"}
        if unknown:
            raise ServerHandlerError(
                f"rx.server.configure has no parameter {sorted(unknown)[0]!r}."
            ).at(caller_place())
        self.rules.update(rules)

    def only(self) -> None:
        """Mark a module as one for the server: called at its top, it never reaches a browser."""
        if sys.platform == "emscripten":
            raise NeedsServerError("This module is marked for the server only.").at(caller_place())

    def var(
        self, default: Any = MISSING, *, default_factory: Callable[[], Any] | None = None
    ) -> Any:
        """Declare a var that stays on the server: one value for each visitor, never sent."""
        return ServerVar(default, default_factory=default_factory, is_var=False)

    def login(self, user: str) -> None:
        """Note that the visitor is ``user`` from now on; the session gets a new name."""
        _running("login").change_user(user)

    def logout(self) -> None:
        """Note that the visitor is nobody; what the server kept for the session is forgotten."""
        _running("logout").change_user(None)

    def user(self) -> str | None:
        """Return who is logged in, None where nobody is."""
        return _running("user").caller.user

    def caller(self) -> Caller:
        """Return who calls the server handler that runs."""
        return _running("caller").caller


server = ServerNamespace()


class CallUpdate(TypedDict, total=False):
    """Server → worker: one step of a call. A line of JSON each.

    ``delta`` holds whole values by state and var, ``special`` where floats stand that JSON cannot
    write; ``events`` are to run next, ``actions`` are for the page. ``error`` has a code for
    programs, an id that the server's log has, too, and words.
    """

    id: int
    delta: dict[str, dict[str, Any]]
    special: list[list[int | str]]
    events: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    error: dict[str, str]
    final: bool
