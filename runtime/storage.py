"""Vars kept by the browser: ``rx.LocalStorage``, ``rx.SessionStorage``, ``rx.Cookie``.

They are text with options. As a var's default they say where the var is kept; the value that a
handler reads is plain text.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ClientStorage(str):
    """Text that the browser keeps under ``name``."""

    storage_kind: ClassVar[str] = ""
    name: str | None

    @classmethod
    def _make(cls, text: tuple[Any, str | None, str | None], **options: Any) -> Any:
        value, encoding, errors = text
        if encoding or errors:
            made = str.__new__(cls, value, encoding or "utf-8", errors or "strict")
        else:
            made = str.__new__(cls, value)
        vars(made).update(options)
        return made

    def options(self) -> dict[str, Any]:
        """Return what is set of the options, without the name: ``{"path": "/", "max_age": 60}``."""
        return {k: v for k, v in vars(self).items() if v is not None and k != "name"}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as plain text."""
        return (str, (str(self),))


class LocalStorage(ClientStorage):
    """A var kept in the browser's local storage; ``sync`` follows changes of other tabs."""

    storage_kind = "local"
    sync: bool

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        name: str | None = None,
        sync: bool = False,
    ) -> LocalStorage:
        """Take the initial text, the key (the var's full name by default) and the options."""
        return cls._make((object, encoding, errors), name=name, sync=sync)


class SessionStorage(ClientStorage):
    """A var kept by the browser tab until it is closed."""

    storage_kind = "session"

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        name: str | None = None,
    ) -> SessionStorage:
        """Take the initial text and the key."""
        return cls._make((object, encoding, errors), name=name)


class Cookie(ClientStorage):
    """A var kept in a cookie."""

    storage_kind = "cookie"
    path: str
    max_age: int | None
    domain: str | None
    secure: bool | None
    same_site: str

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        name: str | None = None,
        path: str = "/",
        max_age: int | None = None,
        domain: str | None = None,
        secure: bool | None = None,
        same_site: str = "lax",
    ) -> Cookie:
        """Take the initial text, the cookie's name and its attributes (``max_age`` in seconds)."""
        return cls._make(
            (object, encoding, errors),
            name=name,
            path=path,
            max_age=max_age,
            domain=domain,
            secure=secure,
            same_site=same_site,
        )
