"""The state instances of one visitor, what changed in them, and the delta to the page.

In the browser there is one session. Instances come to life when first needed. ``dirty`` holds the
changed fields, ``stale`` the computed vars that may have changed since the last delta.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from .aliases import spread, suspects
from .codec import Path, dumps, dumps_plain, to_json
from .computed import ComputedVar
from .delta import Changes, item_patches
from .errors import StateSerializationError, WasmrxError
from .fields import MISSING
from .graph import Graph
from .protocol import Json, Patch
from .proxy import is_proxy, unwrap

if TYPE_CHECKING:
    from .fields import Field
    from .proxy import Proxy
    from .state import State

Delta = dict[str, dict[str, Any]]
Patches = dict[str, dict[str, list[Patch]]]

_SMALL = 256
"""Patches up to this many characters are sent without measuring the value."""

_LONG = 8
"""Of computed lists longer than this only the items that changed are sent."""


class Collected:
    """What one flush found."""

    __slots__ = ("delta", "errors", "hot", "patches", "special", "touched")

    def __init__(self) -> None:
        """Start empty."""
        self.delta: Delta = {}
        self.patches: Patches = {}
        self.special: list[Path] = []
        self.errors: list[BaseException] = []
        self.touched: set[type[State]] = set()
        self.hot: set[int] = set()

    def put(self, state: str, name: str, value: Any) -> None:
        """Add a whole value."""
        self.delta.setdefault(state, {})[name] = value


class Session:
    """One visitor's states."""

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
        self.prepared: Collected | None = None

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
        changes = self.dirty.get(field)
        if changes is None:
            changes = self.dirty[field] = Changes(old)
        self.invalidate(field)

    def mutating(self, field: Field[Any], proxy: Proxy) -> None:
        """Note that a container inside ``field`` is about to change."""
        self.changes(field).mutating(proxy)
        self.invalidate(field)

    def changes(self, field: Field[Any]) -> Changes:
        """Return what is noted of ``field`` since the last delta; starts a note where none is."""
        found = self.dirty.get(field)
        if found is None:
            found = Changes(self.home(field.owner).__wx_values__[field.name])
            self.dirty[field] = found
        return found

    def invalidate(self, node: Any) -> None:
        """Drop the computed values that ``node`` went into."""
        for reader in self.graph.invalidate(node):
            if isinstance(reader, ComputedVar):
                self.home(reader.owner).__wx_computed__.pop(reader.name, None)
                self.stale[reader] = None

    def warn(self, error: WasmrxError) -> None:
        """Report what does not stop the handler."""
        print(str(error), file=sys.stderr)
        self.warnings.append(error)

    # -- the delta ---------------------------------------------------------------------------

    def needs_awaiting(self) -> list[ComputedVar[Any]]:
        """Return the async computed vars whose value the next delta needs."""
        if not self.stale and not self.always:
            return []
        found = [v for v in (*self.stale, *self.always) if v.is_async and not v.backend]
        return [v for v in found if v.kept(self.home(v.owner)) is MISSING]

    async def settle(self, wanted: list[ComputedVar[Any]] | None = None) -> None:
        """Await async computed vars, so that the next delta has their values."""
        for var in self.needs_awaiting() if wanted is None else wanted:
            try:
                await var.awaited(self.home(var.owner))
            except Exception as error:
                self.failed[var] = error

    def flush(self) -> Collected:
        """Return what changed since the last flush, and start anew."""
        found = self.prepared or Collected()
        self.prepared = None
        if self.dirty:
            shared = suspects(self)
            if shared:
                spread(self, shared)
        dirty, self.dirty = self.dirty, {}
        for field, changes in dirty.items():
            found.touched.add(field.owner)
            found.hot.update(changes.hot)
            if not field.backend:
                self._flush_field(field, changes, found)
        if self.stale or self.always:
            self._flush_computed(found)
        return found

    def _flush_field(self, field: Field[Any], changes: Changes, found: Collected) -> None:
        owner = field.owner.get_full_name()
        value = self.home(field.owner).__wx_values__[field.name]
        patches = None if type(value) in _SCALARS else changes.patches(value)
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
        stale, self.stale = self.stale, {}
        for var in {**stale, **dict.fromkeys(self.always)}:
            if var.backend:
                continue
            state = self.home(var.owner)
            if var not in stale and var.cache and not var.expired(state):
                continue
            failure = self.failed.pop(var, None)
            try:
                if failure is not None:
                    raise failure
                self._flush_one(var, state, found)
            except Exception as error:
                found.errors.append(error)

    def _flush_one(self, var: ComputedVar[Any], state: State, found: Collected) -> None:
        value = self.value_of(var, state)
        owner = var.owner.get_full_name()
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
                raise StateSerializationError(
                    f"{var.owner.get_full_name()}.{var.name} is async and was not awaited."
                )
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
                value = None if var.is_async else self.value_of(var, state)
            found[var.name] = to_json(value, name, var.name, special)
        return found

    def snapshot(
        self, cls: type[State], special: list[Path]
    ) -> tuple[dict[str, Json], list[BaseException]]:
        """Return all that the page sees of ``cls``, as JSON data, and remember it as sent.

        A var without JSON form, or whose computation fails, is left out; its error comes second.
        """
        state = self.home(cls)
        name = cls.get_full_name()
        found: dict[str, Json] = {}
        errors: list[BaseException] = []
        for var in (*cls.__wx_fields__.values(), *cls.__wx_computed_vars__.values()):
            if var.backend:
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
                found[var.name] = to_json(value, name, var.name, special)
            except Exception as error:
                errors.append(error)
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
    return not var.backend and (not var.cache or var.seconds is not None)


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
