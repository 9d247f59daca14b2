"""The server handlers of an app: a contract for each, and the id that it is called by.

An id is a hash of what a page relies on: where the handler is, its signature with the shapes of
its types, the vars that go and come, and the version that the author gives it. While that stays, a
page of an older build can call a newer server. Ids have 128 bits; two handlers with the same one
fail the build.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from wasmrx.coerce import hints_of
from wasmrx.errors import ServerHandlerError
from wasmrx.expr import StateVar
from wasmrx.fields import Field
from wasmrx.handlers import (
    EventHandler,
    describe_params,
    takes_any_number,
    takes_named,
    unwrapped,
)
from wasmrx.registry import all_handlers, state_named
from wasmrx.remote import Contract, Options
from wasmrx.schema import type_text
from wasmrx.var import Var, to_expr

from .server_vars import Found, vars_of

ID_DIGITS = 32

Digest = Callable[[str], str]


def digest(text: str) -> str:
    """Return 128 bits of SHA-256 as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]


Fields = tuple[Field[Any], ...]


class ServerHandler:
    """One server handler: ``kept`` are the vars that stay on the server, ``id`` its name there."""

    def __init__(
        self,
        handler: EventHandler,
        options: Options,
        reads: Fields,
        writes: Fields,
        kept: Fields,
        id: str,
    ) -> None:
        """Hold the parts."""
        self.handler = handler
        self.options = options
        self.reads = reads
        self.writes = writes
        self.kept = kept
        self.id = id

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """Return the types of the parameters."""
        return hints_of(unwrapped(self.handler.fn))


@dataclass(frozen=True)
class ServerTable:
    """All server handlers of an app by id; ``name`` changes with any contract."""

    handlers: Mapping[str, ServerHandler]
    name: str

    def contract(self, found: ServerHandler, address: str | None) -> Contract:
        """Return what the browser is told of a handler; ``address`` is where the backend is."""
        options = found.options
        return Contract(
            id=found.id,
            table=self.name,
            address=address,
            reads=by_state(found.reads),
            writes=by_state(found.writes),
            timeout=options.timeout,
            again=options.idempotent,
            queue=options.offline == "queue",
            supersedes=found.handler.supersedes,
            fallback=_fallback(found.handler, options.fallback),
        )


def server_table(make_id: Digest = digest) -> ServerTable:
    """Return the server handlers of the app that is imported.

    Raises ServerHandlerError where one cannot be called over a network, or two have the same id.
    """
    found: dict[str, ServerHandler] = {}
    for handler in sorted(all_handlers(), key=lambda each: each.name):
        if isinstance(handler.server, Options):
            made = _server_handler(handler, handler.server, make_id)
            other = found.get(made.id)
            if other is not None:
                raise ServerHandlerError(
                    f"{handler.name} and {other.handler.name} would have the same id {made.id}. "
                    "Give one of them another version: @rx.event(server=True, version=2)."
                ).at(handler.place)
            found[made.id] = made
    return ServerTable(found, make_id("\n".join(sorted(found))))


def _fallback(handler: EventHandler, given: Any) -> str | None:
    """Return the wire name of the event that runs where there is no backend."""
    if given is None:
        return None
    name = given if isinstance(given, str) else getattr(given, "__name__", "")
    other = given if isinstance(given, EventHandler) else handler.state.__wx_names__.get(name)
    if isinstance(other, EventHandler) and other.server is None:
        if not _takes_the_same(handler, other):
            raise ServerHandlerError(
                f"{other.name} cannot stand in for {handler.name}. A fallback gets what the call "
                f"has, by name: {describe_params(handler.params)}. What a call may leave out needs "
                "a default there, and so does everything else."
            ).at(other.place)
        return other.name
    raise ServerHandlerError(
        f"{handler.name} has fallback={given!r}, which is no handler of the browser. Name one of "
        f"{handler.state.__name__}, or give one of another state: fallback=Other.handler."
    ).at(handler.place)


