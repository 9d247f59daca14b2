"""Scripts that stand in the source of an app's handlers, as functions of one module of the site.

A site whose content security policy forbids ``eval`` can run them: what is text in the source of
the app is part of the site.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wasmrx.errors import EventHandlerValueError

from .js_expr import js_text
from .link import SCRIPTS, ModuleCode
from .scripts import expression_of, script_function

_CALLS = ("call_function", "call_script", "run_script")


def emit_scripts(root: Path) -> ModuleCode | None:
    """Return the module of the scripts in the sources of the app; None where there are none."""
    entries = [f"{js_text(text)}: {code}" for text, code in sorted(_found(root).items())]
    if not entries:
        return None
    body = "const scripts = {\n" + ",\n".join(entries) + "\n};"
    return ModuleCode(SCRIPTS, body, {}, ("scripts",))


def _found(root: Path) -> Mapping[str, str]:
    """Return the functions of all scripts that the app's modules name as text, by that text."""
    found: dict[str, str] = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py"):
            continue
        path = Path(file).resolve()
        if path.is_relative_to(root.resolve()) and "site-packages" not in path.parts:
            for name, text, is_wanted in _scripts_in(path, vars(module)):
                _add(found, name, text, is_wanted)
    return found


def _add(found: dict[str, str], name: str, text: str, is_wanted: bool) -> None:
    if name == "call_function":
        code = f"({text})"
        shown = expression_of(text)
    else:
        code = text
        try:
            shown = script_function(text, is_wanted)
            shown = None if shown is None else shown.removeprefix("() => ")
        except EventHandlerValueError:
            return
    if shown is not None and (is_wanted or code not in found):
        found[code] = f"() => {shown}"


def _scripts_in(path: Path, names: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield (function, text, whether its result is used) of each call with a constant text."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        if name not in _CALLS:
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        code = node.args[0] if node.args else given.get("javascript_code")
        text = _constant(code, names)
        if text is not None:
            yield str(name), text, len(node.args) > 1 or "callback" in given


def _constant(node: ast.expr | None, names: Mapping[str, Any]) -> str | None:
    """Return the text that ``node`` is: a literal, or the name of a constant of the module."""
    value: object = None
    if isinstance(node, ast.Constant):
        value = node.value
    elif isinstance(node, ast.Name):
        value = names.get(node.id)
    return value if isinstance(value, str) else None
