"""Writes ``runtime/ts/ops.gen.ts``: the operations of Vars as functions of the page.

python compiler/release/ops_ts.py [--check]

``compiler/js_ops.py`` says what each operation is in JavaScript. Compiled pages have that code
printed into them; a component that a var holds comes as data, and its operations are looked up in
this table. Arguments are functions, as ``and`` and its like do not need all of them.
"""

from __future__ import annotations

import re
import sys

from generated import ROOT, write_or_check

from wasmrx.compiler.js_ops import HELPERS, OPS

TARGET = ROOT / "runtime/ts/ops.gen.ts"
HEADER = """// Generated from compiler/js_ops.py by compiler/release/ops_ts.py. Do not edit.

"""
_APART = frozenset(("call", "partial"))
"""Operations that call a function that is a value: ``expression.ts`` says which it may be."""

_HOLE = re.compile(r"\{([\d*+])!?\}|@([a-zA-Z]+)")
_NAMES = "abcd"


def _function(pattern: str) -> str:
    """Return the function that computes ``pattern``."""
    if "{*}" in pattern:
        params = "...all"
    else:
        count = 1 + max((int(n) for n in re.findall(r"\{(\d)", pattern)), default=0)
        params = ", ".join(_NAMES[:count])

    def fill(found: re.Match[str]) -> str:
        index, helper = found.groups()
        if helper is not None:
            return f"py.{helper}"
        return "...all.map(now)" if index == "*" else f"{_NAMES[int(index)]}?.()"

    code = _HOLE.sub(fill, pattern)
    return f"({params}) => {code}"


def generate() -> str:
    """Return the text of the file."""
    patterns = {name: pattern for name, (pattern, _) in OPS.items() if name not in _APART}
    helpers = sorted(
        {name for text in patterns.values() for _, name in _HOLE.findall(text) if name}
    )
    modules: dict[str, list[str]] = {}
    for name in helpers:
        module = HELPERS.get(name, "wasmrx/py").removeprefix("wasmrx/")
        modules.setdefault(module, []).append(name)
    imports = [
        f'import {{ {", ".join(names)} }} from "./{module}.ts";'
        for module, names in sorted(modules.items())
    ]
    entries = [f"  {name}: {_function(pattern)}," for name, pattern in patterns.items()]
    return HEADER + "\n".join(
        [
            *imports,
            "",
            f"const py: Record<string, any> = {{ {', '.join(helpers)} }};",
            "",
            "/** Gives the value of one argument. */",
            "type Arg = () => any;",
            "",
            "const now = (arg: Arg): any => arg();",
            "",
            "export const OPS: Record<string, (...args: Arg[]) => any> = {",
            *entries,
            "};",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, generate()))
