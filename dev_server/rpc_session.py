"""The session cookie: a random name, signed; what it stands for never leaves the server."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import cookie_parser

from .rpc_store import SESSIONS_KEPT

COOKIE = "wasmrx_session"

RENEWED = 24 * 3600.0
"""Seconds after which a cookie is sent again, so that it lasts as long as the session."""


@dataclass(frozen=True)
class Sent:
    """What came with a request: the session's name, "" for none, and whether to send it again."""

    session: str = ""
    is_due: bool = False


_NOTHING = Sent()


@dataclass(frozen=True)
class Cookies:
    """Writes and reads the cookie; ``is_cross_site`` where pages lie on another site."""

    secret: bytes
    is_cross_site: bool = False

    def read(self, header: str, is_plain: bool) -> Sent:
        """Return what a Cookie header says; a name counts only where this server signed it."""
        if not header:
            return _NOTHING
        try:
            value = cookie_parser(header)[self._name(is_plain)]
            name, made = self._signer.unsign(
                value, max_age=int(SESSIONS_KEPT), return_timestamp=True
            )
            return Sent(name.decode(), time.time() - made.timestamp() > RENEWED)
        except (KeyError, BadSignature, ValueError):
            return _NOTHING

    def header(self, session: str, is_plain: bool) -> bytes:
        """Return the Set-Cookie header for a session; ``is_plain`` for HTTP on loopback."""
        value = self._signer.sign(session).decode()
        same_site = "None; Partitioned" if self.is_cross_site else "Strict"
        name = self._name(is_plain)
        secure = "" if name == COOKIE else " Secure;"
        text = f"{name}={value}; Path=/; Max-Age={int(SESSIONS_KEPT)}; HttpOnly;{secure}"
        return f"{text} SameSite={same_site}".encode()

    def _name(self, is_plain: bool) -> str:
        """Return the cookie's name: one that no other host can set, where there is TLS."""
        return COOKIE if is_plain and not self.is_cross_site else f"__Host-{COOKIE}"

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(self.secret, salt="wasmrx.session")


def new_session() -> str:
    """Return the name of a new session."""
    return secrets.token_urlsafe(24)
