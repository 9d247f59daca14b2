"""JavaScript functions as Vars, operations of the author, and the names of ``rx.vars``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from vars_engine import ROOT, compiled, js, state, value_of

import wasmrx as rx
from wasmrx.expr import Raw
from wasmrx.var import Var, type_of

functions: Any = rx.vars.function

NAMES = """EMPTY_VAR_INT EMPTY_VAR_STR ArrayVar BooleanVar ColorVar ConcatVarOperation DateTimeVar
Field FunctionStringVar FunctionVar LiteralArrayVar LiteralBooleanVar LiteralColorVar
LiteralNumberVar LiteralObjectVar LiteralStringVar LiteralVar NumberVar ObjectVar RestProp StringVar
Var VarData VarOperationCall base color datetime field function get_leaf_vars
get_unique_variable_name get_uuid_string_var number object sequence use_hook_var use_id
var_operation var_operation_return""".split()
FUNCTION_NAMES = """ARRAY_ISARRAY ENCODE_URI_COMPONENT JSON_STRINGIFY PROTOTYPE_TO_STRING
ArgsFunctionOperation ArgsFunctionOperationBuilder BuilderFunctionVar DestructuredArg FunctionArgs
FunctionStringVar FunctionVar ReflexCallable VarOperationCall""".split()


@dataclasses.dataclass
class Shadowing:
    range: int = 1
    to: str = ""
    bool: int = 0
    items: list[str] = dataclasses.field(default_factory=list[str])


def test_every_name_that_reflex_exports_is_there() -> None:
    assert [name for name in NAMES if not hasattr(rx.vars, name)] == []
    assert [name for name in FUNCTION_NAMES if not hasattr(functions, name)] == []


def test_functions_by_name() -> None:
    largest = functions.FunctionStringVar.create("Math.max", _var_type=Callable[..., int])
    assert value_of(largest(state("a", int), 3) + 1, a=7) == 8
    assert value_of(functions.JSON_STRINGIFY.call(state("a", list[int])), a=[1]) == "[1]"
    assert value_of(functions.ENCODE_URI_COMPONENT("ä b")) == "%C3%A4%20b"
    assert value_of(functions.ARRAY_ISARRAY(state("a")), a=[]) is True
    assert type_of(functions.ARRAY_ISARRAY(1)) is bool
    assert value_of(functions.VarOperationCall.create(largest, 1, 2)) == 2


def test_functions_made_of_vars() -> None:
    make = functions.ArgsFunctionOperation.create
    item = Var("x").to(int)
    assert value_of(make(("x",), item * state("a", int))(4), a=2) == 8
    assert value_of(make(("x",), Var("rest.length"), rest="rest")(1, 2, 3)) == 2
    assert value_of(make(("x",), Var("return x + 1"), explicit_return=True)(4)) == 5
    fields = functions.DestructuredArg(fields=("x", "y"), rest="others")
    shown = make((fields,), Var.create([Var("x"), Var("others.z")]))
    assert value_of(shown({"x": 1, "y": 2, "z": 3})) == [1, 3]
    builder = functions.ArgsFunctionOperationBuilder.create(("x", "y"), Var("x - y"))
    assert value_of(builder(5)(3)) == 2


def test_partial_leaves_the_types_of_the_other_arguments() -> None:
    both = Var("(x, y) => x + y").to(Callable[[int, str], str])
    assert type_of(both.partial(1)) == Callable[[str], str]
    assert type_of(both.partial(1).call("a")) is str
    assert value_of(both.partial(1)("a")) == "1a"


def test_operations_of_the_author() -> None:
    @rx.vars.var_operation
    def hypotenuse(a: Any, b: Any) -> Any:
        return rx.vars.var_operation_return(js_expression=f"Math.hypot({a}, {b})", var_type=float)

    made: Any = hypotenuse(state("a", int) - 1, b=4)
    assert value_of(made * 2, a=4) == 10
    assert type_of(made * 2) is float


def test_var_data_goes_with_the_code() -> None:
    data = rx.vars.VarData(imports={"react": "useId"}, hooks={"const a = useId()": None})
    more = rx.vars.VarData(
        imports={"react": ["useId", rx.ImportVar(tag="useState", alias="use")]},
        hooks={"const [b] = use(a)": data},
    )
    assert more.hooks == ("const a = useId()", "const [b] = use(a)")
    merged = rx.vars.VarData.merge(None, data, more)
    assert merged is not None and merged.hooks == more.hooks
    assert rx.vars.VarData.merge(None, None) is None
    shown = state("s", str)._replace(merge_var_data=merged)
    assert isinstance(shown._expr, Raw)
    assert [name for name, _ in shown._expr.imports] == ["useId", "use"]
    found = (shown + "!")._get_all_var_data()
    assert found is not None and found.hooks == more.hooks
    assert (found.state, found.field_name) == ("tests.State", "s")
    assert found.old_school_imports()["react"][0].tag == "useId"
    assert state("s", str)._get_all_var_data() != found


def test_the_kinds_answer_isinstance() -> None:
    number, constant = state("a", int), Var.create(1)
    assert isinstance(number, rx.vars.NumberVar)
    assert not isinstance(number, rx.vars.LiteralVar)
    assert isinstance(constant, rx.vars.LiteralVar)
    assert isinstance(constant, rx.vars.LiteralNumberVar)
    assert not isinstance(constant, rx.vars.LiteralStringVar)
    assert isinstance(Var.create([number]), rx.vars.LiteralArrayVar)
    assert rx.vars.base.get_python_literal(constant) == 1
    assert rx.vars.base.get_python_literal(number) is None


def test_leaves_are_what_an_expression_is_made_of() -> None:
    leaves = rx.vars.get_leaf_vars(state("a", int) + state("b", int) * 2)
    assert [js(leaf) for leaf in leaves] == ["v.a", "v.b", "2"]


def test_fields_win_over_methods_of_the_same_name() -> None:
    item = state("item", Shadowing)
    value = {"range": 2, "to": "t", "bool": 3, "items": ["x"]}
    made: Any = [item.range, item.to + "!", item.bool + 1, item.items[0]]
    assert value_of(made, item=value) == [2, "t!", 4, "x"]
    assert value_of(state("d", dict[str, int]).to(Shadowing).range, d=value) == 2
    assert value_of(Var.range(3)) == [0, 1, 2]


def test_one_var_is_equal_to_itself_only() -> None:
    assert state("a", int).equals(state("a", int)) is True
    assert state("a", int).equals(state("b", int)) is False
    assert state("a", int).equals(state("a", float)) is False


@pytest.mark.parametrize("value", [{3, 1, 2}, {"b", "a"}, {1, "a", None}, {(1, 2), (0,)}])
def test_a_set_has_one_order(value: set[Any]) -> None:
    assert sorted(map(str, compiled(Var.create(value))())) == sorted(
        str(list(item) if isinstance(item, tuple) else item) for item in value
    )


def test_a_set_of_vars_has_one_order() -> None:
    names = [state(name, str) for name in "dacb"]
    assert js({*names}) == "[v.a, v.b, v.c, v.d]"


def test_the_app_in_the_docs_builds() -> None:
    text = (ROOT / "docs/vars.md").read_text(encoding="utf-8")
    first = text.split("```python live vars_first\n")[1].split("```")[0]
    scope: dict[str, Any] = {"__name__": "docs_vars"}
    exec(compile(first, "docs/vars.md", "exec"), scope)
    assert isinstance(scope["index"](), rx.Component)
