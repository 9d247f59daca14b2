"""The rules of imports and sizes, checked on the source text: nothing is imported."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "runtime": set(),
    "compiler": {"runtime"},
    "wasm": {"runtime"},
    "dev_server": {"runtime", "compiler", "wasm"},
}
THIRD_PARTY: dict[str, set[str]] = {
    "runtime": set(),
    "compiler": {"jinja2", "markupsafe"},
    "wasm": {"packaging"},
    "dev_server": {
        *("anyio", "click", "jinja2", "starlette", "uvicorn", "watchfiles"),
        *("httpx", "itsdangerous", "limits", "pydantic", "typing_extensions"),
        *("prometheus_client", "pythonjsonlogger", "redis"),
    },
}
NEWER_THAN_311 = {"annotationlib"}
BROWSER_ONLY = {"js", "pyodide"}
BRIDGE = "runtime/bridge.py"
DOOR = "runtime/_door.py"
FRONT = "runtime/__init__.py"
SKIPPED = {"release", "_assets", "templates", "node_modules", "typed"}
MAX_LINES = 400
MAX_FUNCTION = 60


def sources() -> Iterator[Path]:
    """All Python files of the four folders except release scripts and generated ones."""
    for folder in MAY_IMPORT:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not SKIPPED & set(path.parts):
                yield path


FILES = list(sources())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_file = pytest.mark.parametrize("path", FILES, ids=name_of)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those that only type checkers see."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from run_nodes(child)


def imports(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield (module, level, line) of every import; the front door shows checkers the host's."""
    tree = parsed(path)
    for node in run_nodes(tree) if name_of(path) == FRONT else ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, 0, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level, node.lineno


def package_of(path: Path) -> str:
    """Return the package that a file lies in, such as ``wasmrx.compiler.library``."""
    folder, *inner = path.relative_to(ROOT).parts[:-1]
    return ".".join(["wasmrx", *([] if folder == "runtime" else [folder]), *inner])


def folder_of(module: str) -> str:
    part = module.split(".")[1] if "." in module else ""
    return part if part in MAY_IMPORT else "runtime"


@each_file
def test_imports_point_down(path: Path) -> None:
    here = path.relative_to(ROOT).parts[0]
    for module, level, line in imports(path):
        where = f"{name_of(path)}:{line}: import of {module}"
        top = module.split(".")[0]
        if level:
            assert level == 1, f"{where}: leaves its folder; import wasmrx.… instead"
        elif top == "wasmrx":
            target = folder_of(module)
            beside = module.rpartition(".")[0] == package_of(path)
            assert not beside, f"{where}: use a relative import inside a folder"
            allowed = {here, *MAY_IMPORT[here]}
            assert target in allowed, f"{where}: {here}/ may not import {target}/"
        elif top in BROWSER_ONLY:
            assert name_of(path) == BRIDGE, f"{where}: only {BRIDGE} talks to the browser"
        else:
            known = sys.stdlib_module_names | NEWER_THAN_311 | THIRD_PARTY[here]
            assert top in known, f"{where}: not a dependency of {here}/"


@each_file
def test_files_and_functions_are_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{name_of(path)} has {lines} lines; split it by responsibility"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION, f"{name_of(path)}:{node.lineno}: {node.name} is long"


def test_every_package_is_mapped() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    setuptools = config["tool"]["setuptools"]
    names = {folder: name for name, folder in setuptools["package-dir"].items()}
    found = {
        names.get(folder, "") or f"{names[str(Path(folder).parts[0])]}.{Path(folder).name}"
        for folder in (
            path.parent.relative_to(ROOT).as_posix()
            for root in MAY_IMPORT
            for path in (ROOT / root).rglob("__init__.py")
        )
    }
    assert found == set(setuptools["packages"])


def test_the_door_is_the_only_way_from_the_runtime_to_the_host() -> None:
    for path in (ROOT / "runtime").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        named = "wasmrx.compiler" in text or "wasmrx.dev_server" in text
        strings = [
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith(("wasmrx.compiler", "wasmrx.dev_server"))
        ]
        if named and strings:
            assert name_of(path) == DOOR, f"{name_of(path)} reaches for {strings}"
