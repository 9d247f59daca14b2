"""Runs emitted JavaScript in a real engine and brings the answers back as Python values."""

from __future__ import annotations

import datetime
import functools
import json
import math
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import quickjs

from wasmrx.compiler.held_data import Writer
from wasmrx.compiler.js_expr import to_js
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import, StateVar
from wasmrx.serializers import simplify
from wasmrx.var import Var, to_expr

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("py", "py_dates", "py_format", "py_text", "expression")
_RUN = """
const odd = (x) => typeof x === "number" && (!Number.isFinite(x) || Object.is(x, -0));
const wrap = (x) => {
  if (x === undefined) return { undefined: 1 };
  if (odd(x)) return { number: Object.is(x, -0) ? "-0" : String(x) };
  if (Array.isArray(x)) return x.map(wrap);
  if (!x || typeof x !== "object") return x;
  return { object: Object.entries(x).map(([k, v]) => [k, wrap(v)]) };
};
const unwrap = (x) => {
  if (Array.isArray(x)) return x.map(unwrap);
  if (!x || typeof x !== "object") return x;
  if ("number" in x) return Number(x.number);
  return Object.fromEntries(x.object.map(([k, v]) => [k, unwrap(v)]));
};
const functions = [];
globalThis.add = (code) => functions.push((0, eval)(`(v) => (${code})`)) - 1;
const find = (name) => ({ py, py_dates, py_format, py_text })[name.split("/")[1].split("#")[0]];
globalThis.interpret = (data, values) => {
  const v = unwrap(JSON.parse(values));
  const scope = { env: {}, read: (_, name) => v[name], find };
  try { return JSON.stringify([wrap(expression.value(JSON.parse(data), scope))]); }
  catch (e) { return JSON.stringify(String(e)); }
};
globalThis.run = (at, values) => {
  try { return JSON.stringify([wrap(functions[at](unwrap(JSON.parse(values))))]); }
  catch (e) { return JSON.stringify(String(e)); }
};
"""


@functools.cache
def engine() -> quickjs.Context:
    """Return an engine with each module of the page's Python rules as a global of its name."""
    context = quickjs.Context()
    for module in MODULES:
        source = ROOT / f"runtime/ts/{module}.ts"
        bundle = [ROOT / "node_modules/.bin/rolldown", source, "--format", "iife", "--name", module]
        done = subprocess.run(bundle, capture_output=True, text=True, check=True, cwd=ROOT)
        context.eval(done.stdout[done.stdout.index(f"var {module} =") :].split("\n<")[0])
    context.eval(_RUN)
    return context


def state(name: str, hint: object = Any) -> Var[Any]:
    """Return a state var named ``name``."""
    return Var(StateVar("tests.State", name), hint)


def js(value: object) -> str:
    """Return the JavaScript of ``value``, with state vars as ``v.name``."""
    return to_js(to_expr(value), read=_read, use=_use)


def _read(var: StateVar) -> str:
    return f"v.{var.name}"


def _use(imported: Import) -> str:
    folder, module = imported.module.split("/")
    assert folder == "wasmrx" and module in MODULES
    return f"{module}.{imported.name}"


def compiled(value: object) -> Callable[..., Any]:
    """Return a function: state vars' values to what the page makes of ``value``.

    What compiled code gives is what the page makes of the same Var as data.
    """
    code = js(value)
    at = engine().get("add")(code)
    run, interpret = engine().get("run"), engine().get("interpret")
    data = _as_data(value)

    def evaluate(**values: object) -> Any:
        given = json.dumps(_to_json(values))
        answer = json.loads(run(at, given))
        if data is not None:
            other = json.loads(interpret(data, given))
            assert _settled(other) == _settled(answer), (
                f"as data {data}: {other}, as code {code}: {answer}"
            )
        assert isinstance(answer, list), f"{code} with {values}: {answer}"
        return _from_json(cast("list[Any]", answer)[0])

    return evaluate


def _settled(answer: object) -> str:
    """Return an answer as text in which ``undefined`` is ``null``: both are None."""
    return json.dumps(answer).replace('{"undefined": 1}', "null")


def _as_data(value: object) -> str | None:
    """Return ``value`` as a component in a var has it, None where it is JavaScript."""
    try:
        return json.dumps(Writer(lambda _: None, lambda _: None, {}).value(to_expr(value)))
    except ComponentTypeError:
        return None


def value_of(value: object, **values: object) -> Any:
    """Return what the page makes of ``value`` when its state vars have ``values``."""
    return compiled(value)(**values)


def _to_json(value: object) -> object:
    if isinstance(value, float) and (not math.isfinite(value) or (value == 0)):
        names = {math.inf: "Infinity", -math.inf: "-Infinity"}
        text = names.get(value, "NaN" if value != value else str(value))
        return {"number": text}
    if isinstance(value, dict):
        return {"object": [[_key(key), _to_json(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    return _to_json(simplify(value))


def _key(key: object) -> object:
    return key if isinstance(key, str) else json.dumps(key)


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_from_json(item) for item in value]
    if isinstance(value, dict):
        if "undefined" in value:
            return None
        if "number" in value:
            return float(value["number"].replace("Infinity", "inf"))
        return {key: _from_json(item) for key, item in value["object"]}
    return value


def same(got: Any, wanted: Any) -> bool:
    """Compare as the page sees values: 1 and 1.0 are one number, True is no number."""
    if isinstance(wanted, (list, tuple)):
        return (
            isinstance(got, list)
            and len(got) == len(wanted)
            and all(same(a, b) for a, b in zip(got, wanted, strict=True))
        )
    if isinstance(wanted, dict):
        wanted = {_key(key): item for key, item in wanted.items()}
        return (
            isinstance(got, dict)
            and got.keys() == wanted.keys()
            and all(same(got[key], wanted[key]) for key in wanted)
        )
    if isinstance(wanted, datetime.date):
        wanted = str(wanted)
    if isinstance(wanted, bool) or isinstance(got, bool) or isinstance(wanted, str):
        return type(got) is type(wanted) and got == wanted
    if isinstance(wanted, (int, float)):
        if not isinstance(got, (int, float)):
            return False
        return float(got) == float(wanted) or (got != got and wanted != wanted)
    return got is wanted
