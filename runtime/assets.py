"""``rx.asset``: the address of a file of the app's assets folder."""

from __future__ import annotations


def asset(path: str, shared: bool = False, subfolder: str | None = None, **_: object) -> str:
    """Return the address of ``assets/<path>`` on the site: ``"/logo.png"``."""
    return "/" + path.lstrip("/")
