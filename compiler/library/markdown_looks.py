"""How each tag of Markdown looks: as a component of the theme, or as the author's own."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wasmrx.compiler.component import Component, Fragment, as_children
from wasmrx.compiler.css_names import camel_case
from wasmrx.expr import Function
from wasmrx.var import Var, local, to_expr

from .code_blocks import code_block, knows_language
from .elements import el
from .families import html
from .lists import ListItem, OrderedList, UnorderedList
from .typography import Code, Heading, Link, Text

Tree = str | Sequence[Any]
"""What ``markdown_tree.ts`` gives: text, or [tag, props, children]."""

Looks = Mapping[str, Callable[..., Any]]

HEADINGS = {"h1": "6", "h2": "5", "h3": "4", "h4": "3", "h5": "2", "h6": "1"}
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "code": ("class_name",),
    "pre": ("language",),
    "codeblock": ("language",),
}
"""What the author's own component of a tag gets, if it takes keywords."""

_LANGUAGE = re.compile(r"language-(\S+)")
_SITED = ("src", "poster")
_NEEDED = {"a": "href", "img": "src"}


def _called(render: Callable[..., Any], children: Any, given: Mapping[str, Any]) -> Any:
    """Return what the author's ``render`` makes of children and the keywords that it takes."""
    parameters = inspect.signature(render).parameters.values()
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters):
        return render(children, **given)
    names = {parameter.name for parameter in parameters}
    return render(children, **{name: given[name] for name in given if name in names})


def _with_needed(tag: str, shown: Any, render: Callable[..., Any], value: Any) -> Any:
    """Give a link its address, a picture its source, where ``render`` does not ask for it."""
    name = _NEEDED.get(tag)
    parameters = inspect.signature(render).parameters
    asks = any(p.kind is p.VAR_KEYWORD or p.name == name for p in parameters.values())
    if name and not asks and isinstance(shown, Component) and value is not None:
        shown.custom_attrs.setdefault(name, value)
    return shown


def shown_by(tag: str, render: Callable[..., Any]) -> Var[Any]:
    """Return the function of the page that shows a tag as the author's ``render`` says."""
    given = local("props", dict[str, Any])
    keywords = {name: given[camel_case(name)] for name in _ATTRIBUTES.get(tag, ())}
    shown = _called(render, local("children", str), keywords)
    shown = _with_needed(tag, shown, render, given[_NEEDED[tag]] if tag in _NEEDED else None)
    return Var(Function(("children", "props"), to_expr(Fragment.create(shown))), Any)


def components_of(trees: Sequence[Tree], looks: Looks) -> list[Any]:
    """Return the components of a text's elements."""
    shown = (tree for tree in trees if tree != "\n")
    return [tree if isinstance(tree, str) else _element(tree, looks) for tree in shown]


def _element(tree: Sequence[Any], looks: Looks) -> Any:
    tag, props, inner = tree
    if tag == "pre":
        return _code(tree, looks)
    children = components_of(inner, looks)
    if tag in looks and not _is_katex(props):
        text = children[0] if len(children) == 1 and isinstance(children[0], str) else None
        whole: Var[Any] = Var(to_expr(Fragment.create(*children) if text is None else text), str)
        keywords = {name: props.get(camel_case(name)) for name in _ATTRIBUTES.get(tag, ())}
        given = {name: value for name, value in keywords.items() if value is not None}
        shown = _called(looks[tag], whole, given)
        return _with_needed(tag, shown, looks[tag], props.get(_NEEDED.get(tag, "")))
    return _themed(tag, props, children)


def _is_katex(props: Mapping[str, Any]) -> bool:
    return "katex" in str(props.get("className", ""))


def _themed(tag: str, props: Mapping[str, Any], children: Sequence[Any]) -> Component:
    """Return an element of the theme where it has one, else of HTML."""
    made: Component | None = None
    if tag in HEADINGS:
        made = Heading.create(*children, as_=tag, size=HEADINGS[tag], margin_y="0.5em")
    elif tag == "p":
        made = Text.create(*children, margin_y="1em")
    elif tag in ("ul", "ol"):
        made = (UnorderedList if tag == "ul" else OrderedList).create(*children, margin_y="1em")
    elif tag == "li":
        made = ListItem.create(*children, margin_y="0.5em")
    elif tag == "code" and not props:
        return Code.create(*children)
    elif tag == "a" and children:
        link = Link.create(*children, href=props.get("href", "#"), underline="always")
        link.custom_attrs |= {name: v for name, v in props.items() if name != "href"}
        return link
    elif tag == "input":
        made = el.input(type="checkbox", aria_label="Done" if props.get("checked") else "To do")
    if made is None:
        given = {name: props[name] for name in _SITED if name in props}
        made = _plain_class(tag).create(*as_children(children), **given)
    made.custom_attrs |= {name: value for name, value in props.items() if name not in _SITED}
    return made


_classes: dict[str, type[Component]] = {}


def _plain_class(tag: str) -> type[Component]:
    """Return an element as HTML has it; links and files of the site are those of rx.el."""
    if tag in ("a", "img", "video", "audio", "source"):
        return _linked(tag)
    if tag not in _classes:
        _classes[tag] = html(f"el.{tag}", tag)
    return _classes[tag]


def _linked(tag: str) -> type[Component]:
    return getattr(el, tag).__self__


def _code(tree: Sequence[Any], looks: Looks) -> Any:
    """Return a block of code, its parts marked where its language is known."""
    inner: Sequence[Any] = next((child for child in tree[2] if not isinstance(child, str)), tree)
    text = _text(inner).removesuffix("\n")
    found = _LANGUAGE.search(inner[1].get("className", ""))
    language = found[1] if found else "text"
    render = looks.get("pre") or looks.get("codeblock")
    if render is not None:
        return _called(render, Var.create(text), {"language": Var.create(language)})
    language = language if knows_language(language) else "text"
    return code_block(text, language=language, margin_y="1em", wrap_long_lines=True)


def _text(tree: Tree) -> str:
    return tree if isinstance(tree, str) else "".join(_text(child) for child in tree[2])
