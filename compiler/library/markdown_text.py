"""Markdown as components of the theme.

A text that is known while the site is built becomes components then, and its page needs no parser.
A text from the state is parsed by the page, which cleans its HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wasmrx.compiler.build_time import build_time
from wasmrx.compiler.component import Component
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import
from wasmrx.var_literal import MARK_OPEN

from .code_themes import inner_style
from .families import html, reference
from .markdown_looks import HEADINGS, components_of, shown_by
from .namespaces import Namespace
from .values import constant, is_var

_THEMES = "@radix-ui/themes/"
_TREE = Import("wasmrx/markdown_tree", "markdownTree")
_PLUGINS = "wasmrx/markdown_plugins"
_USES = ("gfm", "math", "katex", "raw", "unwrap_images")
_STYLE: Mapping[str, Any] = {
    "& table": {"border_collapse": "collapse", "margin_top": "1em", "margin_bottom": "1em"},
    "& th, & td": {"border": "1px solid var(--gray-6)", "padding": "0.4em 0.8em"},
    "& img": {"max_width": "100%"},
    "& .contains-task-list": {"list_style_type": "none"},
    "& .sr-only": {
        "position": "absolute",
        "width": "1px",
        "height": "1px",
        "overflow": "hidden",
        "clip_path": "inset(50%)",
    },
}
_LIVE_STYLE = {"& pre": {"margin": "1em 0"}, "& pre code": {"white_space": "pre-wrap"}}


class _Markdown(Component):
    """Text written in Markdown."""

    @classmethod
    def create(
        cls,
        *children: Any,
        component_map: Mapping[str, Callable[..., Any]] | None = None,
        **props: Any,
    ) -> Component:
        """Return the text as components of the theme, or as ``component_map`` has them by tag."""
        text = constant(children[0]) if len(children) == 1 else None
        if not is_var(text) and not isinstance(text, str):
            raise ComponentTypeError(
                f"rx.markdown takes one text, and got {len(children)} children."
            ).at(author_line())
        uses = {name: props.pop(f"use_{name}") for name in _USES if f"use_{name}" in props}
        looks = component_map or {}
        is_known = isinstance(text, str) and MARK_OPEN not in text
        if is_known and not any(is_var(use) for use in uses.values()):
            known = _known(str(text), uses, looks)
            if known is not None:
                return MarkdownText.create(*known, **props)
        live = LiveMarkdown.create(
            text=text,
            uses=_in_javascript(uses) or None,
            shown={tag: shown_by(tag, render) for tag, render in looks.items()} or None,
            **props,
        )
        live.shared_styles = (inner_style("& pre"),)
        return live


def _in_javascript(uses: Mapping[str, Any]) -> dict[str, Any]:
    return {"unwrapImages" if name == "unwrap_images" else name: use for name, use in uses.items()}


def _known(
    text: str, uses: Mapping[str, Any], looks: Mapping[str, Callable[..., Any]]
) -> list[Any] | None:
    """Return the components of a text, None where no engine is installed."""
    engine = build_time()
    if engine is None:
        return None
    given = _in_javascript(uses)
    raw = engine.call(Import(_PLUGINS, "hasHtml"), text, given)
    maths = engine.call(Import(_PLUGINS, "hasMaths"), text, given)
    trees = engine.call(
        _TREE,
        text,
        given,
        Import("wasmrx/raw_html", "trusted") if raw else None,
        Import("wasmrx/maths", "*") if maths else None,
    )
    return components_of(trees, looks)


_HINTS = {
    **{f"use_{name}": Prop(bool, rendered=False) for name in _USES},
    "component_map": Prop(Any, rendered=False),
}

Markdown = html("markdown", "div", props=_HINTS, base=_Markdown)
MarkdownText = html("markdown", "div", props=_HINTS, style=_STYLE)
LiveMarkdown = html(
    "markdown",
    "div",
    element=Import("wasmrx/markdown", "Markdown"),
    props={**_HINTS, "text": Prop(Any), "uses": Prop(Any), "shown": Prop(Any)},
    fixed={
        "parts": {
            "Heading": reference(f"{_THEMES}heading", "Heading"),
            "Text": reference(f"{_THEMES}text", "Text"),
            "Code": reference(f"{_THEMES}code", "Code"),
            "ThemedLink": reference(f"{_THEMES}link", "Link"),
        },
        "headings": {tag: {"as": tag, "size": size} for tag, size in HEADINGS.items()},
    },
    style={**_STYLE, **_LIVE_STYLE},
)

markdown = Namespace("markdown", Markdown, root=Markdown.create)
