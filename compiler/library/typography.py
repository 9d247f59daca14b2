"""Text of all kinds, and links."""

from __future__ import annotations

from typing import Any

from wasmrx.compiler.component import Component
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import
from wasmrx.var import conditional

from .families import html, themed
from .namespaces import Namespace
from .prop_tables import element_props
from .values import is_var

_HOVER = {"_hover": {"color": "var(--accent-8)"}}
_OF_ROUTER = ("discover", "prevent_scroll_reset", "reload_document", "view_transition")
_OF_ANCHOR = ("href", "replace", "target", "rel", "download", "href_lang", "ping", "media")

Text = themed("text", "text#Text", tag="span", defaults={"as": "p"})
Span = themed("text.span", "text#Text", tag="span", defaults={"as": "span"})
Em = themed("text.em", "em#Em", tag="em")
Kbd = themed("text.kbd", "kbd#Kbd", tag="kbd")
Quote = themed("text.quote", "quote#Quote", tag="q")
Strong = themed("text.strong", "strong#Strong", tag="strong")
Heading = themed("heading", "heading#Heading", tag="h1", props={"as": Prop(str)})
Code = themed("code", "code#Code", tag="code")
Blockquote = themed("blockquote", "blockquote#Blockquote", tag="blockquote")

Anchor = html(
    "el.a",
    "a",
    element=Import("wasmrx/page", "Link"),
    props={
        "replace": Prop(bool),
        "to": Prop(Any, "href"),
        "rel": Prop(Any),
        **{name: Prop(Any, rendered=False) for name in _OF_ROUTER},
    },
)


class _Link(Component):
    """A link in the theme's look. Links into the site are followed without loading it again."""

    @classmethod
    def create(cls, *children: Any, is_external: Any = None, **props: Any) -> Component:
        """Return a link; an external one opens in a new tab."""
        if not children:
            raise ComponentTypeError(
                "rx.link shows nothing: give it text or components as children."
            ).at(author_line())
        if "href" not in props:
            return cls._create(children, **{"href": "#", **props})
        if is_external is not None and "target" not in props:
            if is_var(is_external):
                props["target"] = conditional(is_external, "_blank", "")
            elif is_external:
                props["target"] = "_blank"
        known = element_props("a")
        inner = {name: props.pop(name) for name in _OF_ANCHOR if name in props and name in known}
        inner |= {name: props.pop(name) for name in ("href", "replace", "rel") if name in props}
        return cls._create((Anchor.create(*children, **inner),), as_child=True, **props)


Link = themed(
    "link",
    "link#Link",
    tag="a",
    props={"replace": Prop(bool), "is_external": Prop(bool, rendered=False), "rel": Prop(Any)},
    style=_HOVER,
    base=_Link,
)

text = Namespace(
    "text",
    Text,
    span=Span.create,
    em=Em.create,
    kbd=Kbd.create,
    quote=Quote.create,
    strong=Strong.create,
)
heading = Heading.create
code = Code.create
blockquote = Blockquote.create
link = Link.create
