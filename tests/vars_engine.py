"""Runs emitted JavaScript in a real engine and brings the answers back as Python values."""

from __future__ import annotations

import functools
import json
import math
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import quickjs

from wasmrx.compiler.js_expr import to_js
from wasmrx.expr import Import, StateVar
from wasmrx.var import Var, to_expr

ROOT = Path(__file__).resolve().parent.parent
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
globalThis.run = (batch, values) =>
  JSON.stringify(batch.map((fn, i) => {
    try { return [wrap(fn(unwrap(values[i])))]; } catch (e) { return String(e); }
  }));
"""


@functools.cache
def engine() -> quickjs.Context:
    """Return an engine with ``py.ts`` as the global ``py``."""
    code = subprocess.run(
        [
            *(str(ROOT / "node_modules/.bin/rolldown"), str(ROOT / "runtime/ts/py.ts")),
            *("--format", "iife", "--name", "py"),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    context = quickjs.Context()
    context.eval(code[code.index("var py =") :].split("\n<")[0])
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
    assert imported.module == "wasmrx/py"
    return f"py.{imported.name}"


def evaluate(batch: Sequence[tuple[str, dict[str, object]]]) -> list[Any]:
    """Return the value of each expression with its state vars' values."""
    functions = ", ".join(f"(v) => ({code})" for code, _ in batch)
    values = json.dumps([_to_json(values) for _, values in batch])
    answer: str = engine().eval(f"run([{functions}], {values})")
    found: list[Any] = []
    for item, (code, given) in zip(json.loads(answer), batch, strict=True):
        assert isinstance(item, list), f"{code} with {given}: {item}"
        found.append(_from_json(item[0]))
    return found


def value_of(value: object, **values: object) -> Any:
    """Return what the page makes of ``value`` when its state vars have ``values``."""
    return evaluate([(js(value), values)])[0]


def _to_json(value: object) -> object:
    if isinstance(value, float) and (not math.isfinite(value) or (value == 0)):
        names = {math.inf: "Infinity", -math.inf: "-Infinity"}
        text = names.get(value, "NaN" if value != value else str(value))
        return {"number": text}
    if isinstance(value, dict):
        return {"object": [[_key(key), _to_json(item)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    return value


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
    if isinstance(wanted, bool) or isinstance(got, bool) or isinstance(wanted, str):
        return type(got) is type(wanted) and got == wanted
    if isinstance(wanted, (int, float)):
        if not isinstance(got, (int, float)):
            return False
        return float(got) == float(wanted) or (got != got and wanted != wanted)
    return got is wanted
