"""Updates: the runtime's answers to the page, as JSON text."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from .built import Reads, settle
from .codec import Path, dumps, dumps_plain, plain, to_json
from .commit import Commits
from .errors import ComputedVarError, StateSerializationError, StateTypeError, WasmrxError
from .fields import Field
from .handlers import EventHandler
from .inert import unbuilt
from .kept import Kept
from .protocol import Ended, ErrorReport, Json, PageAction
from .registry import state_named
from .report import report, short
from .sessions import Collected, Session
from .state import all_states
from .store import Store

if TYPE_CHECKING:
    from .outcome import Origin
    from .state import State


AFTER_STEP: list[Callable[[], list[PageAction]]] = []
"""What else, after each step, the page is told to do."""


class Updates:
    """Writes and posts the updates of one session."""

    def __init__(
        self,
        session: Session,
        post: Callable[[str | int], None],
        dev: bool,
        initial: dict[str, dict[str, Json]],
        busy: Callable[[], bool],
    ) -> None:
        """Post with ``post``; ``initial`` is what the page starts with."""
        self.session = session
        self.store = Store(session, self._tell)
        self.kept = Kept(session)
        self.commits = Commits(self.store, busy)
        session.places = {} if dev else None
        self.dev = dev
        self.initial = initial
        self._rounded: set[tuple[str, str]] = set()
        self.built: Reads = {}
        self._quiet: set[int] = set()
        """Open events that have changed what only Python sees: the last update says so."""
        self._post = post

    def _tell(self, words: str) -> None:
        """Tell the author something about saved state: in the log, while developing in the page."""
        print(words, file=sys.stderr)
        if self.dev:
            self._post(dumps_plain({"t": "notice", "key": words, "text": words}))

    def _tell_rounded(self, text: str) -> None:
        """Tell of numbers of an update that the page rounds, once for each var."""
        exact: Any = importlib.import_module(f"{__package__}.exact")
        for state, name, way, number in exact.rounded(text):
            if (state, name) in self._rounded:
                continue
            self._rounded.add((state, name))
            place = (self.session.places or {}).get(self._field(state, name))  # type: ignore[arg-type]
            where = f" ({short(place[0])}:{place[1]})" if place else ""
            self._tell(
                f"{state}.{name}{way} is {number}, which the page rounds: whole numbers are exact "
                f"in a browser up to 2**53. Give the page text, as by str().{where}"
            )

    def send(self, text: str) -> None:
        """Send a message that is no update."""
        self._post(text)

    def begin(self, origin: Origin) -> None:
        """Tell that an event of the page begins: whatever happens, it is not to begin again."""
        self.commits.begin(None if origin.is_entry else origin.id)
        self._post(origin.id)

    def post(
        self,
        id: int,
        found: Collected,
        actions: list[PageAction],
        call: object,
        *,
        end: bool,
        final: bool,
    ) -> None:
        """Send one step of ``call``: what changed, what the page is to do, what went wrong.

        ``end`` tells that a handler is done, ``final`` that the event and all it led to is.
        """
        message: dict[str, Any] = {"t": "update", "id": id}
        if found.delta:
            message["delta"] = found.delta
        if found.patches:
            message["patches"] = found.patches
        if found.special:
            message["special"] = found.special
        if found.touched and not (found.delta or found.patches):
            self._quiet.add(id)
        if final and id in self._quiet:
            self._quiet.discard(id)
            if not found.patches:
                message.setdefault("delta", {})
        if found.kept:
            actions = self.kept.actions(found) + actions
        for more in AFTER_STEP:
            actions = actions + more()
        if actions:
            message["actions"] = actions
        if self.session.warnings:
            self._warnings(found)
        message["final"] = final
        if final:
            self.commits.finish(id)
        if len(message) > 3 or final or found.errors:
            text = self._text(message, found)
            if found.errors:
                text = self._with_errors(message, found, id, call)
            self._post(text)
            if self.dev:
                self._tell_rounded(text)
        if found.touched:
            self.commits.changed(found.touched)
        if end:
            self.commits.at_end()

    def _warnings(self, found: Collected) -> None:
        warnings, self.session.warnings = self.session.warnings, []
        if self.dev:
            found.errors.extend(warnings)

    def _with_errors(self, message: dict[str, Any], found: Collected, id: int, call: object) -> str:
        """Return the text with the last error; those before it are sent ahead."""
        handler = call.name if isinstance(call, EventHandler) else ""
        reports = [self._report(error, handler) for error in found.errors]
        for earlier in reports[:-1]:
            self.error(id, earlier)
        message["error"] = reports[-1]
        return self._text(message, found)

    def _report(self, error: BaseException, handler: str) -> ErrorReport:
        if isinstance(error, StateTypeError):
            return report(error, "A var got a value of another type", handler)
        title = f"{handler} failed" if handler else "The app failed"
        if isinstance(error, ComputedVarError):
            title = "A computed var failed"
        elif isinstance(error, StateSerializationError):
            title = "A value stays in Python"
        found = report(error, title, handler, self.dev)
        if self.dev or not isinstance(error, StateSerializationError):
            where = f" ({found.get('file')}:{found.get('line')})" if "file" in found else ""
            print(f"{found['title']}: {found['message']}{where}", file=sys.stderr)
        return found

    def error(self, id: int, error: ErrorReport, final: bool = False) -> None:
        """Send only an error."""
        self._post(dumps_plain({"t": "update", "id": id, "error": error, "final": final}))

    def tell_end(self, ended: Ended) -> None:
        """Put in words what the page tells of the worker before this one."""
        restart: Any = importlib.import_module(f"{__package__}.restart")
        self._post(dumps_plain(restart.words(ended, self.dev)))

    def stopped(self, call: object, place: tuple[str, int] | None) -> None:
        """Tell the page that what was to be stopped has ended."""
        name = call.name if isinstance(call, EventHandler) else ""
        where = f" ({short(place[0])}:{place[1]})" if place and self.dev else ""
        text = f"Stopped: {name}{where}." if name else ""
        self._post(dumps_plain({"t": "stopped", "text": text}))

    def _text(self, message: dict[str, Any], found: Collected) -> str:
        try:
            return dumps(message)
        except (TypeError, ValueError, RecursionError, WasmrxError):
            return dumps_plain(self._careful(message, found))

    def _careful(self, message: dict[str, Any], found: Collected) -> dict[str, Any]:
        """Return the message made of plain data; a var that has none is left out and reported."""
        special = found.special
        delta: dict[str, dict[str, Any]] = {}
        whole = [(s, n, v) for s, vars in found.delta.items() for n, v in vars.items()]
        for state, vars in list(found.patches.items()):
            for name, patches in list(vars.items()):
                odd: list[Path] = []
                try:
                    vars[name] = plain(patches, odd, [])
                except (TypeError, ValueError, RecursionError, WasmrxError):
                    odd.append([])
                if odd:
                    del vars[name]
                    whole.append((state, name, self._value(state, name)))
            if not vars:
                del found.patches[state]
        for state, name, value in whole:
            try:
                delta.setdefault(state, {})[name] = to_json(value, state, name, special)
            except StateSerializationError as error:
                found.errors.append(error)
                field = self._field(state, name)
                if field is not None:
                    self.session.refused(field, error)
        found.delta = {state: vars for state, vars in delta.items() if vars}
        message.pop("patches", None)
        message.pop("delta", None)
        if found.delta:
            message["delta"] = found.delta
        if found.patches:
            message["patches"] = found.patches
        if special:
            message["special"] = special
        if "actions" in message:
            message["actions"] = self._plain_actions(message["actions"], found)
        return message

    def _plain_actions(self, actions: list[PageAction], found: Collected) -> list[Any]:
        done: list[Any] = []
        for action in actions:
            try:
                done.append(plain(action, [], []))
            except (TypeError, ValueError, RecursionError) as error:
                found.errors.append(
                    StateSerializationError(
                        f"An argument of {action['name']} cannot be sent to the page: {error}."
                    )
                )
        return done

    def _field(self, state: str, name: str) -> Field[Any] | None:
        cls = state_named(state)
        return None if cls is None else cls.__wx_fields__.get(name)

    def _value(self, state: str, name: str) -> Any:
        field = self._field(state, name)
        return None if field is None else self.session.home(field.owner).__wx_values__[name]

    def restore(self, storage: dict[str, dict[str, str]]) -> None:
        """Take back what was kept: saved states first, then what the browser keeps."""
        records, self.commits.records = self.commits.records, []
        self.store.restore(records)
        self.kept.restore(storage)

    def hydrate(self, anew: bool) -> None:
        """Make the next update say what differs from the state that the page was built with.

        ``anew`` makes it say everything: the page shows what an earlier worker said.
        """
        self.session.start_over()
        first = dict(self.initial)
        if anew:
            self.initial.clear()
            self.built = dict[str, Any]()
        found = Collected()
        for cls in all_states():
            self._compare(cls, found, self.built.get(cls.get_full_name(), {}))
        if self.built:
            settle(self.session, self.built, found, self._compare)
        if anew:
            self._tell_unbuilt(first, found)
        self.session.prepared = found

    def _tell_unbuilt(self, first: dict[str, dict[str, Json]], found: Collected) -> None:
        """Add to ``found`` the components that nothing has built: they are as the page began."""
        for name, values in first.items():
            for var, value in values.items():
                if unbuilt(self._value(name, var)):
                    found.put(name, var, value)

    def _compare(self, cls: type[State], found: Collected, skipped: Collection[str]) -> None:
        """Add to ``found`` what differs of one state from what the page was built with."""
        name = cls.get_full_name()
        known = self.initial.get(name, {})
        odd: list[Path] = []
        values, errors = self.session.snapshot(cls, odd, skipped)
        found.errors.extend(errors)
        if self.dev:
            self._tell_rounded(dumps_plain({"delta": {name: values}}))
        strange = {path[1] for path in odd}
        for var, value in values.items():
            if var not in known or known[var] != value or var in strange:
                found.put(name, var, value)
        found.special.extend(odd)
