"""The exceptions that an author can meet, and the search for the author's own line.

A message says what is wrong in the author's own names, what was looked for, and what to do. The
class names are those of Reflex where it has one, so that ``except`` clauses keep working.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Iterable
from functools import cache
from types import TracebackType
from typing import Any


class WasmrxError(Exception):
    """Base of every error that wasmrx raises on purpose."""

    file: str | None = None
    line: int | None = None

    def at(self, place: tuple[str, int] | None) -> WasmrxError:
        """Return this error with the author's file and line added."""
        if place is not None and self.file is None:
            self.file, self.line = place
        return self

    @property
    def place(self) -> tuple[str, int] | None:
        """Return the author's file and line, None where they are not known."""
        return None if self.file is None or self.line is None else (self.file, self.line)

    def __str__(self) -> str:
        """Return the message, with the author's file and line in front where known."""
        text = super().__str__()
        return text if self.file is None else f"{self.file}:{self.line}: {text}"


class ConfigError(WasmrxError):
    """The project's configuration cannot be used."""


class StateValueError(WasmrxError, ValueError):
    """A state class is declared in a way that cannot work."""


class VarNameError(WasmrxError, NameError):
    """A var has a name that cannot be used."""


class VarTypeError(WasmrxError, TypeError):
    """A Var is used where only a value will do, or with an operand of the wrong type."""


class VarValueError(WasmrxError, ValueError):
    """A Var gets a value that it cannot hold."""


class VarAttributeError(WasmrxError, AttributeError):
    """A Var's type has no such attribute."""


class VarOperationTypeError(WasmrxError, TypeError):
    """An operation is not defined for the Var's type."""


class VarDependencyError(WasmrxError, ValueError):
    """A computed var names a dependency that does not exist."""


class UntypedVarError(WasmrxError, TypeError):
    """An operation needs to know the type of what a Var holds."""


class UntypedComputedVarError(WasmrxError, TypeError):
    """A computed var has no return annotation."""


class ComputedVarSignatureError(WasmrxError, TypeError):
    """A computed var takes more than ``self``."""


class ComputedVarCycleError(WasmrxError, RecursionError):
    """Computed vars read each other in a circle."""


class ComputedVarWriteError(WasmrxError):
    """A computed var changes state."""


class ComputedVarError(WasmrxError):
    """A computed var could not be computed; ``__cause__`` is what its function raised."""


class MissingAnnotationError(WasmrxError, TypeError):
    """A declaration needs an annotation."""


class SetUndefinedStateVarError(WasmrxError, AttributeError):
    """An attribute that the state does not declare is assigned."""


class StateVarReplacedError(WasmrxError, TypeError):
    """A var is assigned or deleted on the class, which would replace the var for everyone."""


class BackendVarFormatError(WasmrxError, TypeError):
    """A page shows a var that it cannot have: a backend var, or one of a mixin."""


class StateTypeError(WasmrxError, TypeError):
    """A var is assigned a value of another type than it declares."""


class ComputedVarShadowsBaseVarsError(WasmrxError, NameError):
    """A computed var has the name of a var of a parent state."""


class ComputedVarShadowsStateVarError(WasmrxError, NameError):
    """A computed var has the name of a var of the same state."""


class BaseVarShadowsInheritedVarError(WasmrxError, NameError):
    """A var has the name of an inherited var."""


class DynamicRouteArgShadowsStateVarError(WasmrxError, NameError):
    """A part of a dynamic route has the name of a state var."""


class EventHandlerShadowsBuiltInStateMethodError(WasmrxError, NameError):
    """An event handler has the name of a method that every state has."""


class ImmutableStateError(WasmrxError):
    """A background handler changes state outside of ``async with self``."""


class LockExpiredError(WasmrxError):
    """The state lock was held for too long."""


class StateSerializationError(WasmrxError):
    """A var holds a value that cannot be sent to the page."""


class SerializerValueError(WasmrxError, ValueError):
    """``@rx.serializer`` is used in a way that cannot work."""


class PrimitiveUnserializableToJSONError(WasmrxError, ValueError):
    """A value has no JSON form."""


