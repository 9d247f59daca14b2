"""What goes wrong with computed vars and unknown events, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import (
    ComputedVarError,
    ComputedVarWriteError,
    StateSerializationError,
    UnknownEventError,
    WasmrxError,
    author_place,
    caller_place,
    near_name,
)
from .graph import reads
from .registry import state_named

if TYPE_CHECKING:
    from .computed import ComputedVar
    from .fields import Field


def note_failure(error: Exception, var: ComputedVar[Any], errors: list[BaseException]) -> None:
    """Add to ``errors`` that ``var`` failed; what several vars fail with is said once."""
    told = _told(error, var, "The page keeps the value that it shows.")
    if not any(type(told) is type(other) and told.args == other.args for other in errors):
        errors.append(told)


def first_failure(error: Exception, var: ComputedVar[Any]) -> WasmrxError:
    """Return what stops a build whose first page needs ``var``."""
    return _told(
        error,
        var,
        "The build computes it for the page as it is first shown. Where only the browser can "
        "compute it, say what stands there until then: @rx.var(initial_value=...).",
    )


def _told(error: Exception, var: ComputedVar[Any], advice: str) -> WasmrxError:
    if isinstance(error, StateSerializationError):
        return error.at(var.place)
    source: ComputedVar[Any] = getattr(error, "__wx_var__", var)
    if isinstance(error, WasmrxError):
        words = Exception.__str__(error)
        place = None if error.file is None or error.line is None else (error.file, error.line)
    else:
        kind = f"{type(error).__name__}: {error}".rstrip(":. ")
        words = f"{source.full_name} failed with {kind}. {advice}"
        place = author_place(error.__traceback__)
    told = ComputedVarError(words)
    told.__cause__ = error
    return told.at(place or source.place)


def refuse_write(field: Field[Any]) -> None:
    """Raise where a computed var changes ``field``, unless the field only remembers in Python."""
    recording = reads.get()
    if recording is None or field.backend:
        return
    name = field.name
    raise ComputedVarWriteError(
        f"The computed var {recording.reader.full_name} changes "
        f"{field.owner.get_full_name()}.{name}. A computed var may only read: work on a copy, "
        f"such as sorted(self.{name}) in place of self.{name}.sort(), or assign in an event "
        f"handler. What it is to remember can be a backend var, _{name}."
    ).at(caller_place())


def unknown_event(name: str) -> UnknownEventError:
    """Return what is wrong with an event of the page whose handler is not there."""
    owner, _, handler = str(name).rpartition(".")
    module, _, state = owner.rpartition(".")
    words = f"The page sent the event {name!r}, which the app does not have."
    older = "Reload the page if it may be older than the app."
    cls = state_named(owner)
    if cls is not None:
        near = near_name(handler, cls.__wx_handlers__)
        return UnknownEventError(
            f"{words} {owner} has no handler {handler!r}.{near} A handler that is a function "
            f"outside of the class is there once the app has imported its module. {older}"
        )
    if not module:
        return UnknownEventError(f"{words} {older}")
    return UnknownEventError(
        f"{words} Nothing has imported the module that defines {state}, {module!r}: an import "
        "inside a function that only builds pages is not run in the browser. Import it at the top "
        f"of the app's module. {older}"
    )
