"""Uploads in the worker: files that an event brings, their progress, what the page asks of them.

``on_upload_progress`` runs between two pieces of a file, inside the handler that reads it: that
handler holds the state, and waits. Where a background handler reads, it is queued as any event.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from types import GeneratorType
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakSet

from . import stored_files
from .binding import handler_named
from .coerce import plan_of
from .handlers import EventHandler
from .outcome import Job, Origin
from .protocol import CancelUpload, Event, PageAction, Publish
from .sessions import Collected
from .upload_file import Source, Transfer

if TYPE_CHECKING:
    from .dispatch import Dispatch

_FILES = "$files"

_transfers: WeakSet[Transfer] = WeakSet()
_cancelled: dict[str, int] = {}
"""The last event that a cancelling of each upload was about."""


def unpack(dispatch: Dispatch, event: Event, files: Sequence[Source]) -> bool:
    """Put the files that ``event`` speaks of into its payload.

    Returns whether the event is to run: one that was cancelled on its way is answered here.
    """
    payload = event["payload"]
    reader = handler_named(event["handler"])
    for name, given in list(payload.items()):
        if not isinstance(given, dict) or _FILES not in given:
            continue
        told = cast("dict[str, Any]", given)
        upload = str(told["upload"])
        if event["id"] <= _cancelled.get(upload, 0):
            end = not dispatch.locked
            dispatch.updates.post(event["id"], Collected(), [], None, end=end, final=True)
            return False
        transfer = Transfer(upload, [files[number - 1] for number in told[_FILES]], event["id"])
        if told.get("steps"):
            is_inside = reader is not None and not reader.background
            transfer.tell = _listener(dispatch, told["steps"], is_inside)
        _transfers.add(transfer)
        payload[name] = transfer.files
    return True


def cancel(dispatch: Dispatch, message: CancelUpload) -> None:
    """Stop what reads files of an upload, and drop what has not begun."""
    upload, last = message["upload"], message["last"]
    _cancelled[upload] = last
    stopped = {each for each in _transfers if each.upload == upload and each.event <= last}
    for transfer in stopped:
        transfer.is_cancelled = True
    events = {transfer.event for transfer in stopped}
    for job in [j for j in dispatch.queue if j.origin.waits and j.origin.id in events]:
        dispatch.queue.remove(job)
        job.beside = True
        dispatch.post(job, Collected(), [])


def publish(dispatch: Dispatch, message: Publish) -> None:
    """Give the page the address of a file that a handler wrote."""
    action = stored_files.address(message["name"])
    if action is not None:
        dispatch.updates.post(0, Collected(), [action], None, end=False, final=False)


def _listener(
    dispatch: Dispatch, steps: list[dict[str, Any]], is_inside: bool
) -> Callable[[int, int], Awaitable[None]]:
    """Return what tells the handlers of ``on_upload_progress`` how far reading is."""

    async def tell(loaded: int, total: int) -> None:
        progress = {"loaded": loaded, "total": total, "progress": loaded / total}
        actions: list[PageAction] = []
        for step in steps:
            if not step["when"]:
                continue
            args = step["args"] | {k: _part(progress, way) for k, way in step["ways"].items()}
            handler = handler_named(step["name"]) if step["kind"] == "event" else None
            if handler is None:
                actions.append({"name": step["name"], "args": args})
                continue
            job = Job(handler, args, Origin(0), None)
            if is_inside and dispatch.locked and not handler.background:
                await _run_inside(dispatch, job, handler)
            else:
                dispatch.queue.append(job)
                dispatch.pump()
        if actions:
            dispatch.updates.post(0, Collected(), actions, None, end=False, final=False)

    return tell


def _part(value: Any, way: list[str | int]) -> Any:
    for key in way:
        value = value[key]
    return value


async def _run_inside(dispatch: Dispatch, job: Job, handler: EventHandler) -> None:
    """Run a handler while another one, which holds the state, waits for it."""
    session = dispatch.session
    try:
        payload = plan_of(handler).arguments(handler, job.payload)
        out = handler.fn(session.home(handler.state), **payload)
        if hasattr(out, "__await__"):
            out = await out
        if hasattr(out, "__aiter__"):
            async for value in out:
                await session.settle()
                dispatch.step(job, value, out)
            out = None
        elif isinstance(out, GeneratorType):
            for value in cast("Any", out):
                await session.settle()
                dispatch.step(job, value, out)
            out = None
        await session.settle()
        dispatch.step(job, out)
    except Exception as error:
        dispatch.fail(job, error, session.flush(), final=False)
