"""The messages between page and worker, each one JSON text.

This file is the single source: ``runtime/ts/protocol.gen.ts`` is generated from it. Every
message is an object whose ``t`` names its type. One kind is no JSON: a number that the worker sends
is the id of an event that begins.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Json = Any
"""A JSON value. Not-finite floats never appear in it: see ``Update.special``."""

PathStep = int | str
"""One step into a container: a list index, a dict key (as JSON writes it), an attribute."""


class Location(TypedDict):
    """Where the visitor is; ``State.router`` is made from it."""

    href: str
    path: str
    route: str
    params: dict[str, str | list[str]]
    query: dict[str, str]


class Event(TypedDict):
    """Page → worker: run one event handler.

    ``location`` is left out where it is that of the message before. Files of an upload stand in the
    payload as ``{"$files": [1, 2], "upload", "steps"}``: numbers of those that the message comes
    with, beside its text, and what runs with the progress.
    """

    t: Literal["event"]
    id: int
    handler: str
    payload: dict[str, Json]
    location: NotRequired[Location]


class Navigate(TypedDict):
    """Page → worker: a page was entered; run its ``on_load`` events."""

    t: Literal["navigate"]
    id: int
    location: Location


class Visitor(TypedDict):
    """What the page knows of the visitor; ``State.router`` holds it.

    ``token`` names the tab, ``session`` this load of the page.
    """

    token: str
    session: str
    agent: str
    languages: str
    cookie: str


class Ended(TypedDict):
    """What became of the events of a worker that ended; the lists hold handlers, one a run.

    ``stopped`` had begun and are not run again; what ``lost`` had changed is not in the saved
    state. ``why`` is what the browser said of the end, "" where the visitor wanted it.
    """

    why: str
    stopped: list[str]
    lost: list[str]


class Hydrate(TypedDict):
    """Page → worker, once, first: answer with what differs from the prerendered state.

    ``anew`` asks for everything: the page shows what an earlier worker said. ``loaded`` tells that
    ``on_load`` of the page is not to run: it did, or was stopped. ``ended`` is to be put in words.
    """

    t: Literal["hydrate"]
    id: int
    location: Location
    storage: dict[str, dict[str, str]]
    visitor: NotRequired[Visitor]
    anew: NotRequired[bool]
    loaded: NotRequired[bool]
    ended: NotRequired[Ended]


class KeptValue(TypedDict):
    """What the browser has under one key; null where it has nothing.

    ``kind`` is ``"local"``, ``"session"`` or ``"cookie"``. ``writes`` counts the writes to the key
    that the worker asked for and that were made before this was read.
    """

    kind: str
    key: str
    value: str | None
    writes: int


class Stored(TypedDict):
    """Page → worker: what the browser keeps changed by another hand."""

    t: Literal["stored"]
    id: int
    kept: list[KeptValue]


class CancelUpload(TypedDict):
    """Page → worker: stop the events up to ``last`` that bring files of the upload."""

    t: Literal["cancel"]
    id: int
    upload: str
    last: int


class Publish(TypedDict):
    """Page → worker: make an address for a file in the folder of uploads."""

    t: Literal["publish"]
    id: int
    name: str


class Stop(TypedDict):
    """Page → worker: cancel what events wait for, or all runs of ``handler``.

    Without ``handler`` it is answered by ``Stopped``.
    """

    t: Literal["stop"]
    id: int
    handler: NotRequired[str]


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
    as null in their place). A step that changed only what the page does not see has an empty
    ``delta``.
    """

    t: Literal["update"]
    id: int
    delta: NotRequired[dict[str, dict[str, Json]]]
    patches: NotRequired[dict[str, dict[str, list[Patch]]]]
    special: NotRequired[list[list[PathStep]]]
    actions: NotRequired[list[PageAction]]
    error: NotRequired[ErrorReport]
    final: bool


class Progress(TypedDict):
    """Worker → page: how far boot is. ``loaded`` and ``total`` are bytes."""

    t: Literal["progress"]
    phase: Literal["download", "start", "import"]
    loaded: int
    total: int


class Loading(TypedDict):
    """Worker → page: how far packages are that come after boot; no ``total`` when all are there.

    ``waiting`` is the package that a handler waits for, ``""`` where none does.
    """

    t: Literal["loading"]
    loaded: int
    total: int
    waiting: str


class Ready(TypedDict):
    """Worker → page: Python runs; queued messages are being handled.

    After a restart of the worker, ``begun`` is the last event of this page that the saved state
    knows of; of those up to it, ``open`` had not ended.
    """

    t: Literal["ready"]
    begun: NotRequired[int]
    open: NotRequired[list[int]]


class Notice(TypedDict):
    """Worker → page: words for the page to show; none takes those with the same key away.

    ``reload`` puts a button for it beside them.
    """

    t: Literal["notice"]
    key: str
    text: str
    reload: NotRequired[bool]


class Alive(TypedDict):
    """Worker → page: answers a question; and unasked when Python's memory has grown much.

    ``memory`` is in bytes. ``idle`` tells, where that was asked, that a new worker would go on with
    the saved state as this one does.
    """

    t: Literal["alive"]
    memory: int
    idle: NotRequired[bool]


class Stopped(TypedDict):
    """Worker → page: what was to be stopped has ended; ``text`` names it, "" where nothing ran."""

    t: Literal["stopped"]
    text: str


class BootFailure(TypedDict):
    """Worker → page: boot ended without Python; ``what`` says it in words."""

    t: Literal["failed"]
    what: str
    detail: NotRequired[str]
    file: NotRequired[str]
    line: NotRequired[int]


ToWorker = Event | Navigate | Hydrate | Stored | CancelUpload | Publish | Stop
ToPage = Update | Progress | Loading | Ready | BootFailure | Notice | Alive | Stopped
