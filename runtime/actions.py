"""What a handler or a trigger asks the page to do, as data.

Each function returns an ``EventSpec`` of kind ``"action"``; the page runs it without Python.
Names and parameters are Reflex's.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any, cast

from .arg_specs import ArgsSpec, no_args_event_spec
from .callbacks import Callback, result_spec
from .errors import EventHandlerValueError, caller_place
from .expr import Function
from .handlers import EventHandler, EventSpec
from .var import Var, to_expr

_BYTES = "application/octet-stream"
_LARGE = 1 << 20
"""More bytes than that go to the browser as such, not as text in a message."""

_PIECEWISE = ("__next__", "__anext__", "read", "read_bytes")


def _action(target: str, **values: object) -> EventSpec:
    return EventSpec(target, tuple(values.items()))


def redirect(
    path: Any, is_external: Any = False, popup: Any = False, replace: Any = False
) -> EventSpec:
    """Go to ``path``: a route of the app, or an address elsewhere.

    ``is_external`` or ``popup`` open a new tab or window; ``replace`` leaves no history entry.
    """
    return _action("redirect", path=path, is_external=is_external, popup=popup, replace=replace)


def back() -> EventSpec:
    """Go one page back in the browser's history."""
    return _action("back")


def cancel(handler: Any) -> EventSpec:
    """Cancel every run of ``handler``, an event handler such as ``State.load``, and what waits.

    It gets ``asyncio.CancelledError`` where it awaits or yields, and may clean up.
    """
    if not isinstance(handler, EventHandler):
        raise EventHandlerValueError(
            f"rx.cancel takes an event handler, such as State.load, and got {handler!r}."
        ).at(caller_place())
    return _action("cancel", handler=handler.name)


def console_log(message: Any) -> EventSpec:
    """Write ``message`` to the browser's console."""
    return _action("console_log", message=message)


def noop() -> EventSpec:
    """Do nothing; carries modifiers such as ``rx.prevent_default``."""
    return _action("noop")


stop_propagation: EventSpec = noop().stop_propagation
prevent_default: EventSpec = noop().prevent_default


def window_alert(message: Any) -> EventSpec:
    """Show ``message`` in the browser's alert box."""
    return _action("window_alert", message=message)


def set_focus(ref: Any) -> EventSpec:
    """Move the keyboard focus to the component with id ``ref``."""
    return _action("set_focus", ref=ref)


def blur_focus(ref: Any) -> EventSpec:
    """Take the keyboard focus from the component with id ``ref``."""
    return _action("blur_focus", ref=ref)


def scroll_to(elem_id: Any, align_to_top: Any = True) -> EventSpec:
    """Scroll to the component with id ``elem_id``."""
    return _action("scroll_to", elem_id=elem_id, align_to_top=align_to_top)


def set_value(ref: Any, value: Any) -> EventSpec:
    """Put ``value`` into the input with id ``ref``."""
    return _action("set_value", ref=ref, value=value)


def set_clipboard(content: Any) -> EventSpec:
    """Put ``content`` on the clipboard."""
    return _action("set_clipboard", content=content)


def remove_cookie(key: str, options: dict[str, Any] | None = None) -> EventSpec:
    """Remove the cookie ``key``; ``options`` gives its path where that is not ``"/"``."""
    return _action("remove_cookie", key=key, options=options or {"path": "/"})


def clear_local_storage() -> EventSpec:
    """Empty the browser's local storage of this site."""
    return _action("clear_local_storage")


def remove_local_storage(key: str) -> EventSpec:
    """Remove ``key`` from local storage."""
    return _action("remove_local_storage", key=key)


def clear_session_storage() -> EventSpec:
    """Empty the browser's session storage of this site."""
    return _action("clear_session_storage")


def remove_session_storage(key: str) -> EventSpec:
    """Remove ``key`` from session storage."""
    return _action("remove_session_storage", key=key)


def set_color_mode(mode: Any) -> EventSpec:
    """Switch to ``"light"``, ``"dark"`` or ``"system"``."""
    return _action("set_color_mode", mode=mode)