class EventHandlerTypeError(WasmrxError, TypeError):
    """An event trigger or a handler's return holds something that is no event."""


class EventHandlerValueError(WasmrxError, ValueError):
    """An event handler is used in a way that cannot work."""


class EventFnArgMismatchError(WasmrxError, TypeError):
    """A handler needs more arguments than its trigger gives."""


class EventHandlerArgTypeMismatchError(WasmrxError, TypeError):
    """A handler's argument is annotated with another type than its trigger gives."""


class EventDeserializationError(WasmrxError, ValueError):
    """What the page sent for an argument does not fit the handler's annotation."""


class UnknownEventError(WasmrxError, LookupError):
    """The page names an event handler that the app does not have."""


class ComponentTypeError(WasmrxError, TypeError):
    """A component gets a prop or a child of the wrong type."""


class ChildrenTypeError(ComponentTypeError):
    """A component gets something that cannot be a child."""


class ForeachVarError(WasmrxError, TypeError):
    """``rx.foreach`` gets something that it cannot iterate."""


class ForeachRenderError(WasmrxError, TypeError):
    """The render function of ``rx.foreach`` has the wrong signature."""


class MatchTypeError(WasmrxError, TypeError):
    """The cases of ``rx.match`` do not fit together."""


class InvalidPropValueError(WasmrxError):
    """A prop gets a value outside of those it takes."""


class InvalidStylePropError(WasmrxError, TypeError):
    """A style prop gets a value that is no style."""


class PageValueError(WasmrxError, ValueError):
    """A page is declared in a way that cannot work."""


class RouteValueError(WasmrxError, ValueError):
    """A route is not well-formed, or declared twice."""


class NeedsServerError(WasmrxError):
    """A feature needs a server, and the app is built for the browser."""


class ServerHandlerError(WasmrxError):
    """A server handler is declared in a way that cannot work, or its code cannot be kept apart."""


class ServerCallError(WasmrxError):
    """A call of a server handler failed; ``code`` says how, ``after`` when to try again."""

    code = ""
    after = 0.0


class UndeclaredVarError(WasmrxError, AttributeError):
    """A server handler reads or changes a var that it does not declare."""


class UploadTypeError(WasmrxError, TypeError):
    """A handler of uploaded files is declared in a way that cannot work."""


class UploadValueError(WasmrxError, ValueError):
    """Uploaded files cannot be handled."""


class DynamicComponentMissingLibraryError(WasmrxError, ValueError):
    """A component made while the app runs needs a library that the build left out."""


def near_name(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'items'?``, or nothing where no known name is near ``name``."""
    difflib: Any = importlib.import_module("difflib")
    near: list[str] = difflib.get_close_matches(name, sorted(set(known)), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


Place = tuple[str, int]
"""An author's file and line."""


@cache
def is_own_file(filename: str) -> bool:
    """Tell whether ``filename`` belongs to wasmrx or to Python itself, not to the author."""
    if filename.startswith("<") or "site-packages" in filename:
        return True
    return os.path.abspath(filename).startswith(_OWN)


def _own_folders() -> tuple[str, ...]:
    """Return the folders of wasmrx and of the standard library, as code objects name them."""
    here = os.path.dirname(os.path.abspath(near_name.__code__.co_filename))
    above = os.path.dirname(here)
    folders = [here, os.path.dirname(traceback.print_exc.__code__.co_filename)]
    folders.append("/lib/wasmrx-components.zip")
    if os.path.isfile(os.path.join(above, "compiler", "__init__.py")):
        folders += [os.path.join(above, name) for name in ("compiler", "dev_server", "wasm")]
    return tuple(folder + os.sep for folder in folders)


_OWN = _own_folders()


def author_place(tb: TracebackType | None) -> Place | None:
    """Return file and line of the innermost frame of ``tb`` that the author wrote."""
    found: Place | None = None
    while tb is not None:
        filename = tb.tb_frame.f_code.co_filename
        if not is_own_file(filename):
            found = (filename, tb.tb_lineno)
        tb = tb.tb_next
    return found


def caller_place() -> Place | None:
    """Return file and line of the innermost running frame that the author wrote."""
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        if not is_own_file(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None
