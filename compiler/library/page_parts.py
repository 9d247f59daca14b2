"""Parts of a page that show little or nothing: raw HTML, scripts, listeners, the toaster."""

from __future__ import annotations

from typing import Any

from wasmrx.arg_specs import key_event, no_args_event_spec, passthrough_event_spec
from wasmrx.compiler.component import Component, Fragment
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import
from wasmrx.var_literal import MARK_OPEN

from .families import html, plain
from .values import constant, is_var

_WINDOW = "wasmrx/window"


class _RawHtml(Component):
    """HTML given as text. The author's is shown as it is; a text from the state is cleaned."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return an element that holds the HTML."""
        if len(children) != 1:
            raise ComponentTypeError(
                f"rx.html takes one text, and got {len(children)} children."
            ).at(author_line())
        text: Any = constant(children[0])
        names = ["rx-Html", props.pop("class_name", None)]
        if is_var(text) or MARK_OPEN in str(text):
            return HtmlText.create(text=text, class_name=names, **props)
        return cls._create((), dangerouslySetInnerHTML={"__html": text}, class_name=names, **props)


RawHtml = html(
    "html",
    "div",
    props={"dangerouslySetInnerHTML": Prop(Any, "dangerouslySetInnerHTML")},
    base=_RawHtml,
)
HtmlText = html(
    "html", "div", element=Import("wasmrx/html_text", "HtmlText"), props={"text": Prop(Any)}
)


class _Script(Component):
    """A script; it runs once, when the page has become live."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return a script of a file (``src``) or of JavaScript text."""
        if bool(children) == ("src" in props):
            raise ComponentTypeError("rx.script takes either JavaScript as text or `src`.").at(
                author_line()
            )
        return cls._create((), **({"code": children[0]} if children else {}), **props)


Script = html(
    "script",
    "script",
    element=Import(_WINDOW, "Script"),
    props={
        "src": Prop(Any),
        "code": Prop(Any),
        "type": Prop(str),
        "async": Prop(bool),
        "defer": Prop(bool),
        "cross_origin": Prop(str),
        "integrity": Prop(str),
        "no_module": Prop(bool),
        "referrer_policy": Prop(str),
        "strategy": Prop(str, rendered=False),
        "custom_attrs": Prop(Any),
    },
    triggers=dict.fromkeys(("on_load", "on_error", "on_ready"), no_args_event_spec),
    base=_Script,
)

WindowListener = plain(
    "window_event_listener",
    _WINDOW,
    "WindowListener",
    {},
    {
        "on_resize": passthrough_event_spec(int, int),
        "on_scroll": passthrough_event_spec(float, float),
        "on_key_down": key_event,
        "on_key_up": key_event,
        "on_focus": no_args_event_spec,
        "on_blur": no_args_event_spec,
        "on_visibility_change": passthrough_event_spec(bool),
        "on_before_unload": no_args_event_spec,
        "on_popstate": no_args_event_spec,
        "on_storage": passthrough_event_spec(str, str, str, str),
    },
)
Clipboard = plain(
    "clipboard",
    _WINDOW,
    "Clipboard",
    {"targets": Prop(Any), "on_paste_event_actions": Prop(Any, rendered=False)},
    {"on_paste": passthrough_event_spec(list[tuple[str, str]])},
)
AutoScroll = html(
    "auto_scroll", "div", element=Import(_WINDOW, "AutoScroll"), style={"overflow": "auto"}
)
Toaster = plain(
    "toast.provider",
    "wasmrx/placed_toaster",
    "PlacedToaster",
    {
        name: Prop(Any)
        for name in (
            *("position", "theme", "rich_colors", "expand", "visible_toasts", "close_button"),
            *("offset", "dir", "hotkey", "invert", "toast_options", "gap", "loading_icon"),
            "pause_when_page_is_hidden",
        )
    },
    client_only=True,
)


def logo(**props: Any) -> Component:
    """Return a line that says what the page is built with."""
    style = {"display": "flex", "justify_content": "center", "width": "100%", "padding": "1em"}
    return html("logo", "div", style=style).create("Built with wasmrx", **props)


def connection_banner(*_: Any, **__: Any) -> Component:
    """Return nothing: a page has no connection that could be lost.

    While Python starts, and where it cannot, the page itself says so.
    """
    return Fragment.create()


def connection_modal(*_: Any, **__: Any) -> Component:
    """Return nothing, as ``rx.connection_banner`` does."""
    return Fragment.create()


raw_html = RawHtml.create
script = Script.create
window_event_listener = WindowListener.create
clipboard = Clipboard.create
auto_scroll = AutoScroll.create
toaster = Toaster.create
