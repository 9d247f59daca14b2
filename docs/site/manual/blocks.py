"""The blocks of a document as components."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markdown_it.tree import SyntaxTreeNode

import wasmrx as rx

from .contents import GALLERY, file_of, route_of, sections
from .document import Document, heading_of, is_live, name_of, plain_text
from .examples import shown

_SIZES = {"h1": "8", "h2": "6", "h3": "4", "h4": "3"}
_ABOVE = {"h1": "0", "h2": "2.25rem", "h3": "1.75rem", "h4": "1.25rem"}
_ALERTS = {
    "note": ("info", "blue"),
    "tip": ("lightbulb", "green"),
    "important": ("message-square-warning", "violet"),
    "warning": ("triangle-alert", "amber"),
    "caution": ("octagon-alert", "red"),
}
_GRAMMARS = {"": "text", "console": "shell-session"}
_ELSEWHERE = re.compile(r"[a-z]+:|//")
_PROMPT = re.compile(r"^\$ ([^#\n]*)", re.MULTILINE)


def body_of(document: Document) -> rx.Component:
    """Return the whole text of a document."""
    return rx.box(*_Blocks().all(document.root.children), class_name="prose")


def target_of(href: str) -> str | None:
    """Return where a link of a Markdown file leads on the site; None where it has no page.

    ``state.md#vars`` leads to ``/state#vars``.
    """
    if _ELSEWHERE.match(href) or href.startswith("#"):
        return href
    path, _, anchor = href.partition("#")
    if path.endswith("examples/gallery"):
        return GALLERY + (f"#{anchor}" if anchor else "")
    name = path.rpartition("/")[2].removesuffix(".md").lower()
    known = {page for section in sections() for page in section.pages}
    if name not in known or path.rpartition("/")[2] != file_of(name).name:
        return None
    return route_of(name) + (f"#{anchor}" if anchor else "")


def code_block(code: str, language: str) -> rx.Component:
    """Return code in colours with a button that copies it; of a console only the commands."""
    copied = (
        "\n".join(map(str.rstrip, _PROMPT.findall(code)))
        if language == "console"
        else code.rstrip("\n")
    )
    return rx.box(
        rx.code_block(
            code.rstrip("\n"),
            language=_GRAMMARS.get(language, language),
            class_name="code",
            custom_attrs={
                "tabIndex": "0",
                "role": "region",
                "aria-label": f"Code, {language or 'text'}",
            },
        ),
        rx.icon_button(
            rx.icon("copy", size=14),
            on_click=[rx.set_clipboard(copied), rx.toast("Copied", duration=1500)],
            variant="soft",
            color_scheme="gray",
            size="1",
            aria_label="Copy the code",
            class_name="copy",
        ),
        class_name="code-frame",
    )


class _Blocks:
    """Makes components of the nodes of a document; a method for each type of node."""

    def all(self, nodes: Iterable[SyntaxTreeNode]) -> list[Any]:
        """Return what the nodes show."""
        return [shown for node in nodes if (shown := self.one(node)) is not None]

    def one(self, node: SyntaxTreeNode) -> Any:
        """Return what a node shows, None for nothing."""
        return getattr(self, f"_{node.type}")(node)

    def _inside(self, node: SyntaxTreeNode) -> list[Any]:
        return self.all(node.children)

    # -- blocks ------------------------------------------------------------------------------

    def _heading(self, node: SyntaxTreeNode) -> rx.Component:
        heading = heading_of(node)
        link = [] if heading.level == 1 else [_anchor(heading.anchor, heading.text)]
        return rx.heading(
            *self._inside(node),
            *link,
            as_=node.tag,
            id=heading.anchor,
            size=_SIZES[node.tag],
            margin_top=_ABOVE[node.tag],
            margin_bottom="0.75rem",
            class_name="titled",
        )

    def _paragraph(self, node: SyntaxTreeNode) -> rx.Component:
        if node.hidden:
            return rx.fragment(*self._inside(node))
        return rx.text(*self._inside(node), as_="p", margin_y="0.9rem", line_height="1.7")

    def _inline(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.fragment(*self._inside(node))

    def _bullet_list(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.list.unordered(*self._inside(node), class_name="items")

    def _ordered_list(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.list.ordered(*self._inside(node), class_name="items")

    def _list_item(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.list.item(*self._inside(node))

    def _blockquote(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.blockquote(*self._inside(node), margin_y="1rem")

    def _alert(self, node: SyntaxTreeNode) -> rx.Component:
        title, *blocks = node.children
        icon, color = _ALERTS[plain_text(title).strip().lower()]
        return rx.callout.root(
            rx.callout.icon(rx.icon(icon, size=18)),
            rx.box(*self.all(blocks), class_name="rt-CalloutText"),
            color_scheme=color,
            custom_attrs={"role": "note"},
            margin_y="1.25rem",
        )

    def _hr(self, _: SyntaxTreeNode) -> rx.Component:
        return rx.separator(margin_y="2rem")

    def _html_block(self, _: SyntaxTreeNode) -> None:
        """Show nothing: the documents hold HTML as comments only."""

    _html_inline = _html_block

    def _fence(self, node: SyntaxTreeNode) -> rx.Component:
        language = node.info.split()[0] if node.info else ""
        code = code_block(node.content, language)
        if not is_live(node):
            return code
        name = name_of(node)
        return rx.box(
            rx.box(shown(name), class_name="stage", id=f"live-{name}"),
            code,
            class_name="live",
        )

    def _code_block(self, node: SyntaxTreeNode) -> rx.Component:
        return code_block(node.content, "")

    # -- tables ------------------------------------------------------------------------------

    def _table(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.box(
            rx.table.root(*self._inside(node), variant="surface", size="1"),
            margin_y="1.25rem",
        )

    def _thead(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.table.header(*self._inside(node))

    def _tbody(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.table.body(*self._inside(node))

    def _tr(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.table.row(*self._inside(node))

    def _th(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.table.column_header_cell(
            *self._inside(node), text_align=_align(node), class_name="cell"
        )

    def _td(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.table.cell(*self._inside(node), text_align=_align(node), class_name="cell")

    # -- text --------------------------------------------------------------------------------

    def _text(self, node: SyntaxTreeNode) -> str:
        return node.content

    def _softbreak(self, _: SyntaxTreeNode) -> str:
        return " "

    def _hardbreak(self, _: SyntaxTreeNode) -> rx.Component:
        return rx.el.br()

    def _code_inline(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.code(node.content, variant="soft", color_scheme="gray", high_contrast=True)

    def _strong(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.text.strong(*self._inside(node))

    def _em(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.el.em(*self._inside(node))

    def _s(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.el.s(*self._inside(node))

    def _link(self, node: SyntaxTreeNode) -> rx.Component:
        target = target_of(str(node.attrs["href"]))
        if target is None:
            return rx.text.span(*self._inside(node))
        return rx.link(*self._inside(node), href=target, underline="always")

    def _image(self, node: SyntaxTreeNode) -> rx.Component:
        return rx.image(src=str(node.attrs["src"]), alt=plain_text(node))


def _anchor(anchor: str, text: str) -> rx.Component:
    return rx.el.a(
        "#", href=f"#{anchor}", class_name="anchor", custom_attrs={"aria-label": f"Link to {text}"}
    )


def _align(node: SyntaxTreeNode) -> str | None:
    return str(node.attrs.get("style", "")).removeprefix("text-align:") or None
