"""Names of Reflex that need a server: using one says so, and what to do."""

from __future__ import annotations

from typing import Any, NoReturn

from .errors import NeedsServerError, caller_place

_NO_CHUNKS = (
    "a request that streams. Files are in the browser already: take list[rx.UploadFile], and read "
    "each piece by piece with await file.read(size)"
)

NAMES: dict[str, str] = {
    "SharedState": "a server that all visitors share",
    "AdminDash": "a server",
    "get_state": "a server that holds the states of all visitors; in a handler use self.get_state",
    "UploadChunk": _NO_CHUNKS,
    "UploadChunkIterator": _NO_CHUNKS,
    "upload_files_chunk": _NO_CHUNKS,
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
            "browser; a single handler can run on a server: @rx.server."
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