def _takes_the_same(handler: EventHandler, other: EventHandler) -> bool:
    """Tell whether every call of ``handler`` can be one of ``other``."""
    given, needed = set(handler.params), set(other.params) - set(other.optional)
    is_known = given <= set(other.params) or takes_named(unwrapped(other.fn))
    return is_known and needed <= given - set(handler.optional)


def by_state(fields: Iterable[Field[Any]]) -> dict[str, list[str]]:
    """Return the names of vars by state, sorted."""
    found: dict[str, list[str]] = {}
    for field in sorted(fields, key=lambda each: (each.owner.get_full_name(), each.name)):
        found.setdefault(field.owner.get_full_name(), []).append(field.name)
    return found


def _server_handler(handler: EventHandler, options: Options, make_id: Digest) -> ServerHandler:
    _check_signature(handler)
    seen = Found()
    if options.reads is None or options.writes is None:
        seen = vars_of(handler)
    else:
        seen.kept = _kept_vars(handler)
    reads = seen.reads if options.reads is None else _named(handler, options.reads, "reads")
    writes = seen.writes if options.writes is None else _named(handler, options.writes, "writes")
    kept = seen.kept
    text = _contract_text(handler, options, reads, writes)
    order = (_sorted(reads), _sorted(writes), _sorted(kept))
    return ServerHandler(handler, options, *order, make_id(text))


def _sorted(fields: set[Field[Any]]) -> tuple[Field[Any], ...]:
    return tuple(sorted(fields, key=lambda each: (each.owner.get_full_name(), each.name)))


def _kept_vars(handler: EventHandler) -> set[Field[Any]]:
    """Return the server's own vars that a handler with explicit lists uses: at worst all."""
    with suppress(ServerHandlerError):
        return vars_of(handler).kept
    names = handler.state.__wx_names__.values()
    return {each for each in names if isinstance(each, Field) and each.backend}


def _named(handler: EventHandler, given: list[Any], what: str) -> set[Field[Any]]:
    """Return the fields that an explicit list means."""
    found: set[Field[Any]] = set()
    for each in given:
        member: Any = None
        expr = to_expr(cast("object", each)) if isinstance(each, Var) else None
        if isinstance(each, str):
            member = handler.state.__wx_names__.get(each)
        elif isinstance(expr, StateVar):
            home = state_named(expr.state)
            member = None if home is None else home.__wx_names__.get(expr.name)
        if not isinstance(member, Field) or member.backend:
            raise ServerHandlerError(
                f"{handler.name} has {what}=[…, {each!r}], which is no var that the page has. Name "
                f"vars of {handler.state.__name__} as text, those of other states as Other.name."
            ).at(handler.place)
        found.add(member)  # pyright: ignore[reportUnknownArgumentType]
    return found


def _check_signature(handler: EventHandler) -> None:
    fn = unwrapped(handler.fn)
    if takes_any_number(fn) or takes_named(fn):
        raise ServerHandlerError(
            f"{handler.name} takes any number of arguments. What the server accepts is checked "
            "against the signature: name the parameters."
        ).at(handler.place)
    hints = hints_of(fn)
    bare = [name for name in handler.params if name not in hints]
    if bare:
        raise ServerHandlerError(
            f"The parameter {bare[0]!r} of {handler.name} has no annotation that can be resolved. "
            f"What the server accepts is checked against it: write '{bare[0]}: str', for example."
        ).at(handler.place)


def _contract_text(
    handler: EventHandler, options: Options, reads: set[Field[Any]], writes: set[Field[Any]]
) -> str:
    """Return all that a page relies on, as text."""
    fn = unwrapped(handler.fn)
    hints = hints_of(fn)
    parts = [fn.__module__, handler.name, str(options.version)]
    for name, parameter in inspect.signature(fn).parameters.items():
        if name in handler.params:
            has_default = parameter.default is not inspect.Parameter.empty
            parts.append(f"{parameter.kind} {name} {type_text(hints[name])} {has_default}")
    for label, fields in (("reads", reads), ("writes", writes)):
        for each in _sorted(fields):
            parts.append(f"{label} {each.owner.get_full_name()}.{each.name} {type_text(each.hint)}")
    return "\n".join(parts)
