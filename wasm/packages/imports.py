"""Which modules an author's source imports, where, and whether the browser gets there.

``browser_imports`` is the one place that decides what of a file runs in the browser: whoever takes
code out of what is sent gives it the file without that code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_HOST_ONLY = ("TYPE_CHECKING", "typing.TYPE_CHECKING")
_PLATFORM = "sys.platform"
_BROWSER = "emscripten"
_CATCHES = frozenset(("ImportError", "ModuleNotFoundError", "Exception"))
_LAZY = frozenset(("lazy_import",))
_MODELS = frozenset(("rx.Model", "wasmrx.Model", "reflex.Model"))
"""Classes whose module imports SQLModel."""


@dataclass(frozen=True)
class Imported:
    """One import: the module's whole name and its line.

    ``at_start`` is True where it runs as its file is imported; ``is_optional`` where the source
    handles its absence. ``names`` are those after ``from module import``. The module starts with
    dots where it is relative.
    """

    module: str
    line: int
    at_start: bool
    is_optional: bool = False
    names: tuple[str, ...] = ()

    @property
    def top(self) -> str:
        """Return the first part of the name: what a package provides."""
        return self.module.partition(".")[0]


def browser_imports(path: Path, source: bytes | None = None) -> list[Imported]:
    """Return the imports of a source file that code in the browser may reach.

    ``source`` is what of the file is published, where a part of it stays on a server.

    These are the ones of its module level and of its classes and functions, other than functions
    that only pages call. What ``TYPE_CHECKING`` or a test of ``sys.platform`` keeps from the
    browser is left out.
    """
    return [each for each in _all(path, source) if not each.module.startswith(".")]


def host_only(root: Path, app_module: str, sources: Iterable[Path]) -> set[Path]:
    """Return the ``sources`` that only code which the browser never runs imports.

    A source that no ``import`` names, as ``importlib`` may load it, is not among them.
    """
    files = {_module_name(path.relative_to(root)): path for path in sources}
    reached_by_all = _reach(files, app_module, _written)
    return reached_by_all - _reach(files, app_module, lambda path: _all(path, None))


def _reach(
    files: Mapping[str, Path], start: str, imports: Callable[[Path], Iterable[Imported]]
) -> set[Path]:
    waiting, found = [start], set[str]()
    while waiting:
        name = waiting.pop()
        around = name.rpartition(".")[0]
        if around and around not in found:
            waiting.append(around)
        if name in found or name not in files:
            continue
        found.add(name)
        package = name if files[name].name == "__init__.py" else around
        for each in imports(files[name]):
            rest = each.module.lstrip(".")
            ups = len(each.module) - len(rest)
            parts = package.split(".")[: len(package.split(".")) - ups + 1] if ups else []
            module = ".".join([*filter(None, parts), *filter(None, [rest])])
            waiting += [module, *(f"{module}.{name}".lstrip(".") for name in each.names)]
    return {files[name] for name in found}


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _all(path: Path, source: bytes | None) -> list[Imported]:
    """Return all imports that the browser may make, relative ones too."""
    text = path.read_bytes() if source is None else source
    tree = ast.parse(text, filename=str(path))
    return list(_found(tree.body, _reachable(tree), at_start=True, is_optional=False))


def _written(path: Path) -> Iterator[Imported]:
    """Yield every import of a source file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_bytes(), filename=str(path))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _of(node, at_start=True, is_optional=False)


def installs(path: Path) -> list[tuple[str, int]]:
    """Return the packages that a source file gives to ``micropip.install`` as text, with lines."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_bytes(), filename=str(path))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "micropip.install":
            given = node.args[0] if node.args else None
            texts = given.elts if isinstance(given, ast.List | ast.Tuple) else [given]
            found += [
                (text.value, node.lineno)
                for text in texts
                if isinstance(text, ast.Constant) and isinstance(text.value, str)
            ]
    return found


def _found(
    body: list[ast.stmt], handled: set[str], *, at_start: bool, is_optional: bool
) -> Iterator[Imported]:
    for node in body:
        match node:
            case ast.Import() | ast.ImportFrom():
                yield from _of(node, at_start=at_start, is_optional=is_optional)
            case ast.If():
                then, other = _branches(node)
                for part in (then, other):
                    yield from _found(part, handled, at_start=at_start, is_optional=is_optional)
            case ast.Try():
                caught = is_optional or any(map(_catches, node.handlers))
                yield from _found(node.body, handled, at_start=at_start, is_optional=caught)
                for part in (*[each.body for each in node.handlers], node.orelse, node.finalbody):
                    yield from _found(part, handled, at_start=at_start, is_optional=is_optional)
            case ast.ClassDef():
                if any(ast.unparse(base) in _MODELS for base in node.bases):
                    yield Imported("sqlmodel", node.lineno, at_start, is_optional)
                yield from _found(node.body, handled, at_start=at_start, is_optional=is_optional)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if at_start and node.col_offset == 0 and node.name not in handled:
                    continue
                yield from _found(node.body, handled, at_start=False, is_optional=is_optional)
            case _:
                yield from _calls(node, at_start)
                for part in _bodies(node):
                    yield from _found(part, handled, at_start=at_start, is_optional=is_optional)


def _of(
    node: ast.Import | ast.ImportFrom, *, at_start: bool, is_optional: bool
) -> Iterator[Imported]:
    named = tuple(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        yield Imported(module, node.lineno, at_start, is_optional, named)
    else:
        for name in named:
            yield Imported(name, node.lineno, at_start, is_optional)


def _calls(node: ast.stmt, at_start: bool) -> Iterator[Imported]:
    """Yield the modules that a statement names to ``rx.lazy_import``, which load when used."""
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr | ast.Return):
        return
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in _LAZY:
            for given in call.args[:1]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield Imported(given.value, call.lineno, False)


def _bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks inside a loop, a ``with`` or a ``match``."""
    for name in ("body", "orelse"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block
    for case in getattr(node, "cases", ()):
        yield case.body


def _branches(node: ast.If) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return the branches of an ``if`` that the browser may take."""
    test = ast.unparse(node.test)
    if test in _HOST_ONLY:
        return [], node.orelse
    match node.test:
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=str(value))]):
            if ast.unparse(left) == _PLATFORM:
                is_it = value == _BROWSER
                if isinstance(op, ast.NotEq):
                    is_it = not is_it
                return (node.body, []) if is_it else ([], node.orelse)
        case _:
            pass
    return node.body, node.orelse


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    named = {each.id for each in ast.walk(handler.type) if isinstance(each, ast.Name)}
    return bool(named & _CATCHES)


def _reachable(tree: ast.Module) -> set[str]:
    """Return the module's functions that its classes, or such functions, name.

    A function that none of these names is a page or makes components: it runs during the build.
    """
    functions = {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    waiting: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    waiting += [node for node in functions.values() if _is_handler(node)]
    found = {
        node.name for node in waiting if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Name) and node.id in functions and node.id not in found:
                found.add(node.id)
                waiting.append(functions[node.id])
    return found


def _is_handler(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is marked by ``@rx.event`` or the like, for the browser to run."""
    names = [ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in node.decorator_list]
    return "event" in names