toggle_color_mode: EventSpec = _action("toggle_color_mode")


def download(
    url: Any = None,
    filename: Any = None,
    data: Any = None,
    mime_type: Any = None,
) -> EventSpec:
    """Save a file: what ``url`` names (a path of the app's assets), or ``data``.

    ``data`` is text, bytes or a Var; a value that is neither is saved as JSON. A Var that holds a
    ``data:`` URL is saved as what that holds. A path, an open file, or an iterator of text or bytes
    is read piece by piece and never held whole by Python.
    """
    if (url is None) == (data is None):
        raise EventHandlerValueError("rx.download takes either url= or data=.")
    if url is not None:
        if isinstance(url, str) and not url.startswith(("/", "http:", "https:", "data:", "blob:")):
            raise EventHandlerValueError(
                f"rx.download: url={url!r} must start with '/': it names a file of the app's "
                "assets folder."
            )
        name = url.rpartition("/")[2] if filename is None and isinstance(url, str) else filename
        return _action("download", url=url, filename="" if name is None else name)
    is_bytes = isinstance(data, (bytes, bytearray))
    if _comes_in_pieces(data):
        downloads = importlib.import_module("wasmrx.downloads")
        return _stream(downloads.saved(data, mime_type or _BYTES), data, filename)
    if is_bytes:
        from base64 import b64encode  # noqa: PLC0415 - only a download of bytes needs it

        data = b64encode(data).decode("ascii")
    mime = mime_type
    if mime_type is None:
        mime = _BYTES if is_bytes else "text/plain"
    more = {"maybe_url": True} if is_var(data) else {}
    name = "" if filename is None else filename
    return _action("download", data=data, filename=name, mime=mime, base64=is_bytes, **more)


async def download_stream(data: Any, filename: Any = None, mime_type: Any = None) -> EventSpec:
    """Save what comes with time, as ``return await rx.download_stream(rows(), "rows.csv")``.

    ``data`` is an asynchronous iterator of text or bytes, or anything that ``rx.download`` takes
    piece by piece; other events go on meanwhile.
    """
    downloads = importlib.import_module("wasmrx.downloads")
    return _stream(await downloads.saved_in_time(data, mime_type or _BYTES), data, filename)


def _comes_in_pieces(data: Any) -> bool:
    """Return whether the browser is to be given ``data`` piece by piece."""
    if isinstance(data, (bytes, bytearray)):
        return sys.platform == "emscripten" and len(data) > _LARGE
    kind = cast("type[object]", type(data))
    return not is_var(data) and any(hasattr(kind, name) for name in _PIECEWISE)


def _stream(args: dict[str, object], data: Any, filename: Any) -> EventSpec:
    given = getattr(data, "name", "") if filename is None else filename
    return _action("download", filename=given if isinstance(given, str) else "", **args)


def _callback(callback: Any, name: str = "callback", spec: ArgsSpec = result_spec) -> Any:
    return None if callback is None else Callback(callback, name, spec)


