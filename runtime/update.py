"""Updates: the runtime's answers to the page, as JSON text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from .codec import Path, dumps, dumps_plain, plain, to_json
from .commit import Commits
from .errors import StateSerializationError, StateTypeError
from .fields import Field
from .protocol import ErrorReport, Json, PageAction
from .report import report
from .sessions import Collected, Session
from .state import State, all_states
from .store import Store


class Updates:
    """Writes and posts the updates of one session."""

    def __init__(
        self,
        session: Session,
        post: Callable[[str], None],
        dev: bool,
        initial: dict[str, dict[str, Json]],
        busy: Callable[[], bool],
    ) -> None:
        """Post with ``post``; ``initial`` is what the page starts with."""
        self.session = session
        self.store = Store(session)
        self.commits = Commits(self.store, self._late, busy)
        self.dev = dev
        self.initial = initial
        self._post = post

    def _late(self, saved: dict[str, str]) -> None:
        self._post(dumps_plain({"t": "update", "id": 0, "saved": saved, "final": False}))

    def post(
        self,
        id: int,
        found: Collected,
        actions: list[PageAction],
        handler: str,
        *,
        end: bool,
        final: bool,
    ) -> None:
        """Send one step: what changed, what the page is to do, what went wrong.

        ``end`` tells that a handler is done, ``final`` that the event and all it led to is.
        """
        message: dict[str, Any] = {"t": "update", "id": id}
        if found.delta:
            message["delta"] = found.delta
        if found.patches:
            message["patches"] = found.patches
        if found.special:
            message["special"] = found.special
        if found.touched:
            actions = self._kept_by_browser(found) + actions
            self.commits.changed(found.touched)
        if actions:
            message["actions"] = actions
        if self.session.warnings:
            self._warnings(found)
        message["final"] = final
        if len(message) > 3 or final or found.errors:
            text = self._text(message, found)
            if found.errors:
                text = self._with_errors(message, found, id, handler)
            self._post(text)
        if end:
            self._commit()

    def _commit(self) -> None:
        """Send what is to be kept after the page has what it shows."""
        saved = self.commits.at_end()
        if saved:
            self._late(saved)

    def _warnings(self, found: Collected) -> None:
        warnings, self.session.warnings = self.session.warnings, []
        if self.dev:
            found.errors.extend(warnings)

    def _with_errors(self, message: dict[str, Any], found: Collected, id: int, handler: str) -> str:
        """Return the text with the last error; those before it are sent ahead."""
        reports = [self._report(error, handler) for error in found.errors]
        for earlier in reports[:-1]:
            self.error(id, earlier)
        message["error"] = reports[-1]
        return self._text(message, found)

    def _report(self, error: BaseException, handler: str) -> ErrorReport:
        if isinstance(error, StateTypeError):
            return report(error, "A var got a value of another type", handler)
        title = f"{handler} failed" if handler else "A computed var failed"
        found = report(error, title, handler, self.dev)
        if self.dev or not isinstance(error, StateSerializationError):
            where = f" ({found.get('file')}:{found.get('line')})" if "file" in found else ""
            print(f"{found['title']}: {found['message']}{where}", file=sys.stderr)
        return found

    def error(self, id: int, error: ErrorReport, final: bool = False) -> None:
        """Send only an error."""
        self._post(dumps_plain({"t": "update", "id": id, "error": error, "final": final}))

    def _text(self, message: dict[str, Any], found: Collected) -> str:
        try:
            return dumps(message)
        except (TypeError, ValueError, RecursionError):
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
                except (TypeError, ValueError):
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

    def _value(self, state: str, name: str) -> Any:
        for cls in all_states():
            if cls.get_full_name() == state:
                return self.session.home(cls).__wx_values__[name]
        return None

    # -- what the browser keeps ----------------------------------------------------------------

    def _kept_by_browser(self, found: Collected) -> list[PageAction]:
        """Return the actions that write the changed storage vars."""
        actions: list[PageAction] = []
        for cls in found.touched:
            for field in _stored(cls):
                if field.name in found.delta.get(cls.get_full_name(), {}) or field.backend:
                    actions.append(_write(field, self.session.home(cls).__wx_values__[field.name]))
        return actions

    def restore(self, saved: dict[str, str], storage: dict[str, dict[str, str]]) -> None:
        """Take back what was kept: saved states first, then what the browser keeps."""
        self.store.restore(saved)
        for cls in all_states():
            for field in _stored(cls):
                kept = field.storage
                texts = storage.get(kept.storage_kind, {}) if kept is not None else {}
                if field.storage_key in texts:
                    self.session.home(cls).__wx_values__[field.name] = str(texts[field.storage_key])

    def hydrate(self) -> None:
        """Make the next update say what differs from the state that the page was built with."""
        self.session.flush()
        found = Collected()
        for cls in all_states():
            name = cls.get_full_name()
            known = self.initial.get(name, {})
            odd: list[Path] = []
            values, errors = self.session.snapshot(cls, odd)
            found.errors.extend(errors)
            strange = {path[1] for path in odd}
            for var, value in values.items():
                if var not in known or known[var] != value or var in strange:
                    found.put(name, var, value)
            found.special.extend(odd)
        self.session.prepared = found


def _stored(cls: type[State]) -> list[Field[Any]]:
    return [field for field in cls.__wx_fields__.values() if field.storage is not None]


def _write(field: Field[Any], value: Any) -> PageAction:
    kept = field.storage
    assert kept is not None
    key = field.storage_key
    if kept.storage_kind == "cookie":
        args = {"key": key, "value": str(value), "options": kept.options}
        return {"name": "set_cookie", "args": args}
    kind = kept.storage_kind
    if value is None:
        return {"name": f"remove_{kind}_storage", "args": {"key": key}}
    return {"name": f"set_{kind}_storage", "args": {"key": key, "value": str(value)}}
