"""Prints ``runtime/ts/protocol.gen.ts`` from ``runtime/protocol.py``.

python compiler/release/protocol_ts.py [--check]

The message types exist once, in Python; this reads them as source and writes the same shapes as
TypeScript. ``--check`` writes nothing and fails when the file on disk differs.
"""

from __future__ import annotations

import ast
import sys

from generated import ROOT, write_or_check

SOURCE = ROOT / "runtime" / "protocol.py"
TARGET = ROOT / "runtime" / "ts" / "protocol.gen.ts"
HEADER = "// Generated from runtime/protocol.py by compiler/release/protocol_ts.py; edit that.\n"
SCALARS = {"int": "number", "float": "number", "str": "string", "bool": "boolean", "Any": "unknown"}


def _type(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return SCALARS.get(name, name)
        case ast.Constant(value=None):
            return "null"
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{_type(left)} | {_type(right)}"
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choice):
            choices = choice.elts if isinstance(choice, ast.Tuple) else [choice]
            return " | ".join(f'"{ast.literal_eval(each)}"' for each in choices)
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            inner = _type(item)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return f"Record<{_type(key)}, {_type(value)}>"
        case _:
            raise ValueError(f"{SOURCE}:{node.lineno}: no TypeScript for {ast.unparse(node)}")


def _field(name: str, annotation: ast.expr) -> str:
    match annotation:
        case ast.Subscript(value=ast.Name(id="NotRequired"), slice=inner):
            return f"  {name}?: {_type(inner)};"
        case _:
            return f"  {name}: {_type(annotation)};"


def _comment(text: str | None) -> list[str]:
    if not text:
        return []
    lines = text.replace("``", "`").splitlines()
    if len(lines) == 1:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}".rstrip() for line in lines), " */"]


def _statements(tree: ast.Module) -> list[str]:
    lines: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            lines += ["", *_comment(ast.get_docstring(node)), f"export interface {node.name} {{"]
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    lines.append(_field(item.target.id, item.annotation))
            lines.append("}")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            lines += ["", f"export type {node.targets[0].id} = {_type(node.value)};"]
    return lines


def generate(source: str) -> str:
    """Return the TypeScript for the protocol module's ``source``."""
    return HEADER + "\n".join(_statements(ast.parse(source))) + "\n"


if __name__ == "__main__":
    sys.exit(write_or_check(TARGET, generate(SOURCE.read_text(encoding="utf-8"))))
