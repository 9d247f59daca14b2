"""Blocks of code with their parts marked.

Code that is known while the site is built is marked then, so that its page needs no script for it.
Code from the state is marked by the page, with the grammar of its one language; where the language
too comes from the state, its grammar is fetched when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from wasmrx.actions import set_clipboard
from wasmrx.compiler.build_time import build_time
from wasmrx.compiler.component import Component
from wasmrx.compiler.diagnostics import author_line, did_you_mean
from wasmrx.compiler.offer import offer
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError, InvalidPropValueError
from wasmrx.expr import Import
from wasmrx.var import conditional
from wasmrx.var_literal import MARK_OPEN

from .code_themes import CodeThemes, theme_style
from .display import Button
from .families import html, reference
from .icons import icon
from .layout import Box
from .namespaces import Namespace
from .prop_tables import table
from .values import constant, is_var, joined

_HIGHLIGHT = Import("wasmrx/code", "highlight")
_PLAIN = ("", "text", "txt", "plain", "plaintext", "none", "log")
_NUMBERED = "code-lines"
_LINES: Mapping[str, Any] = {
    f"&.{_NUMBERED} code": {"display": "block"},
    f"&.{_NUMBERED} .line::before": {
        "counter_increment": "line",
        "content": "counter(line)",
        "display": "inline-block",
        "min_width": "2.25em",
        "padding_right": "1em",
        "text_align": "right",
        "opacity": "0.6",
        "user_select": "none",
    },
}


@cache
def _names() -> Mapping[str, str]:
    """Return each name of a language with the name of its grammar."""
    languages = table("prism")
    others = {other: name for name, names in languages.items() for other in names}
    return {**others, **{name: name for name in languages}}


def grammar_of(language: str) -> str | None:
    """Return the grammar of a language, None for plain text; raise where there is none."""
    name = language.lower()
    if name in _PLAIN:
        return None
    if name not in _names():
        raise InvalidPropValueError(
            f"rx.code_block got language={language!r}, which is not known."
            f'{did_you_mean(name, _names())} Plain text is language="text".'
        ).at(author_line())
    return _names()[name]


def knows_language(language: str) -> bool:
    """Tell whether code in ``language`` can be marked, or is plain text."""
    return language.lower() in _PLAIN or language.lower() in _names()


class _Code(Component):
    """A block of code."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the block of one text."""
        if "code" in props:
            children = (*children, props.pop("code"))
        if len(children) != 1 or not (is_var(children[0]) or isinstance(children[0], str)):
            raise ComponentTypeError(
                f"rx.code_block takes one text, and got {len(children)} children."
            ).at(author_line())
        code: Any = constant(children[0])
        can_copy, button = props.pop("can_copy", False), props.pop("copy_button", None)
        copies = bool(can_copy) and button is not False
        if copies:
            props["custom_style"] = {
                **(props.get("custom_style") or {}),
                "padding": "1em 3.2em 1em 1em",
            }
        block = _block(code, props.pop("language", None), props)
        if not copies:
            return block
        if button is None or button is True:
            button = _copy_button(code)
        return Box.create(block, button, position="relative")


def _copy_button(code: Any) -> Component:
    return Button.create(
        icon("copy", size=14),
        aria_label="Copy code",
        type="button",
        size="1",
        variant="surface",
        on_click=set_clipboard(code),
        style={"position": "absolute", "top": "0.5em", "right": "0.5em"},
    )


def _block(code: Any, language: Any, props: dict[str, Any]) -> Component:
    """Return the element of a block, as little of it made by the page as can be."""
    language = "python" if language is None else constant(language)
    lines = props.pop("show_line_numbers", False)
    shared, chosen = theme_style(props.pop("theme", None))
    wrap, first = props.pop("wrap_long_lines", False), props.pop("starting_line_number", None)
    style = {**_wrapped(wrap), **_numbers(lines, first)}
    style |= {**(props.pop("custom_style", None) or {}), **(props.pop("style", None) or {})}
    props["style"] = style
    numbered = conditional(lines, _NUMBERED, "") if is_var(lines) else _NUMBERED if lines else None
    props["class_name"] = [chosen, numbered, props.get("class_name")]
    given = dict(props.pop("code_tag_props", None) or {})
    made = _of(code, language, is_var(lines) or bool(lines), given, props)
    made.shared_styles = (shared,)
    return made


def _of(
    code: Any, language: Any, lines: bool, code_tag: dict[str, Any], props: dict[str, Any]
) -> Component:
    if is_var(language) or offer() is not None:
        code_tag.setdefault("className", joined("language-", language))
        return AnyCodeBlock.create(
            code=code, language=language, lines=lines, code_props=code_tag, **props
        )
    grammar = grammar_of(str(language))
    code_tag.setdefault("className", f"language-{grammar or 'text'}")
    source = Import(f"prism/{grammar}", "default") if grammar else None
    engine = None if is_var(code) or MARK_OPEN in code else build_time()
    if engine is None:
        taken = reference(source.module, source.name) if source else None
        return LiveCodeBlock.create(
            code=code, grammar=taken, lines=lines, code_props=code_tag, **props
        )
    marked = engine.call(_HIGHLIGHT, code, source, lines)
    inner = CodeTag.create(attributes=code_tag, marked={"__html": marked})
    return MarkedCode.create(inner, **props)


def _wrapped(wrap: Any) -> dict[str, Any]:
    if is_var(wrap):
        return {"& code": {"white_space": conditional(wrap, "pre-wrap", "pre")}}
    return {"& code": {"white_space": "pre-wrap"}} if wrap else {}


def _numbers(lines: Any, first: Any) -> dict[str, Any]:
    """Return what numbers the lines, from ``first`` on."""
    if not is_var(lines) and not lines:
        return {}
    start: Any = 0 if first is None else first - 1
    return {"counter_reset": joined("line ", start), **_LINES}


_BLOCK_PROPS = {
    "language": Prop(str, rendered=False),
    "theme": Prop(Any, rendered=False),
    "code": Prop(Any, rendered=False),
    "show_line_numbers": Prop(bool, rendered=False),
    "starting_line_number": Prop(int, rendered=False),
    "wrap_long_lines": Prop(bool, rendered=False),
    "custom_style": Prop(Any, rendered=False),
    "code_tag_props": Prop(Any, rendered=False),
    "can_copy": Prop(bool, rendered=False),
    "copy_button": Prop(Any, rendered=False),
}
_LIVE_PROPS = _BLOCK_PROPS | {
    name: Prop(Any) for name in ("code", "grammar", "lines", "code_props")
}

CodeBlock = html("code_block", "pre", props=_BLOCK_PROPS, base=_Code)
MarkedCode = html("code_block", "pre", props=_BLOCK_PROPS, fixed={"tabIndex": 0})
CodeTag = html(
    "code_block",
    "code",
    props={"attributes": Prop(Any, "..."), "marked": Prop(Any, "dangerouslySetInnerHTML")},
)
LiveCodeBlock = html(
    "code_block", "pre", element=Import("wasmrx/code", "CodeBlock"), props=_LIVE_PROPS
)
AnyCodeBlock = html(
    "code_block",
    "pre",
    element=Import("wasmrx/code_any", "AnyCodeBlock"),
    props={**_LIVE_PROPS, "language": Prop(Any)},
)

code_block = Namespace("code_block", CodeBlock, themes=CodeThemes())
