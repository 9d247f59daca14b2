"""What a handler or a trigger asks the page to do, as data.

Each function returns an ``EventSpec`` of kind ``"action"``; the page runs it without Python.
Names and parameters are Reflex's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from .errors import EventHandlerValueError, NeedsServerError
from .handlers import EventHandler, EventSpec


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
    mime_type: str | None = None,
) -> EventSpec:
    """Save a file: what ``url`` names (a path of the app's assets), or ``data``.

    ``data`` is text, bytes or a Var; a value that is neither is saved as JSON.
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
        return _action("download", url=url, filename=name or "")
    is_bytes = isinstance(data, (bytes, bytearray))
    if is_bytes:
        from base64 import b64encode  # noqa: PLC0415 - only a download of bytes needs it

        data = b64encode(data).decode("ascii")
    mime = mime_type or ("application/octet-stream" if is_bytes else "text/plain")
    return _action("download", data=data, filename=filename or "", mime=mime, base64=is_bytes)


def _callback(callback: Any) -> Any:
    """Return how the page sends a result back: the handler's wire name and parameter."""
    if callback is None:
        return None
    spec = callback() if isinstance(callback, EventHandler) else callback
    if callable(callback) and not isinstance(callback, (EventHandler, EventSpec)):
        spec = callback()
    if isinstance(spec, EventHandler):
        spec = spec()
    if not isinstance(spec, EventSpec) or spec.handler is None:
        raise EventHandlerValueError(
            f"callback={callback!r} is no event handler. Give State.handler: it gets the result "
            "as its first argument."
        )
    param = spec.missing[0] if spec.missing else None
    found: dict[str, object] = {"handler": spec.target, "param": param}
    if spec.values:
        found["payload"] = dict(spec.values)
    return found


def call_script(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Evaluate JavaScript on the page; ``callback`` gets what it evaluates to."""
    return _action("call_script", javascript_code=javascript_code, callback=_callback(callback))


def call_function(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Call a JavaScript function given as a Var; ``callback`` gets what it returns."""
    return _action("call_function", function=javascript_code, callback=_callback(callback))


def run_script(javascript_code: Any, callback: Any = None) -> EventSpec:
    """Run JavaScript on the page: text, or a function given as a Var."""
    if isinstance(javascript_code, str):
        return call_script(javascript_code, callback)
    return call_function(javascript_code, callback)


def upload_files(*args: Any, **kwargs: Any) -> EventSpec:
    """Not available yet: uploads need the browser-side file store."""
    raise NeedsServerError(
        "rx.upload_files is not available yet: uploads to the browser's own file store are not "
        "built. Read the file in the page with rx.call_script, or use server mode when it exists."
    )


upload_files_chunk: Callable[..., EventSpec] = upload_files


class _Toast:
    """``rx.toast``: shows a message in a corner of the page."""

    def __call__(self, message: Any = "", **options: Any) -> EventSpec:
        """Show ``message``; options are those of ``ToastProps`` (``duration``, ``position``…)."""
        return self._show(None, message, options)

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
        """Show that something is going on; it stays until dismissed."""
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
        if not message and not any(options.get(k) for k in ("title", "description")):
            raise EventHandlerValueError("rx.toast needs a message, a title or a description.")
        if not message:
            message = options.pop("title", "")
        return _action("toast", level=level, message=message, options=_toast_options(options))


def _toast_options(options: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in options.items():
        head, *rest = name.split("_")
        key = head + "".join(part.capitalize() for part in rest)
        if name in ("action", "cancel") and isinstance(value, dict):
            button = cast("dict[str, Any]", value)
            found[key] = {
                "label": button.get("label"),
                "onClick": _callback(button.get("on_click")),
            }
        elif name in ("on_dismiss", "on_auto_close"):
            found[key] = _callback(value)
        else:
            found[key] = value
    return found


toast = _Toast()
