"""The state instances of one visitor, what changed in them, and the delta to the page.

In the browser there is one session. Instances come to life when first needed. ``dirty`` holds the
changed fields, ``stale`` the computed vars that may have changed since the last delta.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from .aliases import spread, suspects
from .codec import Path, dumps, dumps_plain, to_json
from .computed import ComputedVar
from .delta import Changes, item_patches, same
from .errors import ComputedVarError, Place, StateSerializationError, WasmrxError, caller_place
from .failures import first_failure, note_failure, refuse_write
from .fields import MISSING
from .graph import Graph
from .inert import unbuilt
from .protocol import Json, Patch
from .proxy import is_proxy, unwrap

if TYPE_CHECKING:
    from .fields import Field
    from .proxy import Proxy
    from .state import State

Delta = dict[str, dict[str, Any]]
Patches = dict[str, dict[str, list[Patch]]]

_ROUNDS = 10
"""How often computed vars are computed for one delta where that makes others stale."""

_SMALL = 256
"""Patches up to this many characters are sent without measuring the value."""

_LONG = 8
"""Of computed lists longer than this only the items that changed are sent."""


class Collected:
    """What one flush found."""

    __slots__ = ("delta", "errors", "hot", "kept", "patches", "special", "touched")

    def __init__(self) -> None:
        """Start empty."""
        self.delta: Delta = {}
        self.patches: Patches = {}
        self.special: list[Path] = []
        self.errors: list[BaseException] = []
        self.touched: set[type[State]] = set()
        self.hot: set[int] = set()
        self.kept: list[Field[Any]] = []

    def put(self, state: str, name: str, value: Any) -> None:
        """Add a whole value."""
        self.delta.setdefault(state, {})[name] = value


class Session:
    """One visitor's states.

    ``unsent`` holds fields whose value the page could not be given, ``cut`` the async computed vars
    that were no longer waited for (the next delta is to have them), ``places`` the author's lines
    that changed fields last (None unless developing).
    """

    def __init__(self) -> None:
        """Start without instances."""
        self.states: dict[type[State], State] = {}
        self.graph = Graph()
        self.dirty: dict[Field[Any], Changes] = {}
        self.stale: dict[ComputedVar[Any], None] = {}
        self.sent: dict[ComputedVar[Any], str | list[Any]] = {}
        self.warnings: list[WasmrxError] = []
        self.always: list[ComputedVar[Any]] = []
        self.failed: dict[ComputedVar[Any], BaseException] = {}
        self.cut: dict[ComputedVar[Any], None] = {}
        self.lent: dict[ComputedVar[Any], tuple[Any, Any]] = {}
        self.computing = 0
        self._is_ready = False
        self.prepared: Collected | None = None
        self.unsent: set[Field[Any]] = set()
        self.places: dict[Field[Any], Place | None] | None = None

    def home(self, cls: type[State]) -> State:
        """Return the instance of ``cls``, made when first asked for."""
        found = self.states.get(cls)
        if found is None:
            found = cls.__wx_make__(self)
            self.states[cls] = found
            self.always += [v for v in cls.__wx_computed_vars__.values() if _always(v)]
        return found

    def assigned(self, field: Field[Any], old: Any) -> None:
        """Note that ``field``, which held ``old``, gets another value."""
        if self.computing:
            refuse_write(field)
        if field not in self.dirty:
            self.dirty[field] = Changes(old)
        if self.places is not None:
            self.places[field] = caller_place()
        self._is_ready = False
        if self.graph.has_readers(field):
            self.invalidate(field)

    def mutating(self, field: Field[Any], proxy: Proxy, whole: bool) -> None:
        """Note that a container inside ``field`` is about to change."""
        if self.computing:
            refuse_write(field)
        self._is_ready = False
        self.changes(field).mutating(proxy, whole)
        if self.places is not None:
            self.places[field] = caller_place()
        self.invalidate(field)

    def refused(self, field: Field[Any], error: StateSerializationError) -> None:
        """Note that the page did not get the value of ``field``: next time it is sent whole."""
        self.unsent.add(field)
        error.at(self.places.get(field) if self.places else None)

    def changes(self, field: Field[Any]) -> Changes:
        """Return what is noted of ``field`` since the last delta; starts a note where none is."""
        found = self.dirty.get(field)
        if found is None:
            found = Changes(self.home(field.owner).__wx_values__[field.name])
            self.dirty[field] = found
        return found

    def invalidate(self, node: Any) -> None:
        """Drop the computed values that ``node`` went into."""
        readers: Any = self.graph.invalidate(node)
        for reader in readers:
            self.home(reader.home).__wx_computed__.pop(reader.name, None)
            self.failed.pop(reader, None)
            self.stale[reader] = None

    def warn(self, error: WasmrxError) -> None:
        """Report what does not stop the handler."""
        print(str(error), file=sys.stderr)
        self.warnings.append(error)

    # -- the delta ---------------------------------------------------------------------------

    def needs_awaiting(self) -> list[ComputedVar[Any]]:
        """Return the async computed vars whose value the next delta needs."""
        self._prepare()
        if not self.stale:
            return []
        return [
            var
            for var in self.stale
            if var.is_async
            and not var.backend
            and var not in self.failed
            and var.name not in self.home(var.home).__wx_computed__
        ]

    def _prepare(self) -> None:
        """Find all that is stale, unless that was done and nothing has changed since."""
        if self._is_ready:
            return
        self._is_ready = True
        if self.dirty:
            shared = suspects(self)
            if shared:
                spread(self, shared)
        for var in self.always:
            state = self.home(var.home)
            if not var.cache or var.expired(state):
                state.__wx_computed__.pop(var.name, None)
                self.stale[var] = None
                self.invalidate(var)

    async def settle(self, wanted: list[ComputedVar[Any]] | None = None) -> None:
        """Await async computed vars, so that the next delta has their values."""
        for _ in range(_ROUNDS):
            wanted = self.needs_awaiting() if wanted is None else wanted
            for at, var in enumerate(wanted):
                try:
                    await var.awaited(self.home(var.home))
                except asyncio.CancelledError:
                    self.cut.update(dict.fromkeys(wanted[at:]))
                    raise
                except Exception as error:
                    self.failed[var] = error
                self.cut.pop(var, None)
            wanted = self.needs_awaiting()
            if not wanted:
                return

    def flush(self) -> Collected:
        """Return what changed since the last flush, and start anew."""
        found = self.prepared or Collected()
        self.prepared = None
        self._prepare()
        self._is_ready = False
        dirty, self.dirty = self.dirty, {}
        for field, changes in dirty.items():
            found.touched.add(field.owner)
            if field.storage is not None:
                found.kept.append(field)
            if not field.backend:
                self._flush_field(field, changes, found)
            found.hot.update(changes.hot)
        if self.stale:
            self._flush_computed(found)
        self.stale.update(self.cut)
        self.cut.clear()
        self.lent.clear()
        return found

    def start_over(self) -> None:
        """Forget what changed: the page is about to be told everything."""
        self.dirty.clear()
        self.stale.clear()
        self.lent.clear()
        self._is_ready = False

    def _flush_field(self, field: Field[Any], changes: Changes, found: Collected) -> None:
        owner = field.owner.get_full_name()
        value = self.home(field.owner).__wx_values__[field.name]
        is_whole = type(value) in _SCALARS or field in self.unsent
        if is_whole and field not in self.unsent and same(value, changes.before):
            return
        patches = None if is_whole else changes.patches(value)
        self.unsent.discard(field)
        if patches is None:
            found.put(owner, field.name, value)
        elif patches and self._worth(patches, value):
            found.patches.setdefault(owner, {})[field.name] = patches
        elif patches:
            found.put(owner, field.name, value)

    def _worth(self, patches: list[Patch], value: Any) -> bool:
        """Tell whether the patches are shorter than the value."""
        try:
            size = len(dumps(patches))
            if size <= _SMALL or size < 2 * len(value):
                return True
            return size < len(dumps(value))
        except (TypeError, ValueError):
            return False

    def _flush_computed(self, found: Collected) -> None:
        for _ in range(_ROUNDS):
            stale, self.stale = self.stale, {}
            if not stale:
                return
            for var in stale:
                if not var.backend and var not in self.cut:
                    self._flush_or_note(var, found)

    def _flush_or_note(self, var: ComputedVar[Any], found: Collected) -> None:
        try:
            failure = self.failed.pop(var, None)
            if failure is not None:
                raise failure
            self._flush_one(var, self.home(var.home), found)
        except Exception as error:
            note_failure(error, var, found.errors)

    def _flush_one(self, var: ComputedVar[Any], state: State, found: Collected) -> None:
        value = self.value_of(var, state)
        owner = var.home.get_full_name()
        form, before = _form(value, owner, var.name), self.sent.get(var)
        self.sent[var] = form
        if isinstance(before, list) and isinstance(form, list):
            patches = item_patches(before, form, value, found.hot)
            if patches == []:
                return
            if patches is not None:
                found.patches.setdefault(owner, {})[var.name] = patches
                return
        if before != form:
            found.put(owner, var.name, value)

    def value_of(self, var: ComputedVar[Any], state: State) -> Any:
        """Return a computed var's value; an async one must have been awaited before."""
        if var.is_async:
            entry = state.__wx_computed__.get(var.name)
            if entry is None:
                raise ComputedVarError(
                    f"{var.full_name} has no value: what it reads changed each time that it was "
                    "awaited. Change state before what the handler awaits, not beside it."
                ).at(var.place)
            return entry[0]
        kept = var.kept(state)
        return var.compute(state) if kept is MISSING else kept

    def initial(self, cls: type[State], special: list[Path]) -> dict[str, Json]:
        """Return what the page starts with: as ``snapshot``, but nothing is awaited.

        A computed var with ``initial_value`` starts as that; an async one without it as None.
        """
        state = self.home(cls)
        name = cls.get_full_name()
        found: dict[str, Json] = {
            field.name: to_json(state.__wx_values__[field.name], name, field.name, special)
            for field in cls.__wx_fields__.values()
            if not field.backend
        }
        for var in cls.__wx_computed_vars__.values():
            if var.backend:
                continue
            value = var.initial_value
            if value is MISSING:
                value = None if var.is_async else self._first_value(var, state)
            found[var.name] = to_json(value, name, var.name, special)
        return found

    def _first_value(self, var: ComputedVar[Any], state: State) -> Any:
        try:
            return self.value_of(var, state)
        except Exception as error:
            raise first_failure(error, var) from error

    def snapshot(
        self, cls: type[State], special: list[Path], skipped: Collection[str] = ()
    ) -> tuple[dict[str, Json], list[BaseException]]:
        """Return all that the page sees of ``cls``, as JSON data, and remember it as sent.

        A var without JSON form, or whose computation fails, is left out; its error comes second.
        So are those in ``skipped``, and components that are as the build made them.
        """
        state = self.home(cls)
        name = cls.get_full_name()
        found: dict[str, Json] = {}
        errors: list[BaseException] = []
        for var in (*cls.__wx_fields__.values(), *cls.__wx_computed_vars__.values()):
            if var.backend or var.name in skipped or var in self.cut:
                continue
            try:
                if isinstance(var, ComputedVar):
                    failure = self.failed.pop(var, None)
                    if failure is not None:
                        raise failure
                    value = self.value_of(var, state)
                    self.sent[var] = _form(value, name, var.name)
                else:
                    value = state.__wx_values__[var.name]
                    if unbuilt(value):
                        continue
                found[var.name] = to_json(value, name, var.name, special)
            except Exception as error:
                if isinstance(var, ComputedVar):
                    note_failure(error, var, errors)
                    continue
                errors.append(error)
                if isinstance(error, StateSerializationError):
                    self.refused(var, error)
        return found, errors

    def unawaited(self) -> list[ComputedVar[Any]]:
        """Return every async computed var that the page sees and that has no value."""
        return [
            var
            for cls, state in list(self.states.items())
            for var in cls.__wx_computed_vars__.values()
            if var.is_async and not var.backend and var.kept(state) is MISSING
        ]


_SCALARS = frozenset((str, int, float, bool, type(None)))


def _always(var: ComputedVar[Any]) -> bool:
    return not var.cache or var.seconds is not None


def _form(value: Any, state: str, name: str) -> str | list[Any]:
    """Return what a computed value is recognised by: its JSON, or of a long list each item's.

    An item that is an object of the state stands for itself: its mutations are known.
    """
    if isinstance(value, list) and not is_proxy(cast("object", value)):
        items = cast("list[object]", value)
        if len(items) > _LONG:
            with suppress(TypeError, ValueError):
                return [unwrap(item) if is_proxy(item) else dumps(item) for item in items]
    return _as_text(value, state, name)


def _as_text(value: Any, state: str, name: str) -> str:
    try:
        return dumps(value)
    except (TypeError, ValueError):
        special: list[Path] = []
        data = to_json(value, state, name, special)
        return dumps_plain([data, special])
