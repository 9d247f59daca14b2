"""``async with`` on a proxy of a background handler: the lock, and what the var holds by then.

While the handler did not have the lock, the var may have got another value, in which the proxy's
place is found again: the same index, key or attribute. Loaded with the first such block.
"""

from __future__ import annotations

from collections import deque
from typing import Any, cast

from .proxy import Proxy, unwrap

_GONE = object()


async def enter(proxy: Proxy) -> None:
    """Take the lock for the handler that ``proxy`` was read in; let it stand for what is there.

    Raises TypeError where that is no background handler, LookupError where the place is gone.
    """
    root = proxy.__wx_root__
    guard = root.guard
    name = f"{root.field.owner.get_full_name()}.{root.field.name}"
    if guard is None:
        raise TypeError(
            f"'async with' on a value of {name} is for background handlers: decorate the handler "
            "with @rx.event(background=True), or leave it out."
        )
    await guard.acquire(guard)
    try:
        _reread(proxy, name)
    except BaseException:
        await guard.release(guard)
        raise


def _reread(proxy: Proxy, name: str) -> Any:
    """Let ``proxy``, and those that it was read from, stand for what is there now; return that."""
    old: object = proxy.__wx_target__
    parent, root = proxy.__wx_parent__, proxy.__wx_root__
    found: Any
    if parent is None:
        found = unwrap(getattr(root.state, root.field.name))
    else:
        step = _step_to(old, parent.__wx_target__)
        found = _at(_reread(parent, name), step)
    if type(found) is not type(old):
        raise LookupError(
            f"What was read from {name} is no longer there: other events have changed it. "
            f"Read it inside 'async with self'."
        )
    object.__setattr__(proxy, "__wx_target__", found)
    return found


def _step_to(value: object, holder: Any) -> Any:
    """Return where in ``holder`` this object is."""
    pairs: Any
    if isinstance(holder, dict):
        pairs = cast("dict[Any, Any]", holder).items()
    elif isinstance(holder, (list, tuple, deque)):
        pairs = enumerate(cast("list[Any]", holder))
    else:
        pairs = getattr(holder, "__dict__", {}).items()
    return next((step for step, item in pairs if item is value), _GONE)


def _at(holder: Any, step: Any) -> Any:
    if step is _GONE:
        return _GONE
    try:
        if isinstance(holder, (dict, list, tuple, deque)):
            return cast("Any", holder)[step]
        return getattr(holder, step)
    except (LookupError, AttributeError):
        return _GONE
