"""Saved state: a record for each state class, so that a reload finds what was there.

A record's name is that of the state and the digest of its vars. A build with other vars writes
beside the older record, which stays: what the two have in common is taken over var by var, and a
later build that has the rest again finds it. Restoring never raises.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .inert import unbuilt
from .record import Record, Stamp, UnreadableRecordError, pack, unpack
from .registry import state_named
from .schema import build_schema, schema_of, types_of

if TYPE_CHECKING:
    from .sessions import Session
    from .state import State

Records = list[tuple[str, bytes]]

_VERSIONS = 4
"""As many records of one state, of builds with different vars, are kept."""


class Store:
    """Writes and reads the records of one session."""

    def __init__(self, session: Session, tell: Callable[[str], None]) -> None:
        """Work on ``session``; what the author should know is told with ``tell``."""
        self.session = session
        self._outdated: list[str] = []
        self._tell = tell
        self.unkept: set[str] = set()
        """The vars that could not be saved."""

    # -- writing -------------------------------------------------------------------------------

    def record(self, cls: type[State], stamp: Stamp) -> tuple[str, bytes] | None:
        """Return the name and the record of one state; None where it has nothing to save."""
        types = types_of(cls)
        if not types:
            return None
        values = self.session.home(cls).__wx_values__
        data = {name: values[name] for name in types if not unbuilt(values[name])}
        try:
            raw = pack(stamp, types, data)
        except Exception:
            raw = pack(stamp, types, self._packable(cls, data))
        return _name(cls), raw

    def _packable(self, cls: type[State], data: dict[str, Any]) -> dict[str, Any]:
        """Return the vars that can be pickled; the others are told of, once each."""
        pickle = importlib.import_module("pickle")
        kept: dict[str, Any] = {}
        for name, value in data.items():
            try:
                pickle.dumps(value, 5)
                kept[name] = value
            except Exception as error:
                full = f"{cls.get_full_name()}.{name}"
                if full not in self.unkept:
                    self.unkept.add(full)
                    self._tell(f"{full} is not kept across reloads: {error}")
        return kept

    def take_outdated(self) -> list[str]:
        """Return the names of records to remove, once."""
        taken, self._outdated = self._outdated, []
        return taken

    # -- reading -------------------------------------------------------------------------------

    def restore(self, records: Records) -> None:
        """Put saved values back; what does not fit the build stays as it starts."""
        versions: dict[str, list[tuple[str, Record]]] = {}
        problems: dict[str, str] = {}
        for name, raw in records:
            state = name.partition("#")[0]
            try:
                versions.setdefault(state, []).append((name, unpack(raw)))
            except UnreadableRecordError as error:
                problems[state] = str(error)
        newest = max((r.stamp for each in versions.values() for _, r in each), default=None)
        is_told = newest is not None and newest.build == build_schema()
        for state, each in versions.items():
            if each and state not in problems:
                lost = self._restore_state(state, each)
                if lost and not is_told:
                    problems[state] = lost
        if problems:
            words = "; ".join(f"{state}: {why}" for state, why in problems.items())
            self._tell(f"Saved state that does not fit this build is not used. {words}.")

    def _restore_state(self, state: str, versions: list[tuple[str, Record]]) -> str:
        """Restore one state from its records; return in words what of the newest does not fit."""
        cls = state_named(state)
        if cls is None:
            return "the app no longer has this state"
        wanted = types_of(cls)
        versions.sort(key=lambda version: version[1].stamp.seq, reverse=True)
        self._outdated += [name for name, _ in versions[_VERSIONS:]]
        home = self.session.home(cls).__wx_values__
        done: set[str] = set()
        lost: list[str] = []
        for _, record in versions[:_VERSIONS]:
            fitting = {n for n, kind in record.types.items() if wanted.get(n) == kind} - done
            values, failure = _values(record) if fitting else ({}, "")
            home.update({name: values[name] for name in fitting if name in values})
            if not done and not lost:
                lost = _lost(record, wanted, values, failure)
            done |= fitting
        return ", ".join(lost)


def _name(cls: type[State]) -> str:
    return f"{cls.get_full_name()}#{schema_of(cls)}"


def _values(record: Record) -> tuple[dict[str, Any], str]:
    """Return the vars of a record that can be made, and why others cannot."""
    try:
        return record.values(), ""
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    try:
        salvage = importlib.import_module(f"{__package__}.salvage")
        return salvage.salvaged(record.data), why
    except Exception:
        return {}, why


def _lost(
    record: Record, wanted: dict[str, str], values: dict[str, Any], failure: str
) -> list[str]:
    """Return in words what became of the vars of a record that are not used."""
    found: list[str] = []
    for name, kind in record.types.items():
        if name not in wanted:
            found.append(f"{name} is no var of it any more")
        elif wanted[name] != kind:
            found.append(f"{name} has another type")
        elif name not in values:
            found.append(f"{name} cannot be read ({failure})")
    return found
