"""Every Var operation gives in the browser what Python gives for the same values.

The JavaScript that the compiler prints runs in an engine; hypothesis makes the values. What
Python answers also checks the type that the Var claims.
"""

from __future__ import annotations

import operator
import sys
import unicodedata
from typing import Any

import pytest
import vars_cases_lists
import vars_cases_text
import vars_cases_types
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from vars_cases import CASES, Case, edge, numbers, step, text
from vars_engine import compiled, same, state
from vars_surface import SURFACE, recorded

from wasmrx.compiler.js_ops import OPS
from wasmrx.expr import Op, walk
from wasmrx.hints import matches
from wasmrx.var import type_of, typed

EXAMPLES = 200
PRINTED_ELSEWHERE = {"attr", "key", "at", "not", "known_bool"}
"""Operations that ``js_expr`` prints itself."""
NEWER_LETTERS = "\u019b\u0264\ua7d3\ua7d5"
"""Small letters whose capitals came with Unicode 15 and 16, after Python 3.11."""
MODULES = (vars_cases_lists, vars_cases_text, vars_cases_types)

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def answer_of(case: Case, values: tuple[Any, ...]) -> Any:
    """Return Python's answer: None where an index is out of range; other refusals do not count."""
    try:
        return case.in_python(*values)
    except IndexError:
        return None
    except (ArithmeticError, ValueError):
        reject()


def made(case: Case) -> Any:
    """Return the Var of a case, over state vars a, b, c."""
    return case.on_vars(*map(state, "abcd", [hint for hint, _ in case.kinds]))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_operation_gives_what_python_gives(case: Case) -> None:
    result = typed(made(case))
    page = compiled(result)
    compared = 0

    @thorough
    @given(st.tuples(*(values for _, values in case.kinds)), st.integers())
    def check(values: tuple[Any, ...], _fresh: int) -> None:
        nonlocal compared
        wanted = answer_of(case, values)
        got = page(**dict(zip("abcd", values, strict=False)))
        assert same(got, wanted), f"{values!r} gives {got!r}, Python {wanted!r}"
        hint = type_of(result)
        assert wanted is None or matches(wanted, hint), f"{wanted!r} is no {hint}"
        compared += 1

    check()
    assert compared >= EXAMPLES


def test_every_operation_has_a_property_case() -> None:
    tried = {e.name for case in CASES for e in walk(typed(made(case))._expr) if isinstance(e, Op)}
    assert (set(OPS) | PRINTED_ELSEWHERE) - tried == set()


def test_every_operation_of_reflex_has_a_property_case() -> None:
    wanted = {(kind, name) for kind, names in SURFACE.items() for name in names.split()}
    assert wanted - recorded(lambda: [made(case) for case in CASES]) == set()


@pytest.mark.parametrize("hint", [str, list[int]], ids=["str", "list"])
@pytest.mark.parametrize("constant", [True, False], ids=["constant", "var"])
def test_slices(hint: object, constant: bool) -> None:
    by_var = compiled(state("a", hint)[slice(*(state(n, int | None) for n in "bcd"))])

    @thorough
    @given(text if hint is str else numbers, edge, edge, step)
    def check(value: Any, start: int | None, stop: int | None, by: int | None) -> None:
        if constant:
            got = compiled(state("a", hint)[start:stop:by])(a=value)
        else:
            got = by_var(a=value, b=start, c=stop, d=by)
        assert same(got, value[start:stop:by]), f"{value!r}[{start}:{stop}:{by}] gives {got!r}"

    check()


@pytest.mark.parametrize("name", ["lower", "upper", "title", "capitalize", "strip"])
def test_text_methods_know_every_character(name: str) -> None:
    characters = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) not in ("Cn", "Co", "Cs")
        and character not in NEWER_LETTERS
    ]
    page = compiled(state("a", list[str]).map(operator.methodcaller(name)))
    for character, got in zip(characters, page(a=characters), strict=True):
        assert got == getattr(character, name)(), f"U+{ord(character):04X}"
