"""Vars kept by the browser: ``rx.LocalStorage``, ``rx.SessionStorage``, ``rx.Cookie``.

They are text with options. As a var's default they say where the var is kept; the value that a
handler reads is plain text.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ClientStorage(str):
    """Text that the browser keeps under ``name``."""

    __slots__ = ("name", "options")

    storage_kind: ClassVar[str] = ""
    name: str | None
    options: dict[str, Any]

    @classmethod
    def _make(cls, value: Any, name: str | None, **options: Any) -> Any:
        made = str.__new__(cls, value)
        made.name = name
        made.options = {key: option for key, option in options.items() if option is not None}
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as plain text."""
        return (str, (str(self),))


class LocalStorage(ClientStorage):
    """A var kept in the browser's local storage; ``sync`` follows changes of other tabs."""

    __slots__ = ()
    storage_kind = "local"

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        *,
        name: str | None = None,
        sync: bool = False,
    ) -> LocalStorage:
        """Take the initial text, the key (the var's full name by default) and the options."""
        return cls._make(object, name, sync=sync or None)


class SessionStorage(ClientStorage):
    """A var kept by the browser tab until it is closed."""

    __slots__ = ()
    storage_kind = "session"

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        *,
        name: str | None = None,
    ) -> SessionStorage:
        """Take the initial text and the key."""
        return cls._make(object, name)


class Cookie(ClientStorage):
    """A var kept in a cookie."""

    __slots__ = ()
    storage_kind = "cookie"

    def __new__(
        cls,
        object: Any = "",
        encoding: str | None = None,
        errors: str | None = None,
        /,
        *,
        name: str | None = None,
        path: str = "/",
        max_age: int | None = None,
        domain: str | None = None,
        secure: bool | None = None,
        same_site: str = "lax",
    ) -> Cookie:
        """Take the initial text, the cookie's name and its attributes (``max_age`` in seconds)."""
        return cls._make(
            object,
            name,
            path=path,
            max_age=max_age,
            domain=domain,
            secure=secure,
            same_site=same_site,
        )