def call_script(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Evaluate JavaScript on the page; ``callback`` gets what it evaluates to.

    Text that stands in the source of the app becomes part of the site; text that is made while
    the app runs needs ``'unsafe-eval'`` where the site has a content security policy.
    """
    return _action("call_script", javascript_code=javascript_code, callback=_callback(callback))


def call_function(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Call a JavaScript function given as a Var; ``callback`` gets what it returns."""
    return _action("call_function", function=javascript_code, callback=_callback(callback))


def run_script(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Evaluate JavaScript on the page: text, or an expression given as a Var."""
    if isinstance(javascript_code, str):
        return call_script(javascript_code, callback)
    return call_function(Var(Function((), to_expr(javascript_code))), callback)


class _Toast:
    """``rx.toast``: shows a message in a corner of the page."""

    def __call__(
        self,
        message: Any = "",
        level: str | None = None,
        fallback_to_alert: bool = False,
        **options: Any,
    ) -> EventSpec:
        """Show ``message``; options are those of ``ToastProps`` (``duration``, ``position``…).

        A toast with the ``id`` of one that is shown takes its place. ``fallback_to_alert`` is
        accepted and has no effect: a page always can show toasts.
        """
        return self._show(level, message, options)

    def info(self, message: Any = "", **options: Any) -> EventSpec:
        """Show an information."""
        return self._show("info", message, options)

    def success(self, message: Any = "", **options: Any) -> EventSpec:
        """Show that something worked."""
        return self._show("success", message, options)

    def warning(self, message: Any = "", **options: Any) -> EventSpec:
        """Show a warning."""
        return self._show("warning", message, options)

    def error(self, message: Any = "", **options: Any) -> EventSpec:
        """Show that something failed."""
        return self._show("error", message, options)

    def loading(self, message: Any = "", **options: Any) -> EventSpec:
        """Show that something is going on; it stays until dismissed or replaced by its id."""
        return self._show("loading", message, options)

    def dismiss(self, id: Any = None) -> EventSpec:
        """Take the toast with this id away, or all."""
        return _action("toast", level="dismiss", message="", options={"id": id})

    def options(self, **options: Any) -> dict[str, Any]:
        """Return options to give to ``rx.toast.provider``."""
        return _toast_options(options)

    def __getattr__(self, name: str) -> Any:
        """Return ``provider``, the component that shows the toasts."""
        if name.startswith("_"):
            raise AttributeError(name)
        from . import _door  # noqa: PLC0415 - only apps that place the toaster need components

        return _door.resolve("toaster" if name == "provider" else f"toast_{name}")

    def _show(self, level: str | None, message: Any, options: dict[str, Any]) -> EventSpec:
        if level not in _LEVELS:
            raise EventHandlerValueError(
                f"rx.toast has no level {level!r}; it has {', '.join(filter(None, _LEVELS))}."
            ).at(caller_place())
        is_empty = isinstance(message, str) and not message
        if is_empty and all(options.get(name) is None for name in ("title", "description")):
            raise EventHandlerValueError("rx.toast needs a message, a title or a description.").at(
                caller_place()
            )
        if is_empty:
            message = options.pop("title", "")
        return _action("toast", level=level, message=message, options=_toast_options(options))


_LEVELS = (None, "info", "success", "warning", "error", "loading")
_TOAST_OPTIONS = frozenset(
    "action action_button_styles cancel cancel_button_styles class_name close_button "
    "component_name description dismissible duration icon id important invert on_auto_close "
    "on_dismiss position rich_colors style test_id title toaster_id unstyled".split()
)
_TOAST_NAMES = {
    "action_button_styles": "actionButtonStyle",
    "cancel_button_styles": "cancelButtonStyle",
}


def _toast_options(options: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in options.items():
        if name not in _TOAST_OPTIONS:
            raise EventHandlerValueError(
                f"rx.toast has no option {name!r}; it has {', '.join(sorted(_TOAST_OPTIONS))}."
            ).at(caller_place())
        key = _TOAST_NAMES.get(name) or _camel_case(name)
        if value is None or name == "component_name":
            continue
        if name in ("action", "cancel"):
            found[key] = _button(name, value)
        elif name in ("on_dismiss", "on_auto_close"):
            found[key] = _callback(value, f"{name} of rx.toast")
        elif isinstance(value, Mapping):
            style = cast("Mapping[str, Any]", value)
            found[key] = {_camel_case(prop): item for prop, item in style.items()}
        else:
            found[key] = value
    return found


def _button(name: str, value: Any) -> dict[str, Any]:
    """Return the button ``{"label": …, "on_click": …}`` of a toast, or an object with these."""
    given = cast("dict[str, Any]", value if isinstance(value, dict) else vars(value))
    on_click = given.get("on_click")
    return {
        "label": given.get("label"),
        "onClick": _callback(on_click, f"on_click of rx.toast's {name}", no_args_event_spec),
    }


def is_var(value: object) -> bool:
    """Tell whether ``value`` is a Var."""
    return isinstance(value, Var)


def _camel_case(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


toast = _Toast()
