"""Style props as CSS."""

from __future__ import annotations

from typing import Any

import pytest

from wasmrx.color import color
from wasmrx.compiler.breakpoints import breakpoints
from wasmrx.compiler.style import compile_style, global_css
from wasmrx.expr import StateVar
from wasmrx.var import Var


def var(name: str, hint: Any) -> Var[Any]:
    return Var(StateVar("app.State", name), hint)


def css(style: dict[str, Any]) -> str:
    """Return the rules with ``C`` for the name of the class."""
    styled = compile_style(style)
    return styled.css.replace(styled.class_name, "C") if styled.class_name else styled.css


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ({}, ""),
        ({"color": None}, ""),
        ({"max_width": "3em", "maxHeight": 10}, ".C{max-width:3em;max-height:10px}"),
        ({"z_index": 3, "line_height": 1.5, "margin": 0}, ".C{z-index:3;line-height:1.5;margin:0}"),
        ({"--gap": 3, "WebkitLineClamp": 2}, ".C{--gap:3;-webkit-line-clamp:2}"),
        ({"-webkit-font-smoothing": "auto"}, ".C{-webkit-font-smoothing:auto}"),
        ({"margin_y": "1px"}, ".C{margin-top:1px;margin-bottom:1px}"),
        ({"font_family": "Arial"}, ".C{font-family:Arial;--default-font-family:Arial}"),
        ({"bg": color("red", 3)}, ".C{background:var(--red-3)}"),
        ({"_hover": {"bg_color": "red"}}, ".C:hover{background-color:red}"),
        ({"_focus_within": {"color": "red"}}, ".C:focus-within{color:red}"),
        ({"_placeholder": {"color": "red"}}, ".C::placeholder{color:red}"),
        ({":first-child": {"color": "red"}}, ".C:first-child{color:red}"),
        ({"& > p, span": {"color": "red"}}, ".C > p,.C span{color:red}"),
        ({"_hover": {"& p": {"color": "red"}}}, ".C:hover p{color:red}"),
        ({"_dark": {"color": "white"}}, ".dark .C{color:white}"),
        (
            {"@media print": {"display": "none"}, "color": "red"},
            ".C{color:red}@media print{.C{display:none}}",
        ),
        (
            {"width": ["1em", None, "3em"], "color": "red"},
            ".C{width:1em;color:red}@media screen and (min-width: 48em){.C{width:3em}}",
        ),
        (
            {"_hover": {"width": breakpoints(initial="1em", lg="2em")}},
            ".C:hover{width:1em}@media screen and (min-width: 80em){.C:hover{width:2em}}",
        ),
        (
            {"width": breakpoints({"0px": 1, "700px": 2})},
            ".C{width:1px}@media screen and (min-width: 700px){.C{width:2px}}",
        ),
    ],
)
def test_rules(style: dict[str, Any], expected: str) -> None:
    assert css(style) == expected


def test_a_var_alone_is_inline() -> None:
    styled = compile_style({"color": var("tone", str), "margin": 1})
    assert styled.css == f".{styled.class_name}{{margin:1px}}"
    assert styled.inline == (("color", StateVar("app.State", "tone")),)


def test_a_var_that_a_rule_could_override_is_a_custom_property() -> None:
    styled = compile_style({"width": var("size", int), "_hover": {"width": "9em"}})
    name = styled.class_name
    assert styled.css == f".{name}{{width:var(--{name}-0)}}.{name}:hover{{width:9em}}"
    assert [key for key, _ in styled.inline] == [f"--{name}-0"]


def test_the_later_of_two_names_of_one_property_counts() -> None:
    assert css({"max_width": "1em", "maxWidth": "2em"}) == ".C{max-width:2em}"


def test_equal_styles_share_a_class() -> None:
    first, second = compile_style({"color": "red"}), compile_style({"color": "red"})
    assert first.class_name == second.class_name
    assert compile_style({"color": "blue"}).class_name != first.class_name


def test_a_condition_of_the_whole_document_holds_selectors() -> None:
    narrow = "@media (max-width: 40rem)"
    selectors = {narrow: {".a": {"color": "red"}, "color": "blue"}, ".a": {"color": "green"}}
    assert global_css("body", {}, selectors) == (
        ".a{color:green}@media (max-width: 40rem){body{color:blue}.a{color:red}}"
    )
