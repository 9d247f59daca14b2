"""The messages between page and worker, each one JSON text.

This file is the single source: ``runtime/ts/protocol.gen.ts`` is generated from it. Every
message is an object whose ``t`` names its type. ``gen`` is the worker's generation: a page that
has replaced its worker drops what an older one still sends.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Json = Any
"""A JSON value. Not-finite floats never appear in it: see ``Update.special``."""

PathStep = int | str
"""One step into a container: a list index, a dict key (as JSON writes it), an attribute."""


class Location(TypedDict):
    """Where the visitor is, sent with every event; ``State.router`` is made from it."""

    href: str
    path: str
    route: str
    params: dict[str, str | list[str]]
    query: dict[str, str]


class Event(TypedDict):
    """Page → worker: run one event handler."""

    t: Literal["event"]
    id: int
    handler: str
    payload: dict[str, Json]
    location: Location


class Navigate(TypedDict):
    """Page → worker: a page was entered; run its ``on_load`` events."""

    t: Literal["navigate"]
    id: int
    location: Location


class Hydrate(TypedDict):
    """Page → worker, once, first: answer with what differs from the prerendered state."""

    t: Literal["hydrate"]
    id: int
    location: Location
    storage: dict[str, dict[str, str]]
    saved: NotRequired[dict[str, str]]


class SetPatch(TypedDict):
    """Put ``value`` at ``path`` of a var; the last step may be new (dict key, attribute)."""

    op: Literal["set"]
    path: list[PathStep]
    value: Json


class DeletePatch(TypedDict):
    """Remove the dict key that ``path`` ends in."""

    op: Literal["del"]
    path: list[PathStep]


class SplicePatch(TypedDict):
    """In the list at ``path``, replace ``remove`` items from ``start`` with ``insert``."""

    op: Literal["splice"]
    path: list[PathStep]
    start: int
    remove: int
    insert: list[Json]


Patch = SetPatch | DeletePatch | SplicePatch


class PageAction(TypedDict):
    """What a handler asks the page to do: redirect, toast, download…"""

    name: str
    args: dict[str, Json]


class ErrorReport(TypedDict):
    """An exception of a handler or a computed var, for people to read."""

    title: str
    message: str
    handler: NotRequired[str]
    file: NotRequired[str]
    line: NotRequired[int]
    traceback: NotRequired[str]


class Update(TypedDict):
    """Worker → page: what one step of an event changed.

    ``id`` is the event's; 0 where no event of the page caused it (a background handler).
    ``delta`` holds whole new values, ``patches`` changes inside containers; patches of one var
    apply in order, in the coordinates that the ones before leave. ``special`` lists paths
    ``[state, var, *steps, "nan" | "inf" | "-inf"]`` of floats that JSON cannot write (they stand
    as null in their place). ``saved``, the new stored text of each changed state, comes in an
    update of its own, after the one that shows the change.
    """

    t: Literal["update"]
    id: int
    delta: NotRequired[dict[str, dict[str, Json]]]
    patches: NotRequired[dict[str, dict[str, list[Patch]]]]
    special: NotRequired[list[list[PathStep]]]
    actions: NotRequired[list[PageAction]]
    error: NotRequired[ErrorReport]
    saved: NotRequired[dict[str, str]]
    final: bool


class Progress(TypedDict):
    """Worker → page: how far boot is. ``loaded`` and ``total`` are bytes."""

    t: Literal["progress"]
    phase: Literal["download", "start", "import"]
    loaded: int
    total: int


class Ready(TypedDict):
    """Worker → page: Python runs; queued messages are being handled."""

    t: Literal["ready"]


class BootFailure(TypedDict):
    """Worker → page: boot ended without Python; ``what`` says it in words."""

    t: Literal["failed"]
    what: str
    detail: NotRequired[str]
    file: NotRequired[str]
    line: NotRequired[int]


ToWorker = Event | Navigate | Hydrate
ToPage = Update | Progress | Ready | BootFailure
