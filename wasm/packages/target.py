"""The interpreter that packages are for: the one that the site's worker runs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from wasmrx.errors import WasmrxError
from wasmrx.wasm.files import interpreter

UV_PLATFORM = "wasm32-pyodide2025"
"""The newest platform by which uv answers environment markers as Pyodide does."""


class PackageError(WasmrxError):
    """The packages of an app cannot be resolved, fetched or used."""


class Target(NamedTuple):
    """A Pyodide: its version, and what wheels for it are tagged with."""

    pyodide: str
    python: str
    platform: str

    @property
    def short_python(self) -> str:
        """Return the version without its last part: ``3.14``."""
        return ".".join(self.python.split(".")[:2])

    @property
    def tag(self) -> str:
        """Return the tag of a wheel that is compiled for it."""
        version = self.short_python.replace(".", "")
        return f"cp{version}-cp{version}-{self.platform}"


def target() -> Target:
    """Return the target of this wasmrx."""
    told = interpreter()
    return Target(told["pyodide"], told["python"], f"pyemscripten_{told['abi']}_wasm32")


@cache
def _ranks(found: Target) -> dict[Tag, int]:
    version = tuple(map(int, found.short_python.split(".")))
    name = "cp" + "".join(map(str, version))
    abi = found.platform.removeprefix("pyemscripten_")
    platforms = [found.platform, f"pyodide_{abi}"]
    tags = [
        *cpython_tags(version, [name], platforms),
        *compatible_tags(version, name, platforms),
    ]
    return {tag: rank for rank, tag in reversed(list(enumerate(tags)))}


def best_wheel(names: Iterable[str]) -> str | None:
    """Return which of these wheels the target takes; None where none fits.

    >>> best_wheel(["a-1-py3-none-any.whl", "a-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl"])
    'a-1-cp314-cp314-pyemscripten_2026_0_wasm32.whl'
    """
    ranked = [(rank, name) for name in names if (rank := _rank(name)) is not None]
    return min(ranked)[1] if ranked else None


def _rank(name: str) -> tuple[int, tuple[int, ...]] | None:
    try:
        _, _, build, tags = parse_wheel_filename(name)
    except InvalidWheelFilename:
        return None
    ranks = [rank for tag in tags if (rank := _ranks(target()).get(tag)) is not None]
    return (min(ranks), (-build[0],) if build else (0,)) if ranks else None


def is_pure(wheel: str) -> bool:
    """Return whether a wheel is for every machine."""
    return wheel.endswith("-any.whl")
