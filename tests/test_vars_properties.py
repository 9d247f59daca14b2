"""Every Var operation gives in the browser what Python gives for the same values.

Hypothesis makes batches of values; a batch is one call of the engine.
"""

from __future__ import annotations

from typing import Any

import pytest
import vars_cases_lists  # noqa: F401
import vars_cases_text  # noqa: F401
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from vars_cases import CASES, Case, edge, numbers, step, text
from vars_engine import evaluate, js, same, state

BATCH, ROUNDS = 25, 8
PHASES = (Phase.generate,)  # a message names the one example; shrinking a batch takes long


def _wanted(run: Case, values: tuple[Any, ...]) -> tuple[bool, Any]:
    """Return Python's answer; what Python refuses has no answer to compare."""
    try:
        return True, run.in_python(*values)
    except (ArithmeticError, IndexError, ValueError):
        return False, None


@pytest.mark.parametrize("run", CASES, ids=lambda c: c.name)
def test_operation_gives_what_python_gives(run: Case) -> None:
    names = "abcd"[: len(run.kinds)]
    hints = [hint for hint, _ in run.kinds]
    code = js(run.on_vars(*map(state, names, hints)))

    @settings(
        max_examples=ROUNDS,
        deadline=None,
        derandomize=True,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(st.tuples(*(values for _, values in run.kinds)), min_size=BATCH, max_size=BATCH)
    )
    def check(batch: list[tuple[Any, ...]]) -> None:
        answers = evaluate([(code, dict(zip(names, values, strict=True))) for values in batch])
        for values, answer in zip(batch, answers, strict=True):
            comparable, wanted = _wanted(run, values)
            assert not comparable or same(answer, wanted), (
                f"{code} with {values!r} gives {answer!r}, Python {wanted!r}"
            )

    check()


@pytest.mark.parametrize("hint", [str, list[int]], ids=["str", "list"])
def test_slices_with_constant_and_var_bounds(hint: object) -> None:
    values = text if hint is str else numbers
    bounds = st.tuples(edge, edge, step, st.booleans())

    @settings(
        max_examples=ROUNDS * 2,
        deadline=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(values, bounds), min_size=BATCH, max_size=BATCH))
    def check(batch: list[Any]) -> None:
        runs = []
        for value, (*ends, constant) in batch:
            given_ends = ends if constant else [state(n, int | None) for n in "bcd"]
            code = js(state("a", hint)[slice(*given_ends)])
            runs.append((code, dict(zip("abcd", [value, *ends], strict=True))))
        for (value, (*ends, _)), answer, run in zip(batch, evaluate(runs), runs, strict=True):
            assert same(answer, value[slice(*ends)]), f"{run}: {answer!r}"

    check()
