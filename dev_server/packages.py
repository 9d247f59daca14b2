"""The Python packages of a project while it is built: which there are, which of them come first."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wasmrx.compiler.npm.node import find_node
from wasmrx.compiler.sources import author_sources
from wasmrx.wasm.files import PackageFiles
from wasmrx.wasm.packages.archives import site_packages
from wasmrx.wasm.packages.current import current_lock
from wasmrx.wasm.packages.imports import Imported, browser_imports, host_only
from wasmrx.wasm.packages.shelf import Shelf, Shelved, shelve
from wasmrx.wasm.packages.target import PackageError, target
from wasmrx.wasm.packages.unfit import reasons

from .project import Project

_EVERYWHERE = frozenset(
    "wasmrx reflex reflex_base reflex_components_core js pyodide pyodide_js _pyodide micropip "
    "annotationlib compression".split()
)


def tell(text: str) -> None:
    """Say what takes time, beside a command's own output."""
    print(f"wasmrx: {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class ProjectPackages:
    """The packages of one build."""

    project: Project
    shelf: Shelf = field(default_factory=Shelf)

    def files(self, published: Mapping[str, bytes] | None = None) -> PackageFiles | None:
        """Return what the worker gets of the packages, once the app's modules are imported.

        ``published`` is what of the sources it gets, where a part of them stays on a server.
        Raises for an import that nothing provides in the browser.
        """
        uses = list(self._uses(published))
        for path, imported in uses:
            self._check(path, imported)
        roots = [self.shelf.provider(each.module) for _, each in uses if each.at_start]
        names = sorted({each.name for each in roots if each})
        first = self.shelf.closure(names, _is_imported_here)
        later = [self.shelf.provider(each.module) for _, each in uses if not each.at_start]
        soon = self.shelf.closure(
            sorted({each.name for each in later if each}), loaded=lambda _: True
        )
        if not self.shelf.packages:
            return None
        return PackageFiles(
            index=_index(self.shelf, [each.name for each in soon if each not in first]),
            first={f"package:{each.name}": (each.file, each.path.stat().st_size) for each in first},
        )

    def warnings(self) -> list[str]:
        """Return what the author should know of the packages."""
        if self.shelf.is_compiled:
            return []
        return [
            f"Packages are laid into the site as sources, which the browser compiles at each "
            f"visit: there is neither Python {target().short_python} nor Node here to do it. "
            '`pip install "wasmrx[npm]"` brings Node.'
        ]

    def missing_here(self, error: ModuleNotFoundError) -> PackageError | None:
        """Return what to say where the build itself lacks a package that the app requires."""
        package = self.shelf.provider(error.name or "")
        if package is None:
            return None
        return PackageError(
            f"The package {package.name} is not installed here: the build imports the app's "
            f"modules, too. `pip install {package.name}` brings it."
        )

    def _uses(self, published: Mapping[str, bytes] | None) -> Iterator[tuple[Path, Imported]]:
        root = self.project.root
        sources = author_sources(root)
        kept_here = host_only(root, self.project.module, sources)
        for path in sources:
            name = path.relative_to(root).as_posix()
            if path not in kept_here and (published is None or name in published):
                text = published[name] if published is not None else None
                for imported in browser_imports(path, text):
                    yield path, imported

    def _check(self, path: Path, imported: Imported) -> None:
        root = self.project.root
        is_own = any((root / f"{imported.top}{end}").exists() for end in ("", ".py"))
        is_known = imported.top in sys.stdlib_module_names or imported.top in _EVERYWHERE
        if is_own or is_known or imported.is_optional or self.shelf.provider(imported.module):
            return
        raise PackageError(_undeclared(imported)).at((str(path), imported.line))


def project_packages(project: Project, *, locked: bool = False) -> ProjectPackages:
    """Return the packages of ``project``, resolved, fetched and compiled as far as needed.

    Those of the author's own can be imported from then on, installed here or not.
    """
    lock = current_lock(project.root, project.module, locked=locked, tell=tell)
    if not lock.packages:
        return ProjectPackages(project)
    shelf = shelve(project.root, lock, node=_node, tell=tell)
    sys.path += [str(wheel) for wheel in shelf.own if str(wheel) not in sys.path]
    return ProjectPackages(project, shelf)


def _node() -> Sequence[str] | None:
    found = find_node()
    return None if found is None else found.node


def _is_imported_here(package: Shelved) -> bool:
    return any(module in sys.modules for module in package.modules)


def _index(shelf: Shelf, soon: list[str]) -> bytes:
    told = {"place": site_packages(), "packages": shelf.told(), "soon": soon}
    return json.dumps(told, separators=(",", ":")).encode()


def _undeclared(imported: Imported) -> str:
    """Return what to say of an import that the browser cannot do."""
    names = _distributions().get(imported.top, ())
    if not names:
        spec = importlib.util.find_spec(imported.top) if imported.top in sys.modules else None
        if spec is not None and spec.origin:
            return (
                f"The browser has no module {imported.top}: it lies outside of the app's folder, "
                f"in {Path(spec.origin).parent}. Move it into the folder, or make it a package and "
                "require that by its path."
            )
        return (
            f"The browser has no module {imported.top}: the app's requirements have no package "
            f"that provides it. `wasmrx add {imported.top}` adds the one of that name."
        )
    name = names[0]
    if name in reasons():
        why, instead = reasons()[name]
        return f"{name} cannot run in the browser: {why}. Instead: {instead}."
    return (
        f"The browser has no module {imported.top}: {name} is installed here, but the app does not "
        f"require it. `wasmrx add {name}` does."
    )


def _distributions() -> Mapping[str, Sequence[str]]:
    return importlib.metadata.packages_distributions()
