"""Names of Reflex that need a server: using one says so, and what to do."""

from __future__ import annotations

from typing import Any, NoReturn

from .errors import NeedsServerError, caller_place

_NO_FILES = "a store for uploaded files, which wasmrx does not have yet"

NAMES: dict[str, str] = {
    "Model": "a database server. Keep the data in state (rx.LocalStorage keeps text across visits)",
    "ModelRegistry": "a database server",
    "session": "a database server",
    "asession": "a database server",
    "SharedState": "a server that all visitors share",
    "AdminDash": "a server",
    "Middleware": "a server",
    "middleware": "a server",
    "get_state": "a server that holds the states of all visitors; in a handler use self.get_state",
    "UploadFile": _NO_FILES,
    "UploadChunk": _NO_FILES,
    "UploadChunkIterator": _NO_FILES,
    "upload": _NO_FILES,
    "cancel_upload": _NO_FILES,
    "clear_selected_files": _NO_FILES,
    "get_upload_dir": _NO_FILES,
    "get_upload_url": _NO_FILES,
    "selected_files": _NO_FILES,
    "StateToken": "a server that holds the states of all visitors",
    "BaseStateToken": "a server that holds the states of all visitors",
}


class ServerOnly:
    """Stands for a name; raises where it is used, not where it is imported."""

    def __init__(self, name: str) -> None:
        """Remember the name."""
        self._name = name

    def _refuse(self) -> NoReturn:
        raise NeedsServerError(
            f"rx.{self._name} needs {NAMES[self._name]}. A wasmrx app runs in the visitor's "
            "browser, and cannot have handlers on a server yet."
        ).at(caller_place())

    def __call__(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        self._refuse()

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Refuse to be subclassed."""
        self._refuse()

    def __getattr__(self, name: str) -> Any:
        """Refuse, but for the names that Python itself asks for."""
        if name.startswith("_"):
            raise AttributeError(name)
        self._refuse()

    def __or__(self, other: object) -> Any:
        """Allow ``X | None`` in annotations."""
        return other

    __ror__ = __or__

    def __getitem__(self, key: object) -> Any:
        """Allow ``X[T]`` in annotations."""
        return self
