"""What a page is told of its worker before this one: which handlers were stopped, what was lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .binding import handler_named
from .protocol import Ended
from .report import short

TITLE = "Python was started again"


def words(ended: Ended, dev: bool) -> dict[str, Any]:
    """Return the message for the page: an error, or what a visitor's Stop has led to."""
    told: list[str] = []
    if ended["stopped"]:
        told.append(f"{_counted(ended['stopped'])} is not run again.")
    if ended["lost"]:
        told.append(f"What {_counted(ended['lost'])} changed could not be kept.")
    place = _place(ended["stopped"])
    if not ended["why"]:
        where = f" ({place[0]}:{place[1]})" if place and dev else ""
        return {"t": "stopped", "text": f"Stopped: {' '.join(told) or 'Python.'}{where}"}
    error: dict[str, Any] = {"title": TITLE, "message": " ".join([*told, ended["why"]])}
    if place:
        error |= {"handler": ended["stopped"][0], "file": place[0], "line": place[1]}
    return {"t": "update", "id": 0, "error": error, "final": False}


def _counted(names: list[str]) -> str:
    """Return each name once, with its number where that is not one."""
    counts = Counter(names).items()
    return ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in counts)


def _place(names: list[str]) -> tuple[str, int] | None:
    """Return file and line of the first handler that is known."""
    handlers = filter(None, map(handler_named, names))
    places = (handler.place for handler in handlers)
    return next(((short(place[0]), place[1]) for place in places if place), None)
