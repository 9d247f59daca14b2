"""Why a call is refused: a status, a code for programs, words for people."""

from __future__ import annotations

import secrets

MESSAGES: dict[str, tuple[int, str]] = {
    "method": (405, "Server handlers are called by POST."),
    "origin": (403, "This server answers the app's own pages only."),
    "header": (403, "The header Wasmrx-Call is missing."),
    "type": (415, "A call is application/json."),
    "unknown": (404, "There is no such server handler."),
    "outdated": (409, "The page is older than the server."),
    "login": (401, "Log in first."),
    "forbidden": (403, "You may not do this."),
    "large": (413, "The call is too large."),
    "slow": (408, "The call took too long to arrive."),
    "json": (400, "The call is no JSON that this server takes."),
    "invalid": (422, "The call does not fit what the handler takes."),
    "key": (400, "The Idempotency-Key is missing, or no key."),
    "reused": (409, "The Idempotency-Key was used for another call."),
    "ended": (409, "The session ended, or got another name, meanwhile. Try again."),
    "busy": (503, "The server is busy. Try again."),
    "unavailable": (503, "The server takes no calls now. Try again."),
    "too_many": (429, "Too many calls. Try again later."),
    "timeout": (504, "The handler took too long."),
    "cancelled": (499, "The call was cancelled."),
    "interrupted": (503, "The server stopped while it ran this call."),
    "failed": (500, "The server handler failed."),
}


class CallRefused(Exception):
    """A call is answered with an error; ``detail`` adds to the words, ``after`` is in seconds."""

    def __init__(self, code: str, detail: str = "", after: int = 0) -> None:
        """Take the code, one of ``MESSAGES``."""
        super().__init__(code)
        self.code = code
        self.status, words = MESSAGES[code]
        self.message = f"{words} {detail}".rstrip()
        self.after = after
        self.id = secrets.token_hex(6)

    def as_log(self) -> dict[str, str]:
        """Return what the log has of it beside the words."""
        return {"code": self.code, "error": self.id}

    def as_json(self) -> dict[str, object]:
        """Return what the page is told."""
        error = {"code": self.code, "id": self.id, "message": self.message}
        return {"error": error, "final": True}
